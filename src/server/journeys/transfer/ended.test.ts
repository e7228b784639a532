import assert from "node:assert/strict";
import { test } from "node:test";
import type { Recipient, Transfer } from "../../../domain/transfer.ts";
import { AT, sampleRecipient, sampleTransfer } from "../../../testing/samples.ts";
import { endedSays } from "./ended.ts";

const transfer = (state: Transfer["state"], changes: Partial<Transfer> = {}) =>
  sampleTransfer({ state, releasedAt: AT, destruction: "certified", ...changes });
const robin = (changes: Partial<Recipient>) => sampleRecipient({ name: "Robin", receivedAt: null, ...changes });
const rhys = (changes: Partial<Recipient>) =>
  sampleRecipient({ id: "rhys", name: "Rhys", receivedAt: null, ...changes });

test("SDT-28: what expired says who had confirmed, and whose access had ended before; it never says that somebody had not who had", () => {
  const confirmedThenNot = robin({ state: "misdirected", receivedAt: AT });
  assert.equal(
    endedSays(transfer("expired"), [confirmedThenNot]),
    "It has expired, and nobody had access any more by then. Receipt had been confirmed by Robin. Access had ended before for Robin. What was sealed was destroyed. This record stays.",
  );
  assert.match(
    endedSays(transfer("expired"), [confirmedThenNot, rhys({ state: "expired" })]),
    /^It expired before everybody had confirmed receipt\. Access had ended before for Robin\./,
  );
  assert.match(
    endedSays(transfer("closed"), [robin({ state: "dropped" }), rhys({ state: "closed", receivedAt: AT })]),
    /^Everybody else has confirmed receipt\. Access had ended before for Robin\./,
  );
  assert.match(endedSays(transfer("expired", { releasedAt: null }), []), /^Its date came before it was sent\./);
});

test("SIS-37: what a hold keeps is not called destroyed", () => {
  const says = endedSays(transfer("expired", { destruction: "held" }), [robin({ state: "expired" })]);
  assert.match(says, /a hold keeps what was sealed: it is not destroyed/);
  assert.doesNotMatch(says, /was destroyed/);
});
