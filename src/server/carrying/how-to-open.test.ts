import assert from "node:assert/strict";
import { test } from "node:test";
import type { CarriedPaper } from "../../paperwork/carried/carried-paper.ts";
import { PaperworkError } from "../../paperwork/error.ts";
import { paperText } from "../../paperwork/paper-text.ts";
import { howToOpen } from "./how-to-open.ts";

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

test("SDT-14, SDT-26: the sheet beside a package is in English and Welsh and says where and with which code arrival is confirmed", () => {
  const english = paperText(howToOpen("zip", about, "en"));
  const welsh = paperText(howToOpen("zip", about, "cy"));
  for (const text of [english, welsh]) {
    for (const fact of ["WB-7F3K-Q2XV.zip", "waybill.council.example/arrived", "K7QX-2MPA", "020 7946 0000"])
      assert.ok(text.includes(fact), fact);
    assert.doesNotMatch(text, /Sam Sender|Clara|STICK-0142/, "SDT-27");
  }
  assert.match(english, /7-Zip/);
  assert.match(welsh, /Ar Windows/);
});

test("what is not packed has no such sheet", () => {
  assert.throws(() => howToOpen(null, about, "en"), PaperworkError);
});
