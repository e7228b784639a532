import assert from "node:assert/strict";
import { test } from "node:test";
import { readMoment, typedMoment } from "./typed-moment.ts";

const on = (day: string, month: string, year: string, time: string) => readMoment({ day, month, year, time });

test("a time is UK time, in winter, in summer, and in the hours between", () => {
  assert.equal(on("22", "11", "2026", "14:05"), "2026-11-22T14:05:00.000Z");
  assert.equal(on("1", "7", "2026", "2.05pm"), "2026-07-01T13:05:00.000Z");
  assert.equal(on("1", "7", "2026", "12am"), "2026-06-30T23:00:00.000Z");
  assert.equal(on("25", "10", "2026", "01:30"), "2026-10-25T00:30:00.000Z", "of the hour that comes twice, the first");
  assert.equal(on("29", "3", "2026", "01:30"), null, "an hour that there is none of");
});

test("what is no time is null", () => {
  for (const time of ["", "14", "24:00", "9:60", "13pm", "0am", "noon", "9:5"]) {
    assert.equal(on("22", "11", "2026", time), null, time);
  }
  assert.equal(on("31", "2", "2026", "9:00"), null);
});

test("what is shown reads back as it was", () => {
  for (const at of ["2026-11-22T14:05:00.000Z", "2026-07-01T23:30:00.000Z"]) {
    assert.equal(readMoment(typedMoment(at)), at);
  }
});
