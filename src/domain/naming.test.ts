import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { domainOf, isWorkAddress, parseAddress } from "./address.ts";
import { newReference, parseReference } from "./reference.ts";

const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));
const SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

test("SIS-23: a new reference reads WB-XXXX-XXXX and is read back from whatever case, hyphens and look-alikes people type", () => {
  for (let round = 0; round < 500; round++) {
    const reference = newReference(random);
    assert.match(reference, /^WB-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);
    const typed = reference.toLowerCase().replaceAll("0", "o").replaceAll("1", "l");
    assert.equal(parseReference(typed), reference);
    assert.equal(parseReference(reference.replaceAll("-", " ").slice(2)), reference);
  }
});

test("a reference whose own symbols begin with WB is read with and without its prefix", () => {
  const beginsWithWb = (length: number) => random(length).fill(28, 0, 1).fill(11, 1, 2);
  for (let round = 0; round < 50; round++) {
    const reference = newReference(beginsWithWb);
    assert.match(reference, /^WB-WB/);
    assert.equal(parseReference(reference.slice(3)), reference);
    assert.equal(parseReference(reference), reference);
  }
});

test("one wrong character, or two neighbours swapped, is always noticed", () => {
  for (let round = 0; round < 50; round++) {
    const bare = newReference(random).replaceAll("-", "").slice(2);
    for (let at = 0; at < bare.length; at++) {
      for (const symbol of SYMBOLS.replace(bare.charAt(at), "")) {
        assert.throws(() => parseReference(bare.slice(0, at) + symbol + bare.slice(at + 1)), { code: "bad-reference" });
      }
      const swapped = bare.slice(0, at) + bare.charAt(at + 1) + bare.charAt(at) + bare.slice(at + 2);
      if (swapped !== bare) assert.throws(() => parseReference(swapped), { code: "bad-reference" });
    }
  }
});

test("what is no reference at all is refused and never crashes", () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      try {
        assert.match(parseReference(text), /^WB-/);
      } catch (error) {
        assert.equal((error as { code: string }).code, "bad-reference");
      }
    }),
  );
});

test("addresses are trimmed, compared without case, and refused when they are none", () => {
  assert.equal(parseAddress("  Sam.Sender@Examples.TEST "), "sam.sender@examples.test");
  for (const wrong of [
    "",
    "a",
    "a@b",
    "a@@b.c",
    "a b@c.de",
    "a@b..cd",
    ".a@b.cd",
    "a..b@c.de",
    "<a@b.cd>",
    "a@b.cd\nBcc: x@y.zz",
    `${"a".repeat(65)}@b.cd`,
  ]) {
    assert.throws(() => parseAddress(wrong), { code: "bad-address" }, wrong);
  }
  assert.equal(domainOf("a@b.cd"), "b.cd");
});

test("SDT-17, SET-4: only the organisation's own domains and what is below them are work addresses", () => {
  const own = ["justice.gov.uk"];
  assert.equal(isWorkAddress("a@justice.gov.uk", own), true);
  assert.equal(isWorkAddress("a@courts.justice.gov.uk", own), true);
  for (const other of ["a@evil-justice.gov.uk", "a@justice.gov.uk.example.org", "a@gov.uk", "a@gmail.com"]) {
    assert.equal(isWorkAddress(other, own), false, other);
  }
});
