import assert from "node:assert/strict";
import { test } from "node:test";
import { randomBytes } from "../bytes/random.ts";
import { utf8 } from "../bytes/text.ts";
import { formatCheckpoint } from "./checkpoint.ts";
import { eventDigest, eventText } from "./event-digest.ts";
import { signerOf } from "./keys.ts";
import { formatLogProof, parseLogProof, verifyLogProof } from "./log-proof.ts";
import { leafHash, nodeHash } from "./merkle.ts";
import { formatNote, signatureLine } from "./note.ts";

const log = await signerOf("council.example/log", "note", randomBytes(32));
const witness = await signerOf("witness.example", "cosignature", randomBytes(32));
const keys = { log: log.key, witnesses: [witness.key] };
const ENTRY = utf8("the entry");
const NEIGHBOUR = leafHash(utf8("its neighbour"));

async function proofOf(signers = [log, witness], origin = log.key.name): Promise<string> {
  const text = formatCheckpoint({ origin, size: 2, root: nodeHash(NEIGHBOUR, leafHash(ENTRY)) });
  const lines = await Promise.all(signers.map((each) => signatureLine(text, each, new Date(1000))));
  return formatLogProof({ extra: null, index: 1, hashes: [NEIGHBOUR], checkpoint: formatNote(text, lines) });
}

test("a proof names its entry's place, and says which witnesses vouch, and when", async () => {
  const { checkpoint, witnesses } = await verifyLogProof(parseLogProof(await proofOf()), ENTRY, keys);
  assert.deepEqual([checkpoint.size, witnesses.map(({ time }) => time)], [2, [1]]);
  const alone = await verifyLogProof(parseLogProof(await proofOf([log])), ENTRY, keys);
  assert.deepEqual(alone.witnesses, []);
});

test("any character of it changed, it fails", async () => {
  const text = await proofOf();
  for (let at = 0; at < text.length; at++) {
    const changed = `${text.slice(0, at)}${text[at] === "A" ? "B" : "A"}${text.slice(at + 1)}`;
    const check = async () => {
      const { witnesses } = await verifyLogProof(parseLogProof(changed), ENTRY, keys);
      assert.ok(witnesses.length > 0, "the witness is another one now");
    };
    await assert.rejects(check, `${at}: ${changed.slice(Math.max(0, at - 10), at + 10)}`);
  }
});

test("of another entry, under another key or another log's name it proves nothing", async () => {
  const proof = parseLogProof(await proofOf());
  await assert.rejects(verifyLogProof(proof, utf8("another"), keys), { code: "wrong-proof" });
  const other = (await signerOf("council.example/log", "note", randomBytes(32))).key;
  await assert.rejects(verifyLogProof(proof, ENTRY, { ...keys, log: other }), { code: "wrong-signature" });
  const foreign = parseLogProof(await proofOf([log], "other.example/log"));
  await assert.rejects(verifyLogProof(foreign, ENTRY, keys), { code: "wrong-signature" });
});

test("what is malformed is no proof; extra data is read and believed by nobody", async () => {
  const text = await proofOf();
  const withExtra = text.replace("index", "extra AAAA\nindex");
  assert.deepEqual(parseLogProof(withExtra).extra, new Uint8Array(3));
  assert.equal(formatLogProof(parseLogProof(withExtra)), withExtra);
  for (const wrong of [
    ...[
      "",
      text.slice(1),
      text.replace("index 1", "index 01"),
      text.replace("index 1", "index"),
      text.replace("\n\n", "\n"),
    ],
    ...[
      text.replace("index", "extra A\nindex"),
      text.replace("\nindex", "\n\nindex"),
      text.replace("\n\n", "\nAAAA\n\n"),
    ],
  ])
    assert.throws(() => parseLogProof(wrong), { code: "not-a-proof" }, wrong);
});

test("an event's entry is the digest of its canonical JSON, with its random bits and its number", () => {
  const event = {
    seq: 7,
    salt: "AAAAAAAAAAAAAAAAAAAAAA",
    kind: "receipt-signed",
    at: "2026-11-22T10:00:00.000Z",
    actor: { kind: "recipient", id: "r" },
    reference: "WB-0000-0000",
    recipientId: "r",
    detail: { complete: true, answer: "complete", n: 1.5, none: null },
  };
  assert.equal(
    eventText(event),
    '{"actor":{"id":"r","kind":"recipient"},"at":"2026-11-22T10:00:00.000Z","detail":{"answer":"complete","complete":true,"n":1.5,"none":null},"kind":"receipt-signed","recipientId":"r","reference":"WB-0000-0000","salt":"AAAAAAAAAAAAAAAAAAAAAA","seq":7,"version":1}',
  );
  const digest = eventDigest(event);
  for (const change of [{ seq: 8 }, { salt: "BAAAAAAAAAAAAAAAAAAAAA" }, { reference: null }, { detail: {} }] as const)
    assert.notDeepEqual(eventDigest({ ...event, ...change }), digest);
  assert.deepEqual(
    eventDigest({ ...event, detail: { "\ud800": "a\udfff" } }),
    eventDigest({ ...event, detail: { "\ufffd": "a\ufffd" } }),
  );
});
