import assert from "node:assert/strict";
import { suite, test } from "node:test";
import fc from "fast-check";
import { toBase64 } from "../bytes/base64.ts";
import { toHex } from "../bytes/hex.ts";
import { utf8 } from "../bytes/text.ts";
import { EMPTY_ROOT, GrowingTree, type Hash, leafHash, nodeHash, splitOf } from "./merkle.ts";
import { proveConsistency, proveInclusion, rootOf } from "./prove.ts";
import { completedBy, levelHashes, subtreesOf, type TreeRows } from "./tile.ts";
import { provesConsistency, provesInclusion } from "./verify.ts";

/** RFC 6962 section 2.1, as it stands there. */
function merkleTreeHash(entries: readonly Uint8Array[]): Hash {
  const [only] = entries;
  if (only === undefined) return EMPTY_ROOT;
  if (entries.length === 1) return leafHash(only);
  const k = splitOf(entries.length);
  return nodeHash(merkleTreeHash(entries.slice(0, k)), merkleTreeHash(entries.slice(k)));
}

/** Rows as the store keeps them, in memory. */
async function rowsOf(entries: readonly Hash[]): Promise<TreeRows> {
  const levels = new Map<number, Hash[]>();
  const rows: TreeRows = {
    entries: async (start, end) => entries.slice(start, end),
    hashes: async (level, start, end) => (levels.get(level) ?? []).slice(start, end),
  };
  for (let index = 0; index < entries.length; index++) {
    const below = (level: number, start: number, end: number) => levelHashes(rows, level, start, end);
    for await (const { level, at, hash } of completedBy(index, below)) {
      const row = levels.get(level) ?? [];
      levels.set(level, row);
      assert.equal(row.push(hash) - 1, at);
    }
  }
  return rows;
}

const entriesOf = (count: number): Hash[] => Array.from({ length: count }, (_, at) => leafHash(utf8(`entry ${at}`)));
const MOST = 1400;
const ENTRIES = entriesOf(MOST);
const rows = await rowsOf(ENTRIES);
const roots: Hash[] = [EMPTY_ROOT];
const tree = new GrowingTree();
for (const entry of ENTRIES) {
  tree.push(leafHash(entry));
  roots.push(tree.root());
}
const rootAt = (size: number) => roots[size] ?? EMPTY_ROOT;
const size = fc.integer({ min: 1, max: MOST });

