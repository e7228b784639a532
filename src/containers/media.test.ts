import assert from "node:assert/strict";
import { test } from "node:test";
import { markerText, readMarker, recognise } from "./media.ts";

const registered = { serial: "M-0042", knownAs: ["4C530001-271118"] };

test("SDT-23: a volume is the registered medium by its marker, its label, or a number that the register knows", () => {
  assert.equal(recognise(registered, { marker: "m-0042", ids: [] }), "marker");
  assert.equal(recognise(registered, { marker: null, ids: ["m-0042"] }), "id");
  assert.equal(recognise(registered, { marker: null, ids: ["7E1A-03F2", "4c530001-271118"] }), "id");
});

test("SDT-23: another medium, and one of which nothing is known, are refused", () => {
  for (const ids of [[], ["M-0043"], ["M-00421"]]) {
    assert.throws(() => recognise(registered, { marker: null, ids }), { code: "wrong-media" });
  }
  const swapped = { marker: "M-0043", ids: ["M-0042"] };
  assert.throws(() => recognise(registered, swapped), {
    code: "wrong-media",
    message: /registered as M-0043, not as M-0042/,
  });
});

test("a marker is read as it is written, and nothing else is taken for one", () => {
  assert.equal(readMarker(markerText("M-0042")), "M-0042");
  for (const text of [
    "",
    "M-0042",
    "Registered media: ",
    "Registered media: a b",
    `Registered media: ${"A".repeat(41)}`,
  ]) {
    assert.equal(readMarker(text), null, text);
  }
});
