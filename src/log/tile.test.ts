import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { hasTile, levelSize, parseTilePath, type Tile, tilePath } from "./tile.ts";

test("a tile's path is that of c2sp.org/tlog-tiles", () => {
  assert.equal(tilePath({ level: 0, at: 1234067, width: 256 }), "0/x001/x234/067");
  assert.equal(tilePath({ level: 2, at: 0, width: 1 }), "2/000.p/1");
  assert.equal(tilePath({ level: "entries", at: 1000, width: 255 }), "entries/x001/000.p/255");
});

test("a path is read back, and nothing else is one", () => {
  const level = fc.oneof(fc.integer({ min: 0, max: 63 }), fc.constant("entries" as const));
  const tile = fc.record({
    level,
    at: fc.maxSafeNat().map((at) => at % 1e15),
    width: fc.integer({ min: 1, max: 256 }),
  });
  fc.assert(fc.property(tile, (each: Tile) => assert.deepEqual(parseTilePath(tilePath(each)), { ...each })));
  for (const wrong of [
    ...["", "0", "0/", "0/0", "0/00", "0/0000", "0/x001", "0/x000/000", "0/001/000", "00/000", "64/000", "-1/000"],
    ...["0/000.p/0", "0/000.p/256", "0/000.p/01", "0/000.p/", "0/000.p", "0/000.p/1/", "0/000/", "/0/000", "entry/000"],
    ...["0/x001/x234/x067", "0/x999/x999/x999/x999/x999/999/000", "0/00a", "0/000.P/1", "x/000", "0/000.p/1.p/1"],
  ])
    assert.equal(parseTilePath(wrong), null, wrong);
  fc.assert(
    fc.property(fc.string(), (text) => {
      const found = parseTilePath(text);
      if (found !== null) assert.equal(tilePath(found), text);
    }),
  );
});

test("a tree of 70,000 entries has the tiles that the specification counts", () => {
  const size = 70_000;
  assert.deepEqual(
    [0, 1, 2, 3].map((level) => levelSize(level, size)),
    [70_000, 273, 1, 0],
  );
  const has = (level: number, at: number, width: number) => hasTile({ level, at, width }, size);
  assert.deepEqual(
    [has(0, 272, 256), has(0, 273, 112), has(0, 273, 113), has(0, 273, 256)],
    [true, true, false, false],
  );
  assert.deepEqual(
    [has(1, 0, 256), has(1, 1, 17), has(1, 1, 18), has(2, 0, 1), has(2, 0, 2)],
    [true, true, false, true, false],
  );
  assert.equal(hasTile({ level: 1, at: 0, width: 1 }, 256), true);
  assert.equal(hasTile({ level: "entries", at: 273, width: 112 }, size), true);
});
