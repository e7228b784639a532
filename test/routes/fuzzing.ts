import assert from "node:assert/strict";
import { after, before } from "node:test";
import fc from "fast-check";
import type { Row } from "../../src/server/gate/row.ts";
import { rows } from "../../src/server/routes.ts";
import type { Answer, Visitor } from "../../src/testing/visitor.ts";
import { changes, nameOf } from "./requests.ts";
import { createWorld, type World } from "./world.ts";

/** Of how many runs each property is, and of which seed: FUZZ_SEED repeats what failed. */
export const options = { numRuns: 8, seed: Number(process.env.FUZZ_SEED ?? Date.now() % 2 ** 31) };
console.log(`FUZZ_SEED=${options.seed}`);

/** Code points but halves of pairs, as a list: fast-check's own strings of any character take it seconds to look up. */
const anyPoint = fc.integer({ min: 0, max: 0x10ffff - 0x800 }).map((point) => (point < 0xd800 ? point : point + 0x800));
/** Any text, and now and then words that are members of every object. */
export const ANY_TEXT = fc.oneof(
  { weight: 6, arbitrary: fc.array(anyPoint, { maxLength: 60 }).map((points) => String.fromCodePoint(...points)) },
  { weight: 1, arbitrary: fc.string({ maxLength: 60 }) },
);

export const changing = rows.filter(changes);

/** A world of this file's own, and who each row is for, signed in once. */
export interface Fuzzed {
  readonly world: World;
  visitorOf(row: Row): Visitor;
}

/** Makes one before the file's tests, and ends it after them. @returns what gives it then */
export function fuzzedWorld(): () => Fuzzed {
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
  return () => ({ world, visitorOf: ({ who }) => visitors.get(who) ?? world.stranger() });
}

/** The server's own mistakes. A missing set-up, a full disk and a server in trouble have codes of their own, and none is meant here. */
export function noMistake(answer: Answer, row: Row, what: string): void {
  assert.ok(answer.status < 500, `${nameOf(row)} with ${what}: ${answer.status} ${answer.text.slice(0, 300)}`);
}

export const withToken = async (visitor: Visitor, type: string) => ({
  "x-waybill-token": await visitor.token(),
  "content-type": type,
});

/** Any text as part of an address; what is no text (a lone surrogate) as its bytes. */
export function encode(text: string): string {
  return [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, "0")}`).join("");
}
