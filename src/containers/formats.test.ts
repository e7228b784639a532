import assert from "node:assert/strict";
import { test } from "node:test";
import { extensionOf, FORMAT_FACTS, FORMATS, refuseUnfit } from "./formats.ts";
import { exactly, innerZip, innerZipSize } from "./inner-zip.ts";
import { innerName, packageNames } from "./package-names.ts";

const REFERENCE = "WB-7F3K-Q2XV";

/** A file of `size` bytes, which gives `given`. */
function file(name: string, size: number, given = size) {
  return {
    name,
    size,
    async *stream() {
      yield new Uint8Array(given);
    },
  };
}

test("SDT-16, SDT-27: a package is called by its reference, whatever its files are called", () => {
  const items = [file("Abuse report – J. Smith.pdf", 1), file("second.PDF", 1)];
  assert.deepEqual(packageNames("wb 7f3k q2xv", "zip", items), [`${REFERENCE}.zip`]);
  assert.deepEqual(packageNames(REFERENCE, "age", items), [`${REFERENCE}.zip.age`]);
  assert.deepEqual(packageNames(REFERENCE, "pdf", items), [`${REFERENCE}-1.pdf`, `${REFERENCE}-2.pdf`]);
  assert.deepEqual(packageNames(REFERENCE, "pdf", items.slice(1)), [`${REFERENCE}.pdf`]);
  assert.equal(innerName(REFERENCE), `${REFERENCE}-files.zip`);
  assert.throws(() => packageNames("Abuse report", "zip", items), { code: "bad-reference" });
});

test("what a format cannot hold is refused before anything is made", () => {
  assert.throws(() => refuseUnfit("zip", []), { code: "bad-input" });
  assert.throws(() => refuseUnfit("pdf", [file("a.pdf", 1), file("a.txt", 1)]), { code: "wrong-kind" });
  assert.throws(() => refuseUnfit("office", [file("macro.docm", 1)]), { code: "wrong-kind" });
  assert.throws(() => refuseUnfit("pdf", [file("a.pdf", 100_000_001)]), {
    code: "too-large",
    message: /up to 100 MB.*Use zip or age/,
  });
  assert.throws(() => refuseUnfit("office", [file("a.docx", 500_000_001)]), {
    code: "too-large",
    message: /up to 500 MB/,
  });
  const many = Array.from({ length: 51 }, (_, at) => file(`${at}.pdf`, 1));
  assert.throws(() => refuseUnfit("pdf", many), { code: "too-large", message: /50 are the most.*Use zip/ });
  refuseUnfit("pdf", many.slice(1));
  refuseUnfit("zip", many);
  refuseUnfit("zip", [file("a", 5e9)]);
  refuseUnfit("age", [file("a", 5e9)]);
  for (const format of FORMATS) assert.ok(FORMAT_FACTS[format].says.length > 0);
});

test("a refusal does not name the file", () => {
  assert.throws(
    () => refuseUnfit("pdf", [file("secret.txt", 1)]),
    (cause: Error) => !cause.message.includes("secret"),
  );
});

test("the end of a name is its last part after a dot", () => {
  assert.deepEqual(["a.b.PDF", "a/b.c/d", ".hidden", "x.", "a.docx"].map(extensionOf), [".pdf", "", "", "", ".docx"]);
});

test("the size of the zip inside is known beforehand", async () => {
  const items = [file("Ä/ö.txt", 5), file("ä/Ö.TXT", 70_000), file("../up", 0)];
  let size = 0;
  for await (const part of innerZip(items)) size += part.length;
  assert.equal(size, innerZipSize(items));
});

test("a file that gives more or less than it said is found out", async () => {
  for (const given of [9, 11]) {
    await assert.rejects(
      async () => {
        for await (const _ of exactly(file("a", 10, given)));
      },
      { code: "changed" },
    );
  }
});
