import assert from "node:assert/strict";
import { test } from "node:test";
import type { Member } from "../member.ts";
import { confirmKey, isUnconfirmed, mayOffer, offerKey, refuseKey, withdrawKey } from "./key-offer.ts";

const AT = "2026-11-21T10:00:00.000Z";
const LATER = "2026-11-22T10:00:00.000Z";
const taken = { at: AT, by: { kind: "recipient", id: "row" } } as const;
const where = { reference: "WB-7F3K-Q2XV", recipientId: "row" };
const fresh = { id: "olu", address: "olu@chambers.example", name: "Olu Outside" };
const offered = () => offerKey(null, fresh, where, taken).member;
const sender: Member = { ...offered(), id: "sam", offer: null };

test("a key that was offered is unconfirmed until a sender confirms it, and every step is an event", () => {
  const { member, event } = offerKey(null, fresh, where, taken);
  assert.equal(isUnconfirmed(member), true);
  assert.deepEqual([event.kind, event.reference, event.recipientId], ["key-offered", where.reference, "row"]);
  const confirmed = confirmKey(member, sender, LATER);
  assert.equal(isUnconfirmed(confirmed.member), false);
  assert.deepEqual([confirmed.member.offer?.decidedBy, confirmed.member.offer?.decidedAt], ["sam", LATER]);
  assert.deepEqual([confirmed.event.kind, confirmed.event.actor], ["key-confirmed", { kind: "member", id: "sam" }]);
});

test("a key that was refused, or taken away by its maker, ends the account, and another may be offered", () => {
  for (const { member, event } of [refuseKey(offered(), sender, LATER), withdrawKey(offered(), LATER)]) {
    assert.equal(member.state, "deactivated");
    assert.equal(isUnconfirmed(member), true, event.kind);
    const again = offerKey(member, { ...fresh, id: "another" }, where, taken).member;
    assert.deepEqual([again.id, again.state, again.offer?.state], ["olu", "active", "offered"]);
  }
});

test("nobody who has an account, or whom an administrator deactivated, offers a key", () => {
  const others: readonly Member[] = [
    sender,
    { ...sender, state: "invited" },
    { ...sender, state: "deactivated" },
    offered(),
    { ...offered(), state: "deactivated" },
    confirmKey(offered(), sender, LATER).member,
  ];
  for (const known of others) {
    assert.equal(mayOffer(known), false);
    assert.throws(() => offerKey(known, fresh, where, taken), { code: "not-now" });
  }
});

test("only a key that waits is decided on, once", () => {
  const confirmed = confirmKey(offered(), sender, LATER).member;
  const refused = refuseKey(offered(), sender, LATER).member;
  for (const member of [sender, confirmed, refused, { ...offered(), state: "deactivated" as const }]) {
    assert.throws(() => confirmKey(member, sender, LATER), { code: "not-now" });
    assert.throws(() => refuseKey(member, sender, LATER), { code: "not-now" });
  }
  assert.throws(() => withdrawKey(refused, LATER), { code: "not-now" });
  assert.throws(() => withdrawKey(sender, LATER), { code: "not-now" });
  assert.equal(withdrawKey(confirmed, LATER).member.offer?.state, "withdrawn");
});
