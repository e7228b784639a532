import { lostConnection } from "./http.ts";

/** A web stream as an iteration, where browsers do not offer it; ending early cancels the stream. */
export async function* bytesOf<Bytes extends Uint8Array>(stream: ReadableStream<Bytes>): AsyncGenerator<Bytes> {
  const reader = stream.getReader();
  let finished = false;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      finished = done;
      if (done) return;
      yield value;
    }
  } finally {
    if (!finished) await reader.cancel().catch(() => undefined);
    reader.releaseLock();
  }
}

/** The body of an answer. @throws ClientError `offline` when it breaks off, `cancelled`. */
export async function* bodyOf(response: Response, signal?: AbortSignal): AsyncGenerator<Uint8Array> {
  if (response.body === null) return;
  try {
    yield* bytesOf(response.body);
  } catch (cause) {
    throw lostConnection(cause, signal);
  }
}
