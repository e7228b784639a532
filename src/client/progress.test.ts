import assert from "node:assert/strict";
import { test } from "node:test";
import { Meter } from "./progress.ts";

test("no time left is said before it is steady, and speed is that of the last 15 seconds", () => {
  let now = 0;
  const meter = new Meter(1_000_000, () => now, 200_000);
  now = 500;
  assert.deepEqual(meter.at(200_100), {
    bytes: 200_100,
    total: 1_000_000,
    bytesPerSecond: 200,
    secondsLeft: null,
  });
  now = 4000;
  const later = meter.at(240_000);
  assert.deepEqual([later.bytesPerSecond, later.secondsLeft], [10_000, 76]);
});
