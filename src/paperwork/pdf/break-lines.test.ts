import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { breakLines } from "./break-lines.ts";

/** Every character is as wide as any other. */
const widthOf = (text: string) => text.length;

test("a line that ends between two words ends with a space, so that they are two words to whoever has it read aloud", () => {
  assert.deepEqual(breakLines("return to: SW1A 9ZZ", 10, widthOf), ["return to: ", "SW1A 9ZZ"]);
  assert.deepEqual(breakLines("Clara\nLondon", 10, widthOf), ["Clara ", "London"]);
  assert.deepEqual(breakLines("gogerychwyrndrobwll", 10, widthOf), ["gogerychwy", "rndrobwll"], "one word stays one");
});

test("whatever the text, its lines one after another are the text, and none is wider than the column but for that space", () => {
  const words = fc.array(fc.stringMatching(/^[a-z@.-]{1,14}$/), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(words, fc.integer({ min: 3, max: 30 }), (all, width) => {
      const lines = breakLines(all.join(" "), width, widthOf);
      assert.equal(lines.join(""), all.join(" "));
      for (const line of lines) assert.ok(line.trimEnd().length <= width, line);
    }),
  );
});
