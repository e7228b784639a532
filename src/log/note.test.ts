import assert from "node:assert/strict";
import { generateKeyPairSync, sign } from "node:crypto";
import { suite, test } from "node:test";
import fc from "fast-check";
import { toBase64 } from "../bytes/base64.ts";
import { randomBytes } from "../bytes/random.ts";
import { utf8 } from "../bytes/text.ts";
import { formatCheckpoint, parseCheckpoint } from "./checkpoint.ts";
import { formatVerifierKey, idText, isKeyName, parseVerifierKey, type Signer, signerOf, verifierKey } from "./keys.ts";
import { leafHash } from "./merkle.ts";
import { formatNote, parseNote, parseSignatureLines, signatureLine, verifyNote } from "./note.ts";

const NOW = new Date("2026-11-22T10:00:00.500Z");
const log = await signerOf("council.example/log", "note", randomBytes(32));
const witness = await signerOf("witness.example/w1", "cosignature", randomBytes(32));
const TEXT = formatCheckpoint({ origin: "council.example/log", size: 7, root: leafHash(utf8("x")) });

const signed = async (text: string, ...signers: readonly Signer[]) =>
  formatNote(text, await Promise.all(signers.map((each) => signatureLine(text, each, NOW))));

suite("A signed note", () => {
  test("of the specification verifies with the specification's key", async () => {
    // c2sp.org/signed-note, “Verifier keys”, the example.
    const key = parseVerifierKey("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k");
    const note =
      "This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";
    const [found, ...others] = await verifyNote(parseNote(note), [key]);
    assert.deepEqual([found?.key, found?.time, others], [key, null, []]);
    await assert.rejects(verifyNote(parseNote(note.replace("an", "no")), [key]), { code: "wrong-signature" });
    assert.equal(formatVerifierKey(key), "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k");
  });

  test("may bear several signatures; those of unknown keys count for nothing", async () => {
    const other = await signerOf("council.example/log", "note", randomBytes(32));
    const note = parseNote(await signed(TEXT, other, log, witness));
    const found = await verifyNote(note, [log.key, witness.key]);
    assert.deepEqual(
      found.map(({ key }) => key.name),
      ["council.example/log", "witness.example/w1"],
    );
    assert.equal(found[1]?.time, 1795341600);
    assert.deepEqual(await verifyNote(parseNote(await signed(TEXT, other)), [log.key]), []);
  });

  test("counts a key once, however often it signed", async () => {
    assert.equal((await verifyNote(parseNote(await signed(TEXT, log, log)), [log.key])).length, 1);
  });

  test("is refused as a whole when a known key's signature is wrong", async () => {
    const note = await signed(TEXT, log, witness);
    for (const [from, to] of [
      ["\n7\n", "\n8\n"],
      ["council.example/log\n7", "council.example/lok\n7"],
    ] as const) {
      const changed = parseNote(note.replace(from, to));
      for (const key of [log.key, witness.key])
        await assert.rejects(verifyNote(changed, [key]), { code: "wrong-signature" });
    }
  });

  test("a signature of one kind is none of the other, though the key is the same", async () => {
    const seed = randomBytes(32);
    const [plain, timed] = [
      await signerOf("one.example", "note", seed),
      await signerOf("one.example", "cosignature", seed),
    ];
    assert.notEqual(plain.key.id, timed.key.id);
    assert.deepEqual(await verifyNote(parseNote(await signed(TEXT, plain)), [timed.key]), []);
    const line = await signatureLine(TEXT, plain, NOW);
    const [{ bytes } = { bytes: new Uint8Array(0) }] = parseSignatureLines(`${line}\n`);
    const dressed = new Uint8Array(12 + 64);
    new DataView(dressed.buffer).setUint32(0, timed.key.id);
    dressed.set(bytes, 12);
    const note = parseNote(formatNote(TEXT, [`— one.example ${toBase64(dressed)}`]));
    await assert.rejects(verifyNote(note, [timed.key]), { code: "wrong-signature" });
  });

  test("a cosignature's time is signed too", async () => {
    const line = await signatureLine(TEXT, witness, NOW);
    const earlier = new Date(NOW.getTime() - 1000);
    const [{ bytes } = { bytes: new Uint8Array(0) }] = parseSignatureLines(`${line}\n`);
    const changed = new Uint8Array([0, 0, 0, 0, ...bytes]);
    new DataView(changed.buffer).setUint32(0, witness.key.id);
    new DataView(changed.buffer).setBigUint64(4, BigInt(Math.floor(earlier.getTime() / 1000)));
    const note = parseNote(formatNote(TEXT, [`— witness.example/w1 ${toBase64(changed)}`]));
    await assert.rejects(verifyNote(note, [witness.key]), { code: "wrong-signature" });
  });

  test("that is malformed is refused", () => {
    const good = `text\n\n— a.example ${toBase64(new Uint8Array(68))}\n`;
    assert.equal(parseNote(good).text, "text\n");
    for (const wrong of [
      ...["", "text\n", "text\n\n", good.trimEnd(), good.replace("—", "-"), good.replace("a.example", "a+b")],
      ...[good.replace("text", "te\txt"), good.replace("text", "te\rxt"), good.replace("text", "\ud800")],
      ...[good.replace("a.example", ""), good.replace("=\n", "\n"), `${good}\n`, `${good}rubbish\n`],
      ...["text\n\n— a.example AAAAAA==\n", good + good.slice(6).repeat(64)],
    ])
      assert.throws(() => parseNote(wrong), { code: "not-a-note" }, JSON.stringify(wrong.slice(0, 60)));
  });

  test("of any text is read back as it was signed", async () => {
    const text = fc.string({ unit: "grapheme" }).map((each) => `${[...each].filter((one) => one >= " ").join("")}\n`);
    await fc.assert(
      fc.asyncProperty(text, async (each) => {
        const note = parseNote(await signed(each, log));
        assert.equal(note.text, each);
        assert.equal((await verifyNote(note, [log.key])).length, 1);
      }),
      { numRuns: 30 },
    );
  });

  test("signed by Node's own Ed25519 with the header of the cosignature specification verifies", async () => {
    const { publicKey, privateKey } = generateKeyPairSync("ed25519");
    const raw = new Uint8Array(publicKey.export({ format: "der", type: "spki" }).subarray(-32));
    const key = verifierKey("w.example", "cosignature", raw);
    const message = Buffer.from(`cosignature/v1\ntime 1679315147\n${TEXT}`);
    const bytes = new Uint8Array(12 + 64);
    new DataView(bytes.buffer).setUint32(0, key.id);
    new DataView(bytes.buffer).setBigUint64(4, 1679315147n);
    bytes.set(sign(null, message, privateKey), 12);
    const [found] = await verifyNote(parseNote(formatNote(TEXT, [`— w.example ${toBase64(bytes)}`])), [key]);
    assert.equal(found?.time, 1679315147);
  });
});

