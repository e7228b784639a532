import assert from "node:assert/strict";
import { once } from "node:events";
import { request } from "node:http";
import { after, before, describe, test } from "node:test";
import fc from "fast-check";
import type { Row } from "../../src/server/gate/row.ts";
import { rows } from "../../src/server/routes.ts";
import { type Answer, Visitor } from "../../src/testing/visitor.ts";
import { bodyOf, changes, nameOf, parametersOf, partsOf, pathOf } from "./requests.ts";
import { lastingOf } from "./snapshot.ts";
import { VALID } from "./valid-bodies.ts";
import { createWorld, type World } from "./world.ts";

/** One for all: fast-check takes a second to know every character. */
const ANY_TEXT = fc.string({ unit: "binary", maxLength: 60 });
let world: World;
const visitors = new Map<Row["who"], Visitor>();
before(async () => {
  world = await createWorld();
  for (const { who } of rows) {
    const visitor = visitors.get(who) ?? (await world.rightful(who));
    visitors.set(who, visitor);
    await visitor.token();
  }
});
after(() => world.server.stop());

const visitorOf = ({ who }: Row): Visitor => visitors.get(who) ?? world.stranger();
const changing = rows.filter(changes);
/** Once these were carried out, there is nothing left for the others to be about. */
const lastOnes = changing.toSorted((a, b) => Number(a.body === null) - Number(b.body === null));
const options = { numRuns: 8, seed: Number(process.env.FUZZ_SEED ?? Date.now() % 2 ** 31) };
console.log(`FUZZ_SEED=${options.seed}`);

/** The server's own mistakes. A missing set-up, a full disk and a server in trouble have codes of their own, and none is meant here. */
function noMistake(answer: Answer, row: Row, what: string): void {
  assert.ok(answer.status < 500, `${nameOf(row)} with ${what}: ${answer.status} ${answer.text.slice(0, 300)}`);
}

const withToken = async (visitor: Visitor, type: string) => ({
  "x-waybill-token": await visitor.token(),
  "content-type": type,
});

describe("Bad input from those who are let in", () => {
  test("a body longer than the row takes is refused with 413 before it is read, and nothing changes", async () => {
    const earlier = await lastingOf(world.server);
    for (const row of changing.filter((each) => each.path !== "/api/transfers/:ref/upload/:upload")) {
      const asked = request(new URL(pathOf(row, world), world.server.url), {
        method: row.method,
        headers: {
          ...(await withToken(visitorOf(row), "application/json")),
          cookie: visitorOf(row).cookies(),
          "content-length": row.bodyLimit + 1,
        },
      });
      asked.flushHeaders();
      const [response] = await once(asked, "response");
      assert.equal(response.statusCode, 413, nameOf(row));
      asked.destroy();
    }
    assert.deepEqual(await lastingOf(world.server), earlier);
  });

  test("malformed JSON is refused with 400, what is no JSON or form with 415 or 400, and nothing changes", async () => {
    const earlier = await lastingOf(world.server);
    const malformed = ['{"a":', "[1,]", "", "\u0000", '{"__proto__":{"a":1}}', `${"[".repeat(5000)}`, '{"a":1}{'];
    for (const row of changing) {
      const visitor = visitorOf(row);
      for (const body of malformed) {
        const answer = await visitor.ask(
          row.method,
          pathOf(row, world),
          await withToken(visitor, "application/json"),
          body,
        );
        // What takes the text says what is wrong with it, as with any other facts.
        assert.equal(answer.status, row.asText ? 422 : 400, `${nameOf(row)} with ${body.slice(0, 20)}`);
      }
      if (row.body === null) continue; // nothing is read: what else comes along does not matter
      for (const type of [
        "text/plain",
        "application/xml",
        "multipart/form-data; boundary=x",
        "nonsense",
        "application/json;",
      ]) {
        const answer = await visitor.ask(row.method, pathOf(row, world), await withToken(visitor, type), "<a/>");
        const refused = [row.asText ? 422 : 400, 415]; // the last of them is JSON, and malformed
        assert.ok(refused.includes(answer.status), `${nameOf(row)} as ${type}: ${answer.status}`);
      }
    }
    assert.deepEqual(await lastingOf(world.server), earlier);
  });

  test("a path of anything at all never gives 5xx, and changes nothing", async () => {
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

  test("a body of anything at all never gives 5xx, as JSON or as a form", async () => {
    for (const row of lastOnes) {
      const names = [...new Set([...partsOf(row).names, ...Object.keys(bodyOf(row))])];
      const changed = changesOf({ ...bodyOf(row), ...VALID[nameOf(row)]?.(world).body }, names);
      const anything = fc.oneof({ weight: 4, arbitrary: changed }, { weight: 1, arbitrary: fc.jsonValue() });
      await fc.assert(
        fc.asyncProperty(anything, fc.boolean(), async (body, asForm) => {
          const visitor = visitorOf(row);
          const form = asForm && typeof body === "object" && body !== null;
          const answer = form
            ? await visitor.ask(
                row.method,
                pathOf(row, world),
                await withToken(visitor, "application/x-www-form-urlencoded"),
                new URLSearchParams(Object.entries(body).map(([name, each]) => [name, String(each)])).toString(),
              )
            : await visitor.api(row.method, pathOf(row, world), body);
          noMistake(answer, row, JSON.stringify(body));
        }),
        options,
      );
    }
  });
});

const VALUES = fc.oneof(
  fc.constantFrom<unknown>(null, true, -1, 1e308, "", "\u0000", "😀", "yes", "A".repeat(300), [], {}, [[]], {
    length: 1,
  }),
  ANY_TEXT,
  fc.jsonValue({ maxDepth: 2 }),
);
const LEFT_OUT = Symbol();

/** A valid body with up to three of its parts, or parts of its parts, left out or replaced by anything. */
function changesOf(valid: Readonly<Record<string, unknown>>, names: readonly string[]): fc.Arbitrary<object> {
  const name = names.length > 0 ? fc.constantFrom(...names) : fc.string({ maxLength: 10 });
  const change = name.chain((each) => {
    const inner = valid[each];
    const within = isRecord(inner) ? [changesOf(inner, Object.keys(inner))] : [];
    return fc.oneof(VALUES, fc.constant(LEFT_OUT), ...within).map((value) => [each, value] as const);
  });
  return fc.array(change, { maxLength: 3 }).map((some) => {
    const all = { ...valid, ...Object.fromEntries(some) };
    return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== LEFT_OUT));
  });
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Any text as part of an address; what is no text (a lone surrogate) as its bytes. */
function encode(text: string): string {
  return [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, "0")}`).join("");
}
