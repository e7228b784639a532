import assert from "node:assert/strict";
import { suite, test } from "node:test";
import fc from "fast-check";
import { DATA_AT, decodeHeader, encodeHeader } from "./blob-header.ts";

const number = fc.nat({ max: Number.MAX_SAFE_INTEGER - 1 });

suite("The header of a blob file", () => {
  test("The newest of two records counts", () => {
    fc.assert(
      fc.property(number, number, number, number, (sequence, size, length, next) => {
        const start = new Uint8Array(DATA_AT);
        const older = { sequence, size, length };
        const newer = { sequence: sequence + 1, size, length: next };
        put(start, encodeHeader(older));
        assert.deepEqual(decodeHeader(start), older);
        put(start, encodeHeader(newer));
        assert.deepEqual(decodeHeader(start), newer);
      }),
    );
  });

  test("A record of which any byte is wrong does not count: the one before it does", () => {
    fc.assert(
      fc.property(fc.nat({ max: 55 }), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const start = new Uint8Array(DATA_AT);
        const older = { sequence: 4, size: 99, length: 7 };
        put(start, encodeHeader(older));
        const record = encodeHeader({ ...older, sequence: 5, length: 8 });
        put(start, record);
        start[record.position + at] = (start[record.position + at] ?? 0) ^ change;
        assert.deepEqual(decodeHeader(start), older);
      }),
    );
  });

  test("Other bytes, or too few, are no header", () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 600 }), (bytes) => assert.equal(decodeHeader(bytes), null)));
  });
});

function put(into: Uint8Array, { bytes, position }: ReturnType<typeof encodeHeader>): void {
  into.set(bytes, position);
}
