import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Json } from "../bytes/canonical-json.ts";
import { concat, equal } from "../bytes/concat.ts";
import { checkPieces, openBody, openExtent, type Piece, provenPieces, rangeOf, sealBody } from "./body.ts";
import { generateKeyPair } from "./keys.ts";
import {
  type Item,
  layItems,
  type Manifest,
  openManifest,
  PIECE_SIZE,
  parseManifest,
  sealManifest,
  summarise,
} from "./manifest.ts";
import { newSealing, type Sealing } from "./sealing.ts";
import { collect, once } from "./stream.ts";
import { platformCipher } from "./webcrypto-cipher.ts";

const cipher = await platformCipher();
const transfer = await generateKeyPair();
const reference = "WB-7F3K-Q2XV";
const lengths = [0, 5, 700_000, 0, 1_500_000, PIECE_SIZE, 1, 0];
const items = layItems(
  lengths.map((length, at) => ({ name: `folder/${at}.bin`, type: "", length, kind: "file" as const })),
);
const plain = new Uint8Array(lengths.reduce((sum, each) => sum + each, 0)).map((_, at) => (at * 13 + (at >> 9)) & 255);
const sealing = await newSealing({ recipients: [transfer.recipient] });
const pieces = await piecesOf(plain, sealing);
const sealed = concat(pieces.map((piece) => piece.bytes));
const body = await summarise(
  pieces.map((piece) => piece.digest),
  sealed.length,
);
const manifest: Manifest = { version: 1, reference, subject: "Minutes – Grüße", items, body };

async function gathered(source: AsyncIterable<Piece>): Promise<Piece[]> {
  const all: Piece[] = [];
  for await (const piece of source) all.push(piece);
  return all;
}

async function piecesOf(content: Uint8Array, using: Sealing): Promise<Piece[]> {
  return gathered(sealBody(once(content), using, cipher));
}

test("a body is sealed in pieces of 1 MiB, the same ones every time", async () => {
  assert.deepEqual(
    pieces.map((piece) => piece.bytes.length === PIECE_SIZE),
    [true, true, true, false],
  );
  const again = await piecesOf(plain, sealing);
  assert.deepEqual(
    again.map((piece) => piece.digest),
    body.pieces,
  );
});

test("resuming passes on what was recorded and stops at the first difference", async () => {
  const recorded = body.pieces.slice(0, 2);
  const through = (content: Uint8Array, digests: readonly string[]) =>
    gathered(provenPieces(sealBody(once(content), sealing, cipher), digests));
  assert.equal((await through(plain, recorded)).length, 4);
  const changed = plain.slice();
  changed[PIECE_SIZE] = (changed[PIECE_SIZE] ?? 0) ^ 1;
  await assert.rejects(through(changed, recorded), { code: "changed" });
  await assert.rejects(
    through(plain.subarray(0, 10), []).then(() => through(plain.subarray(0, 10), recorded)),
    {
      code: "changed",
    },
  );
  await assert.rejects(through(plain, [...body.pieces, "00"]), { code: "changed" });
});

test("each item opens alone from the pieces that hold it, without the rest", async () => {
  const opened = await openBody(sealed.slice(0, PIECE_SIZE), manifest, transfer.identity);
  for (const item of items) {
    const { start, end } = rangeOf(opened, body, item).pieces;
    assert.ok(end - start <= item.length + 3 * PIECE_SIZE);
    const content = await collect(openExtent(once(sealed.slice(start, end)), opened, body, item, cipher));
    assert.ok(equal(content, plain.subarray(item.offset, item.offset + item.length)), item.name);
  }
  const all = { offset: 0, length: plain.length };
  assert.ok(equal(await collect(openExtent(once(sealed), opened, body, all, cipher)), plain));
});

test("an altered, swapped or missing piece is damaged, and nothing of it is given out", async () => {
  const opened = await openBody(sealed.slice(0, PIECE_SIZE), manifest, transfer.identity);
  const all = { offset: 0, length: plain.length };
  const piece = (at: number) => sealed.subarray(at * PIECE_SIZE, (at + 1) * PIECE_SIZE);
  const altered = sealed.slice();
  altered[2 * PIECE_SIZE] = (altered[2 * PIECE_SIZE] ?? 0) ^ 1;
  const wrong = [
    altered,
    concat([piece(0), piece(2), piece(1), piece(3)]),
    sealed.slice(0, 2 * PIECE_SIZE),
    sealed.slice(1),
  ];
  for (const given of wrong) {
    await assert.rejects(collect(openExtent(once(given), opened, body, all, cipher)), { code: "damaged" });
  }
  await assert.rejects(openBody(altered.slice(PIECE_SIZE, 2 * PIECE_SIZE), manifest, transfer.identity), {
    code: "damaged",
  });
  await checkPieces(body, 1, sealed.slice(PIECE_SIZE, 3 * PIECE_SIZE));
  await assert.rejects(checkPieces(body, 0, sealed.slice(PIECE_SIZE, 2 * PIECE_SIZE)), { code: "damaged" });
  await assert.rejects(checkPieces(body, 4, new Uint8Array(0)), { code: "damaged" });
});

