import { sha256 } from "@noble/hashes/sha2.js";

/** 32 bytes of SHA-256. */
export type Hash = Uint8Array<ArrayBuffer>;

const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

/** The root of a tree without leaves: SHA-256 of nothing (RFC 6962 section 2.1). */
export const EMPTY_ROOT: Hash = sha256(new Uint8Array(0));

/** RFC 6962 section 2.1: SHA-256(0x00 ‖ entry). */
export function leafHash(entry: Uint8Array): Hash {
  return sha256.create().update(LEAF).update(entry).digest();
}

/** RFC 6962 section 2.1: SHA-256(0x01 ‖ left ‖ right). */
export function nodeHash(left: Uint8Array, right: Uint8Array): Hash {
  return sha256.create().update(NODE).update(left).update(right).digest();
}

/** The largest power of two below `count`, which is at least 2: where RFC 6962 splits a tree. Exact up to 2^53. */
export function splitOf(count: number): number {
  let split = 1;
  while (split * 2 < count) split *= 2;
  return split;
}

/** The hash over a whole subtree whose 2^n hashes are given. */
export function subtreeHash(hashes: readonly Hash[]): Hash {
  let row = hashes;
  while (row.length > 1) {
    const above: Hash[] = [];
    for (let at = 0; at + 1 < row.length; at += 2)
      above.push(nodeHash(row[at] ?? EMPTY_ROOT, row[at + 1] ?? EMPTY_ROOT));
    row = above;
  }
  return row[0] ?? EMPTY_ROOT;
}

/** A tree that only grows: takes leaf hashes in order, holds one hash for each of its complete subtrees (log n). */
export class GrowingTree {
  #size = 0;
  readonly #complete: { readonly height: number; readonly hash: Hash }[] = [];

  get size(): number {
    return this.#size;
  }

  push(leaf: Hash): void {
    let hash = leaf;
    let height = 0;
    for (let last = this.#complete.at(-1); last?.height === height; last = this.#complete.at(-1)) {
      hash = nodeHash(last.hash, hash);
      height++;
      this.#complete.pop();
    }
    this.#complete.push({ height, hash });
    this.#size++;
  }

  root(): Hash {
    const hashes = this.#complete.map(({ hash }) => hash);
    return hashes.length === 0 ? EMPTY_ROOT : hashes.reduceRight((right, left) => nodeHash(left, right));
  }
}
