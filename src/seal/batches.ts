import type { Bytes } from "./cipher.ts";

/** One batch of a stream: exactly the size asked for, but for the last, which may be shorter or empty. */
export interface Batch {
  readonly bytes: Bytes;
  readonly last: boolean;
}

/**
 * Cuts a stream of arbitrary pieces into batches of `size` bytes, and knows the last one: it stays one batch behind its
 * source. A stream of nothing gives one empty batch. Pieces that fit are passed on without copying: a
 * source may write to a piece again only once it has been asked for the second piece after it.
 */
export async function* batches(source: AsyncIterable<Uint8Array>, size: number): AsyncGenerator<Batch> {
  let held: Bytes | undefined;
  let filling = new Uint8Array(0);
  let filled = 0;
  for await (const piece of source) {
    let rest = piece as Bytes;
    while (rest.length > 0) {
      let ready: Bytes | undefined;
      if (filled === 0 && rest.length >= size) {
        ready = rest.subarray(0, size);
        rest = rest.subarray(size);
      } else {
        if (filled === 0) filling = new Uint8Array(size);
        const taken = Math.min(size - filled, rest.length);
        filling.set(rest.subarray(0, taken), filled);
        filled += taken;
        rest = rest.subarray(taken);
        if (filled === size) {
          ready = filling;
          filled = 0;
        }
      }
      if (ready === undefined) continue;
      if (held !== undefined) yield { bytes: held, last: false };
      held = ready;
    }
  }
  if (held !== undefined) yield { bytes: held, last: filled === 0 };
  if (filled > 0 || held === undefined) yield { bytes: filling.subarray(0, filled), last: true };
}
