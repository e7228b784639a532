import assert from "node:assert/strict";
import { test } from "node:test";
import { afterWorkingHours, USUAL_WORKING_TIME } from "./working-time.ts";

const after = (at: string, changes: Partial<typeof USUAL_WORKING_TIME> = {}) =>
  afterWorkingHours(new Date(at), { ...USUAL_WORKING_TIME, ...changes }).toISOString();

test("a working day is counted in hours of work, and never ends in a night or on a day off", () => {
  assert.equal(after("2026-11-23T09:00:00Z"), "2026-11-23T17:00:00.000Z", "Monday at nine: the same day at five");
  assert.equal(after("2026-11-23T11:30:00Z"), "2026-11-24T11:30:00.000Z");
  assert.equal(after("2026-11-23T20:00:00Z"), "2026-11-24T17:00:00.000Z", "what is asked at night waits until nine");
  assert.equal(after("2026-11-20T15:00:00Z"), "2026-11-23T15:00:00.000Z", "a weekend lies between");
  assert.equal(after("2026-11-22T06:05:00Z"), "2026-11-23T17:00:00.000Z", "Sunday");
});

test("what an organisation configures is what counts, in London's summer and winter", () => {
  assert.equal(after("2026-07-01T07:00:00Z"), "2026-07-01T16:00:00.000Z", "nine to five is eight to four in UTC");
  assert.equal(after("2026-10-23T15:00:00Z"), "2026-10-26T16:00:00.000Z", "the clocks go back in between");
  assert.equal(after("2026-12-24T16:00:00Z", { closed: ["2026-12-25", "2026-12-28"] }), "2026-12-29T16:00:00.000Z");
  assert.equal(after("2026-11-20T10:00:00Z", { hours: 2, days: ["sunday"] }), "2026-11-22T11:00:00.000Z");
  assert.equal(after("2026-11-23T09:00:00Z", { hours: 20 }), "2026-11-25T13:00:00.000Z");
});
