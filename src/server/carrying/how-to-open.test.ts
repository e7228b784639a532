import assert from "node:assert/strict";
import { test } from "node:test";
import type { CarriedPaper } from "../../paperwork/carried/carried-paper.ts";
import { PaperworkError } from "../../paperwork/error.ts";
import { paperText } from "../../paperwork/paper-text.ts";
import { howToOpen, packedFrom } from "./how-to-open.ts";

const about: CarriedPaper = {
  ...{
    reference: "WB-7F3K-Q2XV",
    date: "2026-11-22T10:00:00.000Z",
    items: 2,
    pages: null,
    addresseeOnly: true,
    handling: [],
  },
  ...{ service: "", medium: "STICK-0142", returnAddress: null, host: "waybill.council.example" },
  organisation: { name: "Example Council", phone: "020 7946 0000", website: "www.council.example" },
  originator: { name: "Sam Sender", phone: "020 7946 0001" },
  origin: "https://waybill.council.example",
  recipient: { name: "Clara", organisation: "Chambers", postal: [], dx: "", language: "en", code: "K7QX-2MPA" },
};

const ZIP = { kind: "zip", files: 1 } as const;

test("SDT-14, SDT-26: the sheet beside a package is in English and Welsh and says where and with which code arrival is confirmed", () => {
  const english = paperText(howToOpen(ZIP, about, "en"));
  const welsh = paperText(howToOpen(ZIP, about, "cy"));
  for (const text of [english, welsh]) {
    for (const fact of ["WB-7F3K-Q2XV.zip", "waybill.council.example/arrived", "K7QX-2MPA", "020 7946 0000"])
      assert.ok(text.includes(fact), fact);
    assert.doesNotMatch(text, /Sam Sender|Clara|STICK-0142/, "SDT-27");
  }
  assert.match(english, /7-Zip/);
  assert.match(welsh, /Ar Windows/);
});

test("SDT-27: several documents are named by the reference and a number, and have one password", () => {
  const few = paperText(howToOpen({ kind: "pdf", files: 2 }, about, "en"));
  assert.match(few, /Open WB-7F3K-Q2XV-1\.pdf, WB-7F3K-Q2XV-2\.pdf with/);
  assert.match(few, /the same for all of them/);
  const many = paperText(howToOpen({ kind: "office", files: 40 }, about, "cy"));
  assert.match(many, /Agorwch WB-7F3K-Q2XV-1 \(\.docx, \.xlsx, \.pptx\) … WB-7F3K-Q2XV-40 \(/);
  assert.match(many, /Yr un cyfrinair/);
  assert.doesNotMatch(paperText(howToOpen({ kind: "pdf", files: 1 }, about, "en")), /same for all|-1\.pdf/);
});

test("SDT-24: the sheet beside a package on a medium says where that is sent back to", () => {
  const returnAddress = ["Example Council", "1 Example Street"];
  for (const language of ["en", "cy"] as const) {
    const sheet = (changes: Partial<CarriedPaper>) => paperText(howToOpen(ZIP, { ...about, ...changes }, language));
    assert.match(sheet({ returnAddress }), /(?:to|i) Example Council, 1 Example Street\./);
    assert.match(sheet({}), /as agreed|fel y cytunwyd/);
    assert.doesNotMatch(sheet({ returnAddress, medium: null }), /1 Example Street/);
  }
});

test("what the page says of a package is taken as far as it can be one", () => {
  assert.deepEqual(packedFrom({ package: "pdf", files: "3" }), { kind: "pdf", files: 3 });
  assert.deepEqual(packedFrom({ package: "pdf", files: "99" }), { kind: "pdf", files: 50 });
  assert.deepEqual(packedFrom({ package: "zip", files: "3" }), { kind: "zip", files: 1 });
  assert.deepEqual(packedFrom({ package: "pdf", files: "-1" }), { kind: "pdf", files: 1 });
  assert.equal(packedFrom({ package: "rar" }), null);
});

test("what is not packed has no such sheet", () => {
  assert.throws(() => howToOpen(null, about, "en"), PaperworkError);
});
