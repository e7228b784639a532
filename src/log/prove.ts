import { LogError } from "./error.ts";
import { EMPTY_ROOT, type Hash, nodeHash, splitOf } from "./merkle.ts";

/** Reads the hash over the complete subtree number `at` of height `height`: over leaves at·2^height to (at+1)·2^height. */
export type SubtreeReader = (height: number, at: number) => Promise<Hash>;

/** The root over the first `size` leaves. */
export async function rootOf(read: SubtreeReader, size: number): Promise<Hash> {
  return size === 0 ? EMPTY_ROOT : rangeHash(read, 0, size);
}

/**
 * RFC 6962 section 2.1.1: the hashes from the leaf's sibling up to the root's child.
 * @throws LogError `out-of-range`
 */
export async function proveInclusion(read: SubtreeReader, index: number, size: number): Promise<readonly Hash[]> {
  within(Number.isSafeInteger(index) && index >= 0 && index < size, `There is no leaf ${index} among ${size}.`);
  const path: Hash[] = [];
  let [start, end] = [0, size];
  while (end - start > 1) {
    const middle = start + splitOf(end - start);
    if (index < middle) {
      path.push(await rangeHash(read, middle, end));
      end = middle;
    } else {
      path.push(await rangeHash(read, start, middle));
      start = middle;
    }
  }
  return path.reverse();
}

/**
 * RFC 6962 section 2.1.2: that the tree of `to` leaves continues that of `from`. Empty where `from` is 0 or `to`.
 * @throws LogError `out-of-range`
 */
export async function proveConsistency(read: SubtreeReader, from: number, to: number): Promise<readonly Hash[]> {
  within(Number.isSafeInteger(from) && from >= 0 && from <= to, `A tree of ${to} leaves continues none of ${from}.`);
  if (from === 0 || from === to) return [];
  const proof: Hash[] = [];
  let [start, end] = [0, to];
  while (from !== end) {
    const middle = start + splitOf(end - start);
    if (from <= middle) {
      proof.push(await rangeHash(read, middle, end));
      end = middle;
    } else {
      proof.push(await rangeHash(read, start, middle));
      start = middle;
    }
  }
  if (start > 0) proof.push(await rangeHash(read, start, end)); // otherwise whoever checks has it: the older root
  return proof.reverse();
}

/** The hash over leaves `start` to `end`, where `start` is a multiple of the next power of two. */
async function rangeHash(read: SubtreeReader, start: number, end: number): Promise<Hash> {
  const count = end - start;
  const height = Math.round(Math.log2(count));
  if (2 ** height === count) return read(height, start / count);
  const middle = start + splitOf(count);
  return nodeHash(await rangeHash(read, start, middle), await rangeHash(read, middle, end));
}

function within(holds: boolean, message: string): void {
  if (!holds) throw new LogError({ code: "out-of-range", message });
}
