import assert from "node:assert/strict";
import { test } from "node:test";
import { adviseFormat, type Tool } from "./advice.ts";

const file = (name: string, size = 1) => ({
  name,
  size,
  async *stream() {
    yield new Uint8Array(size);
  },
});

test("OXM-13: the format follows what the recipient has", () => {
  const cases: readonly (readonly [has: readonly Tool[], names: readonly string[], best: string | null])[] = [
    [["7-zip"], ["a.txt", "b.txt"], "zip"],
    [["7-zip", "windows"], ["a.pdf"], "pdf"],
    [["windows"], ["a.pdf"], "pdf"],
    [["windows"], ["a.txt"], null],
    [["windows"], ["a.pdf", "b.txt"], null],
    [["windows", "office"], ["a.docx"], "office"],
    [["macos"], ["a.txt"], null],
    [["keka"], ["a.txt"], "zip"],
    [["age"], ["a.pdf"], "age"],
    [["pdf-reader", "age"], ["a.pdf", "b.pdf"], "age"],
    [[], ["a.txt"], null],
  ];
  for (const [has, names, best] of cases) {
    const advice = adviseFormat(
      has,
      names.map((name) => file(name)),
    );
    assert.equal(advice.best, best, `${has} ${names}`);
    assert.equal(advice.formats.length, 4);
  }
});

test("who can open each format, and with what, is said", () => {
  const { formats, says } = adviseFormat(["windows"], [file("a.txt")]);
  assert.match(
    says,
    /secure link instead, or ask them to install 7-Zip.*Windows Explorer does not open a zip with AES-256/,
  );
  const zip = formats.find(({ format }) => format === "zip");
  assert.match(zip?.says ?? "", /opened with 7-Zip, WinZip, Keka.*They have nothing that opens it/);
});

test("a file that is too large for a document with a password goes into a zip", () => {
  assert.equal(adviseFormat(["7-zip", "pdf-reader"], [file("a.pdf", 100_000_001)]).best, "zip");
});