test("a manifest whose items do not fill the body is found out when the body is opened", async () => {
  const short = { ...manifest, items: items.slice(0, 3) };
  await assert.rejects(openBody(sealed.slice(0, PIECE_SIZE), short, transfer.identity), { code: "damaged" });
});

test("a transfer of nothing has a body and a manifest too", async () => {
  const none = await piecesOf(new Uint8Array(0), sealing);
  const summary = await summarise(
    none.map((each) => each.digest),
    none[0]?.bytes.length ?? 0,
  );
  const empty = { ...manifest, items: [], body: summary };
  const opened = await openBody(none[0]?.bytes ?? assert.fail(), empty, transfer.identity);
  assert.equal(opened.plainSize, 0);
});

test("the manifest that was signed opens, and no other does", async () => {
  const { bytes, digest } = await sealManifest(manifest, transfer.recipient);
  assert.deepEqual(await openManifest(bytes, transfer.identity, { digest, reference }), manifest);
  const other = await sealManifest({ ...manifest, items: [], subject: "Other" }, transfer.recipient);
  await assert.rejects(openManifest(other.bytes, transfer.identity, { digest, reference }), { code: "damaged" });
  const wrong = { digest, reference: "WB-OTHER" };
  await assert.rejects(openManifest(bytes, transfer.identity, wrong), { code: "damaged" });
  const stranger = await generateKeyPair();
  await assert.rejects(openManifest(bytes, stranger.identity, { digest, reference }), { code: "no-access" });
});

const valid = JSON.parse(JSON.stringify(manifest)) as { items: Item[]; body: object };
const first = { name: "a", type: "", offset: 0, length: 5, kind: "file" };
const withItems = (...list: object[]) => ({ ...valid, items: list });
const withBody = (change: object) => ({ ...valid, body: { ...valid.body, ...change } });

test("manifests that break a rule are damaged: overlaps, gaps, order, sizes, names, digests", async () => {
  const wrong: object[] = [
    withItems(first, { ...first, name: "b", offset: 4 }),
    withItems(first, { ...first, name: "b", offset: 6 }),
    withItems({ ...first, offset: 5 }, { ...first, name: "b", offset: 0 }),
    withItems({ ...first, length: -1 }),
    withItems({ ...first, offset: -5 }),
    withItems({ ...first, length: 1.5 }),
    withItems({ ...first, length: 2 ** 53 }),
    withItems({ ...first, length: "5" }),
    withItems({ ...first, length: Number.MAX_SAFE_INTEGER }, { ...first, name: "b", offset: Number.MAX_SAFE_INTEGER }),
    withItems(first, { ...first, offset: 5 }),
    withItems({ ...first, name: "é" }, { ...first, name: "e\u0301", offset: 5 }),
    ...["../a", "/a", "a\\b", "a/../../b", "", "a\u0000b", "."].map((name) => withItems({ ...first, name })),
    withItems({ ...first, kind: "folder" }),
    withItems({ ...first, extra: 1 }),
    { ...valid, version: 2 },
    { ...valid, extra: 1 },
    { ...valid, subject: "a\nb" },
    { ...valid, items: null },
    withBody({ size: 1 }),
    withBody({ size: -1 }),
    withBody({ pieceSize: 5 }),
    withBody({ pieces: [] }),
    withBody({ digest: "00".repeat(32) }),
    withBody({ pieces: ["00".repeat(32), ...body.pieces.slice(1)] }),
    [],
  ];
  for (const value of wrong) {
    await assert.rejects(parseManifest(value as Json), { code: "damaged" }, JSON.stringify(value).slice(0, 200));
  }
});

test("the manifest parser answers any JSON with a manifest or with damage, never with a fault", async () => {
  const parts = fc.constantFrom<unknown>(valid, valid.items, valid.body, null, {}, [], 0, "", { length: 1 });
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(fc.jsonValue(), fc.record({ items: parts, body: parts, version: parts, reference: parts })),
      (value) =>
        parseManifest(value as Json).then(
          () => {},
          (cause) => assert.equal(cause.code, "damaged"),
        ),
    ),
  );
});

test("items that cannot be sent are said to be so before anything is sealed", () => {
  const item = { type: "", length: 1, kind: "file" as const };
  for (const names of [["a", "a"], ["../a"]]) {
    assert.throws(() => layItems(names.map((name) => ({ ...item, name }))), { code: "bad-input" });
  }
});
