import assert from "node:assert/strict";
import { test } from "node:test";
import { readDecimalNumber, readWholeNumber } from "./typed-number.ts";

test("a whole number is read as people type it", () => {
  const typed = ["0", "40", " 40 ", "007", "1200", "1,200", "1 200", "1\u00a0200", "1,200,000", "12 345 678"];
  assert.deepEqual(
    typed.map((each) => readWholeNumber(each)),
    [0, 40, 40, 7, 1200, 1200, 1200, 1200, 1_200_000, 12_345_678],
  );
});

test("SIS-4: what could be read in two ways, or is no whole number, is read in none", () => {
  const odd = ["1,5", "1,20", "0,001", "12,34", "1,2000", "1200,5", "1 5", "1,200 000", "1,,200", ",200", "1,"];
  for (const typed of [...odd, "1.5", "1.200", "-1", "+1", "1e3", "0x10", "", " ", "many", "1\n200", "١٢"])
    assert.equal(readWholeNumber(typed), null, typed);
  assert.equal(readWholeNumber("1,001", 1000), null, "more than the most");
  assert.equal(readWholeNumber("99999999999999999999"), null);
});

test("a number with a part has a point before it, and a comma parts thousands alone", () => {
  assert.deepEqual(["0.5", "32", "1,200.25", "31.45728"].map(readDecimalNumber), [0.5, 32, 1200.25, 31.45728]);
  for (const typed of ["1,5", "0,5", ".5", "5.", "1.2.3", "1e3", "-1", ""])
    assert.equal(readDecimalNumber(typed), null, typed);
});
