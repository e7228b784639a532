import type { IncomingMessage } from "node:http";
import { ServerError } from "../error.ts";

/** A client that sends nothing for so long is gone: its part ends there, so that it can go on over a new connection. */
const SILENCE_MS = 20_000;
/** Of a part that is refused while it comes, so much is still taken in: more than the largest that our own clients send at once. */
const MOST_DROPPED = 32 * 1024 * 1024;

/**
 * The bytes of a request as they come. Stopping early leaves the connection open for the answer, and drops the rest: a browser
 * looks at an answer only when it has sent everything.
 * @throws ServerError `broken-off` when the connection breaks or falls silent; what came before was given out.
 */
export async function* arriving(request: IncomingMessage): AsyncGenerator<Uint8Array> {
  const giveUp = () => request.destroy();
  request.setTimeout(SILENCE_MS, giveUp);
  try {
    for await (const chunk of request.iterator({ destroyOnReturn: false })) yield chunk;
  } catch (cause) {
    const message = "The connection broke off. What arrived is kept: ask where to go on.";
    throw new ServerError({ code: "broken-off", message, cause });
  } finally {
    request.setTimeout(0);
    request.removeListener("timeout", giveUp);
    if (!request.complete && !request.destroyed) drop(request);
  }
}

function drop(request: IncomingMessage): void {
  let left = MOST_DROPPED;
  const giveUp = () => request.destroy();
  request.setTimeout(SILENCE_MS, giveUp);
  request.on("error", () => undefined); // nobody waits for these bytes
  request.once("end", () => request.setTimeout(0).removeListener("timeout", giveUp));
  request.on("data", (chunk: Uint8Array) => {
    left -= chunk.length;
    if (left < 0) request.destroy();
  });
  request.resume();
}
