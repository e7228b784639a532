import { equal } from "../bytes/concat.ts";
import { EMPTY_ROOT, type Hash, nodeHash, splitOf } from "./merkle.ts";

/**
 * Whether the proof shows that `leaf` (its leaf hash) stands at `index` in the tree of `size` leaves under `root`
 * (RFC 6962 section 2.1.1). False for anything malformed too: whoever made the proof controls all of it.
 */
export function provesInclusion(claim: {
  readonly index: number;
  readonly size: number;
  readonly leaf: Hash;
  readonly root: Hash;
  readonly proof: readonly Hash[];
}): boolean {
  const { index, size, leaf, root, proof } = claim;
  if (!isCount(index) || !isCount(size) || index >= size || !proof.every(isHash)) return false;
  const sides: ("left" | "right")[] = []; // of the way down, from the root: on which side the proof's hash is
  let [start, end] = [0, size];
  while (end - start > 1) {
    const middle = start + splitOf(end - start);
    if (index < middle) {
      sides.push("right");
      end = middle;
    } else {
      sides.push("left");
      start = middle;
    }
  }
  if (sides.length !== proof.length) return false;
  const found = proof.reduce(
    (hash, other) => (sides.pop() === "left" ? nodeHash(other, hash) : nodeHash(hash, other)),
    leaf,
  );
  return equal(found, root);
}

/**
 * Whether the proof shows that the tree of `to` leaves under `toRoot` continues the one of `from` leaves under `fromRoot`
 * (RFC 6962 section 2.1.2). The empty tree is continued by every tree, without a proof.
 */
export function provesConsistency(claim: {
  readonly from: number;
  readonly to: number;
  readonly fromRoot: Hash;
  readonly toRoot: Hash;
  readonly proof: readonly Hash[];
}): boolean {
  const { from, to, fromRoot, toRoot, proof } = claim;
  if (!isCount(from) || !isCount(to) || from > to || !proof.every(isHash)) return false;
  if (from === 0) return proof.length === 0 && equal(fromRoot, EMPTY_ROOT) && (to > 0 || equal(toRoot, EMPTY_ROOT));
  if (from === to) return proof.length === 0 && equal(fromRoot, toRoot);
  const sides: ("left" | "right")[] = [];
  let [start, end] = [0, to];
  while (from !== end) {
    const middle = start + splitOf(end - start);
    if (from <= middle) {
      sides.push("right");
      end = middle;
    } else {
      sides.push("left");
      start = middle;
    }
  }
  const steps = [...proof];
  const first = start === 0 ? fromRoot : steps.shift();
  if (first === undefined || sides.length !== steps.length) return false;
  let [older, newer] = [first, first];
  for (const other of steps) {
    if (sides.pop() === "left") [older, newer] = [nodeHash(other, older), nodeHash(other, newer)];
    else newer = nodeHash(newer, other);
  }
  return equal(older, fromRoot) && equal(newer, toRoot);
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}

function isHash(value: Hash): boolean {
  return value.length === 32;
}
