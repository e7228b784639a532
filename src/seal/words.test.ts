import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { sha256Hex } from "../bytes/digest.ts";
import { utf8 } from "../bytes/text.ts";
import { effLargeWordlist } from "./eff-large-wordlist.ts";
import { generateSecret, parseSecret, typedWords, wordsBeginning } from "./words.ts";

const list = effLargeWordlist.split(" ");
const said = list.filter((word) => !word.includes("-") && word !== "yoyo");

test("the list is EFF's, all 7,776 words of it, sorted", async () => {
  assert.equal(new Set(list).size, 7776);
  assert.deepEqual(list, [...list].sort());
  assert.equal(
    await sha256Hex(utf8(effLargeWordlist)),
    "c523ba7b5e0d3f77cc6cf0d83bed3f250143c0c90c255d6a646dd992f8453675",
  );
});

test("a secret is six words of the list, and words of every part of it come up", () => {
  const drawn = Array.from({ length: 1000 }, generateSecret);
  for (const secret of drawn) assert.deepEqual(parseSecret(secret), { ok: true, secret });
  const tenths = new Set(
    drawn.flatMap((secret) => secret.split(" ").map((word) => Math.floor(said.indexOf(word) / 778))),
  );
  assert.equal(tenths.size, 10);
  assert.equal(new Set(drawn).size, 1000);
});

const six = fc.array(fc.constantFrom(...said), { minLength: 6, maxLength: 6 });
const between = fc.constantFrom(" ", "-", "  ", ", ", "\n", "\t", " – ", "_", ". ", "\u00a0");

test("six words are understood in any case, with any signs between them", () => {
  fc.assert(
    fc.property(six, between, fc.boolean(), (words, sign, upper) => {
      const typed = words.join(sign);
      assert.deepEqual(parseSecret(` ${upper ? typed.toUpperCase() : typed}${sign}`), {
        ok: true,
        secret: words.join(" "),
      });
    }),
  );
});

test("a secret holds no word that sounds like another when it is told", () => {
  assert.equal(said.length, 7771);
  for (const word of ["drop-down", "felt-tip", "t-shirt", "yo-yo", "yoyo"]) {
    assert.ok(list.includes(word) && typedWords(word).every((each) => !each.known || each.text !== word));
  }
});

test("the first word that is on no list is named with its place", () => {
  const typed = "Abacus abdomne zoom zoom zoom zoom";
  assert.deepEqual(parseSecret(typed), { ok: false, reason: "unknown-word", word: "abdomne", position: 1 });
  assert.deepEqual(typedWords("abacus abd"), [
    { text: "abacus", known: true },
    { text: "abd", known: false },
  ]);
});

test("too few and too many words are said to be so", () => {
  assert.deepEqual(parseSecret(""), { ok: false, reason: "count", count: 0 });
  assert.deepEqual(parseSecret("zoom ".repeat(7)), { ok: false, reason: "count", count: 7 });
});

test("any text at all gets an answer", () => {
  fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => typeof parseSecret(text).ok === "boolean"));
});

test("the words that begin as typed are found", () => {
  fc.assert(
    fc.property(fc.constantFrom(...said), fc.nat(8), (word, length) => {
      const prefix = word.slice(0, length);
      assert.deepEqual(wordsBeginning(prefix, 9), said.filter((each) => each.startsWith(prefix)).slice(0, 9));
    }),
  );
  assert.deepEqual(wordsBeginning("qq"), []);
});
