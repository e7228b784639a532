import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { changedNames, isItemName, safeName, safeNames, toItemName } from "./item-names.ts";

const anything = fc.string({ unit: "binary", maxLength: 60 });
const nasty = fc
  .array(fc.constantFrom("..", ".", "/", "\\", "a", "CON", "\u0000", "\u202e", ":", " ", "é", "😀", "\ud800", ".txt"), {
    maxLength: 20,
  })
  .map((parts) => parts.join(""));

test("names that leave their folder or hide something are refused", () => {
  for (const name of [
    "",
    "/a",
    "a/",
    "a//b",
    "../a",
    "a/../b",
    "a/.",
    ".",
    "..",
    "a\\b",
    "a\u0000",
    "a\nb",
    "\u009f",
    "\ud800",
  ]) {
    assert.ok(!isItemName(name), JSON.stringify(name));
  }
  for (const name of ["a", "a/b.txt", "…", "..a", "a..", "Grüße 😀.pdf", "con", "مرحبا"])
    assert.ok(isItemName(name), name);
});

test("whatever the sender's file is called, it gets a name that may be sent", () => {
  fc.assert(
    fc.property(fc.oneof(anything, nasty), (path) => assert.ok(isItemName(toItemName(path)), JSON.stringify(path))),
  );
  assert.equal(toItemName("a\\b/./c.txt"), "a_b/c.txt");
  assert.equal(toItemName("Minutes/März.pdf"), "Minutes/März.pdf");
  assert.ok(toItemName(`${"x".repeat(3000)}.pdf`).endsWith("x.pdf"));
});

test("whatever a manifest says, a saved file stays in its folder under a name that every system takes", () => {
  fc.assert(
    fc.property(fc.oneof(anything, nasty), (name) => {
      const safe = safeName(name);
      assert.ok(isItemName(safe), JSON.stringify(safe));
      for (const part of safe.split("/")) {
        // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not be there
        assert.doesNotMatch(part, /[<>:"|?*\\\u0000-\u001f\u202a-\u202e]|[. ]$|^(?:con|nul|aux|prn)(?:\.|$)/i);
        assert.ok(Buffer.byteLength(part) <= 220);
      }
      assert.equal(safeName(safe), safe);
    }),
  );
});

test("device names, direction marks and trailing dots are taken out of names", () => {
  assert.equal(safeName("CON"), "_CON");
  assert.equal(safeName("aux.txt"), "_aux.txt");
  assert.equal(safeName("invoice\u202efdp.exe"), "invoicefdp.exe");
  assert.equal(safeName("a. /b:c"), "a/b_c");
  assert.equal(safeName("..."), "unnamed");
});

test("saved names differ even where case does not count, and keep their extension", () => {
  assert.deepEqual(safeNames(["a.txt", "A.TXT", "a.txt", "b/a.txt", "a?", "a*"]), [
    "a.txt",
    "A (2).TXT",
    "a (3).txt",
    "b/a.txt",
    "a_",
    "a_ (2)",
  ]);
});

test("names that are saved otherwise than they were sent are told, with what cannot be seen in them", () => {
  assert.deepEqual(changedNames(["a.txt", "A.txt", "report: May?.pdf", "in/CON", "gpj.\u202eexe"]), [
    { sent: "A.txt", saved: "A (2).txt" },
    { sent: "report: May?.pdf", saved: "report_ May_.pdf" },
    { sent: "in/CON", saved: "in/_CON" },
    { sent: "gpj.‹U+202E›exe", saved: "gpj.exe" },
  ]);
  assert.deepEqual(changedNames(["Cafe\u0301/été.txt"]), [], "another way to write the same letters is no other name");
});
