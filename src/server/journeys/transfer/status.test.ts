import assert from "node:assert/strict";
import { test } from "node:test";
import type { RecipientState } from "../../../domain/transfer.ts";
import { recipientTag, transferTag } from "./status.ts";

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

test("whoever was never reached is not called told, and a transfer says how many", () => {
  const row = { state: "released", confirmation: null, openedAt: null, receivedAt: null } as const;
  assert.equal(recipientTag(row, true).text, "Email came back");
  assert.equal(recipientTag(row).text, "Told");
  const bounced = (...states: readonly RecipientState[]) =>
    transferTag(
      { state: "released" },
      states.map((state) => ({ state })),
      1,
    ).text;
  assert.equal(bounced("released", "opened"), "On its way, not to 1");
  assert.equal(bounced("released"), "Email came back");
});