suite("A verifier key", () => {
  test("is read back, and refused with any character of it wrong", () => {
    const text = formatVerifierKey(witness.key);
    assert.deepEqual(parseVerifierKey(text), witness.key);
    assert.equal(text.split("+")[1], idText(witness.key.id));
    for (let at = 0; at < text.length; at++) {
      const changed = `${text.slice(0, at)}${text[at] === "a" ? "b" : "a"}${text.slice(at + 1)}`;
      assert.throws(() => parseVerifierKey(changed), { code: "not-a-key" }, changed);
    }
    for (const wrong of ["", "a", "a+b", "a+00000000+", `${text} `, text.replace("witness", "wit ness")])
      assert.throws(() => parseVerifierKey(wrong), { code: "not-a-key" }, wrong);
  });

  test("has a name without spaces and plus signs", () => {
    for (const name of ["", "a b", "a+b", "a\u00a0b", "a\u0085b", "a\nb", "\ud800"])
      assert.equal(isKeyName(name), false);
    assert.equal(isKeyName("witness.example/ẅ1"), true);
  });
});

suite("A checkpoint", () => {
  test("is origin, size and root, and extension lines are let be", () => {
    const root = leafHash(utf8("x"));
    assert.deepEqual(parseCheckpoint(TEXT), { origin: "council.example/log", size: 7, root });
    assert.deepEqual(parseCheckpoint(`${TEXT}more\n`), { origin: "council.example/log", size: 7, root });
    for (const wrong of [
      ...["", "a\n7\n", TEXT.trimEnd(), TEXT.replace("\n7\n", "\n07\n"), TEXT.replace("\n7\n", "\n-7\n")],
      ...[TEXT.replace("\n7\n", "\n9007199254740993\n"), TEXT.replace("=", ""), `${TEXT}\n`, `\n${TEXT}`],
    ])
      assert.throws(() => parseCheckpoint(wrong), { code: "not-a-checkpoint" }, wrong);
  });
});
