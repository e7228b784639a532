import { ClientError } from "../../client/error.ts";
import { flag, oneOf, record, type Shape, text } from "../../client/shape.ts";
import { MEDIUM_KINDS, MEDIUM_STATES } from "../../domain/medium.ts";
import type { RegisteredAnswer } from "../../domain/wire/media.ts";
import { openSession } from "../account/session.ts";
import { asCliError } from "../at-server.ts";
import type { Parts } from "../command.ts";
import { CliError } from "../error.ts";

const registered: Shape<RegisteredAnswer> = record({
  serial: text,
  state: oneOf(...MEDIUM_STATES),
  kind: oneOf(...MEDIUM_KINDS),
  issuedToYou: flag,
});

/**
 * SDT-23: asks the server's register whether the medium was issued to whoever runs this, before anything is written onto it.
 * @throws CliError `bad-volume` where it was not; `not-signed-in`, `refused`, `offline`, which say what else there is
 */
export async function refuseUnlessIssued(serial: string, parts: Parts, server: string | undefined): Promise<void> {
  const session = await openSession(parts, server).catch((cause: unknown) => {
    throw unasked(cause);
  });
  try {
    const answer = await session.http.get(`/api/media/${encodeURIComponent(serial)}`, registered);
    if (answer.issuedToYou) return;
    const message = `The register says that ${answer.serial} is not issued to you (${answer.state.replaceAll("-", " ")}). Nothing was written: ask whoever keeps the register.`;
    throw new CliError({ code: "bad-volume", message });
  } catch (cause) {
    throw cause instanceof ClientError && cause.code === "offline" ? unasked(cause) : asCliError(cause);
  } finally {
    session.close();
  }
}

/** Where no server can be asked, what else there is. */
function unasked(cause: unknown): unknown {
  const error = asCliError(cause);
  if (!(error instanceof CliError)) return error;
  const message = `${error.message} The register was not asked whether the medium is registered, and nothing was written. Without a network, --without-register takes the serial as typed, and the record says so.`;
  return new CliError({ code: error.code, message, cause });
}
