import assert from "node:assert/strict";
import { describe, test } from "node:test";
import fc from "fast-check";
import { rows } from "../../src/server/routes.ts";
import { Visitor } from "../../src/testing/visitor.ts";
import { ANY_TEXT, encode, fuzzedWorld, noMistake, options, withToken } from "./fuzzing.ts";
import { bodyOf, changes, parametersOf, pathOf } from "./requests.ts";
import { lastingOf } from "./snapshot.ts";

const fuzzed = fuzzedWorld();

describe("Addresses of anything at all from those who are let in", () => {
  test("a path of anything at all never gives 5xx, and changes nothing", async () => {
    const { world, visitorOf } = fuzzed();
    const earlier = await lastingOf(world.server);
    const visitor = new Visitor(world.server);
    const raw = [
      "%00",
      "%zz",
      "%",
      "%ff%fe",
      "..%2f..%2fetc%2fpasswd",
      "%2e%2e",
      "a".repeat(5000),
      "😀",
      "WB-%00",
      "null",
    ];
    const part = fc.oneof(fc.constantFrom(...raw), ANY_TEXT.map(encode), fc.string({ maxLength: 200 }).map(encode));
    for (const row of rows.filter((each) => parametersOf(each).length > 0)) {
      const values = fc.array(part, { minLength: parametersOf(row).length, maxLength: parametersOf(row).length });
      await fc.assert(
        fc.asyncProperty(values, async (parts) => {
          const left = [...parts];
          const path = row.path.replaceAll(/:\w+/g, () => left.shift() || "x");
          const who = changes(row) ? visitorOf(row) : fc.sample(fc.constantFrom(visitor, visitorOf(row)), 1)[0];
          const body = changes(row) ? JSON.stringify(bodyOf(row)) : undefined;
          const headers = changes(row) ? await withToken(visitorOf(row), "application/json") : {};
          noMistake(await (who ?? visitor).ask(row.method, path, headers, body), row, path);
        }),
        options,
      );
    }
    assert.deepEqual(await lastingOf(world.server), earlier);
  });

  test("a query or headers of anything at all never give 5xx", async () => {
    const { world, visitorOf } = fuzzed();
    const names = ["next", "lang", "value", "id", "offset", "ref", "days"];
    const values = [
      "",
      "-1",
      "1e9",
      "9".repeat(400),
      "NaN",
      "//evil.example",
      "\\evil",
      "cy",
      "WB-0000-0000",
      "\u0000",
      "é😀",
    ];
    const pair = fc.tuple(fc.constantFrom(...names), fc.oneof(fc.constantFrom(...values), ANY_TEXT));
    const header = fc.constantFrom<Record<string, string>>(
      {},
      { range: "bytes=0-,5-" },
      { "accept-language": "cy;q=\u00ff" },
      { authorization: "Bearer " },
      { authorization: `Bearer ${"A".repeat(43)}` },
      { "if-range": '"' },
      { accept: "application/x" },
      { "x-forwarded-for": "not an address" },
      { "upload-offset": "-1", "tus-resumable": "1.0.0" },
    );
    for (const row of rows.filter((each) => !changes(each))) {
      await fc.assert(
        fc.asyncProperty(fc.array(pair, { maxLength: 4 }), header, async (query, headers) => {
          const text = query.map(([name, value]) => `${name}=${encode(value)}`).join("&");
          noMistake(await visitorOf(row).ask(row.method, `${pathOf(row, world)}?${text}`, headers), row, text);
        }),
        options,
      );
    }
  });
});
