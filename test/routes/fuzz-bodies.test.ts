import { test } from "node:test";
import fc from "fast-check";
import { ANY_TEXT, changing, fuzzedWorld, noMistake, options, withToken } from "./fuzzing.ts";
import { bodyOf, nameOf, partsOf, pathOf } from "./requests.ts";
import { VALID } from "./valid-bodies.ts";

const fuzzed = fuzzedWorld();
/** Once these were carried out, there is nothing left for the others to be about. */
const lastOnes = changing.toSorted((a, b) => Number(a.body === null) - Number(b.body === null));

test("a body of anything at all never gives 5xx, as JSON or as a form", async () => {
  const { world, visitorOf } = fuzzed();
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
