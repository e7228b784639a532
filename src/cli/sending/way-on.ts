import { asCliError } from "../at-server.ts";
import { CliError } from "../error.ts";

/**
 * What ended a sending, with how to go on. What was begun stands among the sender's transfers: its reference has to be known to go
 * on with it, or to be rid of it. What was signed before its answer was lost is found so by the same command, and not sent twice.
 * @param reference of what was begun; null where that is nothing, or not known
 */
export function withWayOn(cause: unknown, reference: string | null): unknown {
  const error = asCliError(cause);
  if (!(error instanceof CliError)) return error;
  if (reference === null) {
    if (error.code !== "offline" || error.message.includes("the same command again")) return error;
    return noted(error, "To go on: the same command again.");
  }
  if (error.message.includes(`--resume ${reference}`) || saysItself(error, reference)) return error;
  const goOn = `To go on with it: the same command again, or waybill send --resume ${reference}.`;
  return noted(error, `${reference} was begun, and is kept. ${goOn} To take it back: waybill recall ${reference}`);
}

/** Other errors than a lost connection that name the transfer say themselves what to do. */
function saysItself({ code, message }: CliError, reference: string): boolean {
  return code !== "offline" && message.includes(reference);
}

function noted(error: CliError, note: string): CliError {
  return new CliError({ code: error.code, message: `${error.message}\n${note}`, cause: error });
}
