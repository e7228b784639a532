import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { randomBytes } from "../bytes/random.ts";
import { utf8 } from "../bytes/text.ts";
import { formatCheckpoint } from "./checkpoint.ts";
import { formatVerifierKey, signerOf } from "./keys.ts";
import { EMPTY_ROOT, GrowingTree, type Hash, leafHash } from "./merkle.ts";
import { formatNote, signatureLine } from "./note.ts";
import { formatAddCheckpoint, judge, parseAddCheckpoint, parseWitnesses, type Seen } from "./witness.ts";

const ORIGIN = "council.example/log";
const log = await signerOf(ORIGIN, "note", randomBytes(32));
const stranger = await signerOf(ORIGIN, "note", randomBytes(32));
const witness = await signerOf("witness.example/w1", "cosignature", randomBytes(32));

const head = async (size: number, root: Hash, signer = log, origin = ORIGIN) => {
  const text = formatCheckpoint({ origin, size, root });
  return formatNote(text, [await signatureLine(text, signer, new Date(0))]);
};
const leaves = Array.from({ length: 3 }, (_, at) => leafHash(utf8(`${at}`)));
const rootAfter = (count: number) => {
  const tree = new GrowingTree();
  for (const leaf of leaves.slice(0, count)) tree.push(leaf);
  return tree.root();
};
/** From two leaves to three: the hash over the first two is what was seen, the third leaf is the proof. */
const PROOF = leaves.slice(2);
const TWO: Seen = { size: 2, root: rootAfter(2) };

suite("What a witness is asked (c2sp.org/tlog-witness)", () => {
  const status = async (body: string, seen: Seen | null) => (await judge(body, [log.key], () => seen)).status;
  const ask = async (old: number, proof: readonly Hash[], note: Promise<string>) =>
    formatAddCheckpoint({ old, proof, note: await note });

  test("200: a head that continues the one seen last, the same head again, and a first head", async () => {
    const next = await judge(await ask(2, PROOF, head(3, rootAfter(3))), [log.key], () => TWO);
    assert.ok(next.status === 200);
    assert.deepEqual(next.checkpoint, { origin: ORIGIN, size: 3, root: rootAfter(3) });
    assert.equal(await status(await ask(2, [], head(2, rootAfter(2))), TWO), 200);
    assert.equal(await status(await ask(0, [], head(3, rootAfter(3))), null), 200);
    assert.equal(await status(await ask(0, [], head(0, EMPTY_ROOT)), null), 200);
  });

  test("what is kept of the head is the log's own signature alone", async () => {
    const note = await head(3, rootAfter(3));
    const more = `${note}${(await head(3, rootAfter(3), stranger)).split("\n").at(-2)}\n`;
    const judged = await judge(formatAddCheckpoint({ old: 0, proof: [], note: more }), [log.key], () => null);
    assert.ok(judged.status === 200);
    assert.equal(judged.note, note);
  });

  test("400: what is malformed, and an old size larger than the head's", async () => {
    const good = await ask(2, PROOF, head(3, rootAfter(3)));
    for (const wrong of [
      ...["", "old 2\n", good.replace("old 2", "old 02"), good.replace("old 2", "old -2"), good.replace("old 2", "2")],
      ...[good.replace("\n\n", "\nrubbish\n\n"), good.slice(0, -1), good.replace("\n3\n", "\nthree\n")],
      ...[
        await ask(
          2,
          Array.from({ length: 64 }, () => EMPTY_ROOT),
          head(3, rootAfter(3)),
        ),
      ],
      ...[await ask(4, [], head(3, rootAfter(3)))],
    ])
      assert.equal(await status(wrong, TWO), 400, wrong);
  });

  test("404: another log", async () => {
    assert.equal(await status(await ask(0, [], head(3, rootAfter(3), log, "other.example/log")), null), 404);
  });

  test("403: nobody's signature, another key's, and a wrong one of the right name", async () => {
    assert.equal(await status(await ask(0, [], head(3, rootAfter(3), stranger)), null), 403);
    const changed = (await ask(0, [], head(3, rootAfter(3)))).replace("\n3\n", "\n2\n");
    assert.equal(await status(changed, null), 403);
  });

  test("409 with the size seen last, when the old size is another", async () => {
    const judged = await judge(await ask(0, [], head(3, rootAfter(3))), [log.key], () => TWO);
    assert.deepEqual(judged, { status: 409, size: 2 });
    assert.equal(await status(await ask(1, PROOF, head(3, rootAfter(3))), TWO), 409);
    assert.equal(await status(await ask(2, [], head(2, rootAfter(2))), { size: 3, root: rootAfter(3) }), 409);
  });

  test("422: a head that is not shown to continue the one seen last, and an empty tree with another root", async () => {
    const forked = [leaves[1] ?? EMPTY_ROOT];
    for (const [old, proof, note, seen] of [
      [2, forked, head(3, rootAfter(3)), TWO],
      [2, [], head(3, rootAfter(3)), TWO],
      [2, [], head(2, rootAfter(1)), TWO],
      [2, PROOF, head(2, rootAfter(2)), TWO],
      [0, PROOF, head(3, rootAfter(3)), null],
      [0, [], head(0, rootAfter(1)), null],
      [2, PROOF, head(3, rootAfter(3)), { size: 2, root: rootAfter(1) }],
    ] as const)
      assert.equal(await status(await ask(old, proof, note), seen), 422);
  });

  test("requests are read back as they were written", async () => {
    const request = { old: 2, proof: PROOF, note: await head(3, rootAfter(3)) };
    assert.deepEqual(parseAddCheckpoint(formatAddCheckpoint(request)), request);
  });
});

test("witnesses are named by key and address, several with commas between", () => {
  const key = formatVerifierKey(witness.key);
  assert.deepEqual(parseWitnesses(""), []);
  assert.deepEqual(parseWitnesses(` ${key}   https://w.example/a/ , ${key} http://localhost:80,`), [
    { key: witness.key, url: "https://w.example/a" },
    { key: witness.key, url: "http://localhost:80" },
  ]);
  for (const wrong of [
    key,
    `${key} w.example`,
    `${key} ftp://w.example`,
    `${key} https://w.example more`,
    "x https://w.example",
  ])
    assert.throws(() => parseWitnesses(wrong), { code: "not-a-witness" }, wrong);
  assert.throws(() => parseWitnesses(`${formatVerifierKey(log.key)} https://w.example`), { code: "not-a-witness" });
});
