import assert from "node:assert/strict";
import { test } from "node:test";
import type { RecipientState } from "../../../domain/transfer.ts";
import { transferTag } from "./status.ts";

const tag = (...states: readonly RecipientState[]) =>
  transferTag(
    { state: "released" },
    states.map((state) => ({ state })),
  ).text;

test("a transfer is on its way while somebody may still open it or confirm it, and not after", () => {
  assert.equal(tag("released", "dropped"), "On its way");
  assert.equal(tag("paused", "released"), "On its way");
  assert.equal(tag("paused", "received"), "Paused");
  assert.equal(tag("received", "received"), "Receipt confirmed");
  assert.equal(tag("received", "dropped"), "Received or ended");
  assert.equal(tag("dropped", "misdirected"), "Access ended");
});