suite("The tree of RFC 6962", () => {
  test("has the roots of the published reference tree of eight entries", async () => {
    // Entries and roots as in the tests of Certificate Transparency's own implementations.
    const inputs = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];
    const wanted = [
      "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
      "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
      "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
      "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
      "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
      "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
      "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
      "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];
    const growing = new GrowingTree();
    assert.equal(toHex(growing.root()), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    for (const [at, input] of inputs.entries()) {
      growing.push(leafHash(Buffer.from(input, "hex")));
      assert.equal(toHex(growing.root()), wanted[at], `${at + 1} entries`);
    }
  });

  test("is the same grown leaf by leaf, read out of tiles, and as the RFC defines it", async () => {
    await fc.assert(
      fc.asyncProperty(size, async (count) => {
        assert.deepEqual(merkleTreeHash(ENTRIES.slice(0, count)), rootAt(count));
        assert.deepEqual(await rootOf(subtreesOf(rows, count), count), rootAt(count));
      }),
      { numRuns: 60, examples: [[1], [255], [256], [257], [512], [1024], [1025]] },
    );
  });

  test("of more than 65,536 entries has hashes of level 2, and proofs through them", async () => {
    const count = 65_536 + 300;
    const entries = entriesOf(count);
    const long = await rowsOf(entries);
    const growing = new GrowingTree();
    const before: Hash[] = [];
    for (const entry of entries) {
      growing.push(leafHash(entry));
      if (growing.size === 40_000) before.push(growing.root());
    }
    assert.equal((await long.hashes(2, 0, 9)).length, 1);
    const read = subtreesOf(long, count);
    const root = await rootOf(read, count);
    assert.deepEqual(root, growing.root());
    for (const index of [0, 65_535, 65_536, count - 1]) {
      const claim = { index, size: count, root, leaf: leafHash(entries[index] ?? EMPTY_ROOT) };
      assert.equal(provesInclusion({ ...claim, proof: await proveInclusion(read, index, count) }), true);
    }
    const claim = { from: 40_000, to: count, fromRoot: before[0] ?? EMPTY_ROOT, toRoot: root };
    assert.equal(provesConsistency({ ...claim, proof: await proveConsistency(read, 40_000, count) }), true);
  });

  test("reads out of the tiles of a longer log what it was when it was shorter", async () => {
    assert.deepEqual(await rootOf(subtreesOf(rows, 700), 300), rootAt(300));
  });
});

suite("A proof of inclusion", () => {
  const place = size.chain((count) => fc.tuple(fc.integer({ min: 0, max: count - 1 }), fc.constant(count)));

  test("holds for every entry in every tree, and for no other entry, place, size or root", async () => {
    await fc.assert(
      fc.asyncProperty(place, size, async ([index, count], other) => {
        const proof = await proveInclusion(subtreesOf(rows, count), index, count);
        const leaf = leafHash(ENTRIES[index] ?? EMPTY_ROOT);
        const claim = { index, size: count, leaf, root: rootAt(count), proof };
        assert.equal(provesInclusion(claim), true);
        const wrong = leafHash(ENTRIES[other] ?? EMPTY_ROOT);
        assert.equal(provesInclusion({ ...claim, leaf: wrong }), other === index);
        assert.equal(provesInclusion({ ...claim, index: other }), other === index);
        assert.equal(provesInclusion({ ...claim, root: rootAt(other) }), other === count);
        assert.equal(provesInclusion({ ...claim, proof: [...proof, leaf] }), false);
        if (proof.length > 0) assert.equal(provesInclusion({ ...claim, proof: proof.slice(1) }), false);
      }),
      { numRuns: 200 },
    );
  });

  test("fails with any one bit of it changed", async () => {
    const proof = await proveInclusion(subtreesOf(rows, 700), 321, 700);
    const claim = { index: 321, size: 700, leaf: leafHash(ENTRIES[321] ?? EMPTY_ROOT), root: rootAt(700), proof };
    fc.assert(
      fc.property(fc.nat({ max: proof.length - 1 }), fc.nat({ max: 255 }), (at, bit) => {
        const changed = proof.map((hash, place) => (place === at ? flipped(hash, bit) : hash));
        assert.equal(provesInclusion({ ...claim, proof: changed }), false);
      }),
    );
  });

  test("of what is not in the tree cannot be made, and numbers that are none prove nothing", async () => {
    for (const [index, count] of [
      [5, 5],
      [-1, 5],
      [0.5, 5],
      [0, 0],
    ] as const) {
      await assert.rejects(proveInclusion(subtreesOf(rows, count), index, count), { code: "out-of-range" });
      const claim = { index, size: count, leaf: EMPTY_ROOT, root: EMPTY_ROOT, proof: [] };
      assert.equal(provesInclusion(claim), false);
    }
  });
});

suite("A proof of consistency", () => {
  const pair = size.chain((to) => fc.tuple(fc.integer({ min: 0, max: to }), fc.constant(to)));

  test("holds between every two sizes of one log, and with no other root or size", async () => {
    await fc.assert(
      fc.asyncProperty(pair, size, async ([from, to], other) => {
        const proof = await proveConsistency(subtreesOf(rows, to), from, to);
        const claim = { from, to, fromRoot: rootAt(from), toRoot: rootAt(to), proof };
        assert.equal(provesConsistency(claim), true);
        assert.equal(provesConsistency({ ...claim, fromRoot: rootAt(other) }), other === from);
        if (from > 0) {
          assert.equal(provesConsistency({ ...claim, toRoot: rootAt(other) }), other === to);
          if (other !== from) assert.equal(provesConsistency({ ...claim, from: other }), false);
        }
        assert.equal(provesConsistency({ ...claim, proof: [...proof, EMPTY_ROOT] }), false);
      }),
      {
        numRuns: 200,
        examples: [
          [[256, 512], 1],
          [[1, 1400], 2],
          [[1024, 1025], 3],
          [[700, 700], 4],
        ],
      },
    );
  });

  test("cannot be made to a log in which an older entry was changed, left out or put elsewhere", async () => {
    const [first = EMPTY_ROOT, second = EMPTY_ROOT] = ENTRIES;
    const forks = [
      [flipped(first, 3), second, ...ENTRIES.slice(2, 400)],
      [second, ...ENTRIES.slice(2, 401)],
      [second, first, ...ENTRIES.slice(2, 400)],
    ];
    for (const fork of forks) {
      const forked = subtreesOf(await rowsOf(fork), 400);
      const claim = { from: 300, to: 400, fromRoot: rootAt(300), toRoot: await rootOf(forked, 400) };
      assert.equal(provesConsistency({ ...claim, proof: await proveConsistency(forked, 300, 400) }), false);
    }
  });

  test("fails with any one bit of it changed", async () => {
    const proof = await proveConsistency(subtreesOf(rows, 700), 321, 700);
    const claim = { from: 321, to: 700, fromRoot: rootAt(321), toRoot: rootAt(700), proof };
    fc.assert(
      fc.property(fc.nat({ max: proof.length - 1 }), fc.nat({ max: 255 }), (at, bit) => {
        const changed = proof.map((hash, place) => (place === at ? flipped(hash, bit) : hash));
        assert.equal(provesConsistency({ ...claim, proof: changed }), false);
      }),
    );
  });

  test("to a smaller log is no proof, and from an empty one nothing is to be proved", async () => {
    await assert.rejects(proveConsistency(subtreesOf(rows, 5), 6, 5), { code: "out-of-range" });
    const claim = { from: 0, to: 5, fromRoot: EMPTY_ROOT, toRoot: rootAt(5), proof: [] };
    assert.equal(provesConsistency(claim), true);
    assert.equal(provesConsistency({ ...claim, fromRoot: rootAt(1) }), false);
    assert.equal(provesConsistency({ ...claim, from: 6 }), false);
    assert.equal(provesConsistency({ ...claim, to: 0 }), false);
  });
});

function flipped(hash: Hash, bit: number): Hash {
  const changed = hash.slice();
  changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  assert.notEqual(toBase64(changed), toBase64(hash));
  return changed;
}
