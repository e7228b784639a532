import assert from "node:assert/strict";
import { test } from "node:test";
import { randomBytes } from "../bytes/random.ts";
import { newArrivalCode, parseArrivalCode } from "./arrival-code.ts";

test("A code is read as it may be typed, and what is none is none", () => {
  const code = newArrivalCode(randomBytes);
  assert.match(code, /^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);
  assert.equal(parseArrivalCode(` ${code.toLowerCase().replace("-", " ")} `), code);
  assert.equal(parseArrivalCode("ioil-0000"), "1011-0000");
  for (const bad of ["", "K7QX", "K7QX-2MPAA", "K7QX-2MP!", "K7QX-2MPU"])
    assert.equal(parseArrivalCode(bad), null, bad);
});

test("Two codes differ", () => {
  const codes = new Set(Array.from({ length: 200 }, () => newArrivalCode(randomBytes)));
  assert.equal(codes.size, 200);
});
