import assert from "node:assert/strict";
import { test } from "node:test";
import type { Member } from "../member.ts";
import { activeRecoveryKey, type Deed, type RecoveryKey, waitingAct } from "../recovery-key.ts";
import {
  enrolRecoveryKey,
  proposeRecoveryKey,
  proposeRemoval,
  type RecoveryStep,
  removeRecoveryKey,
  withdrawRecoveryAct,
} from "./recovery-key.ts";
import type { Proof } from "./step.ts";

const PROOF: Proof = { statement: "{}", signature: "s", publicKey: "p", keyKind: "passkey" };
const NOT_NOW = { name: "DomainError", code: "not-now" };

function administrator(id: string, changes: Partial<Member> = {}): Member {
  const nobody = { phone: "", lineManagerId: null, offer: null, createdAt: "2026-11-21T10:00:00.000Z" };
  const roles = ["administrator"] as const;
  return { id, address: `${id}@council.example`, name: id, roles, state: "active", ...nobody, ...changes };
}

const ada = administrator("ada");
const by = (byMemberId: string): Deed => ({ byMemberId, at: "2026-11-21T10:00:00.000Z" });
const fresh = (id: string) => ({ id, recipient: `age1pq1${id}` });

/** The keys as they are after a step. */
function after(keys: readonly RecoveryKey[], step: RecoveryStep): readonly RecoveryKey[] {
  const changed = new Map([...keys, ...step.keys].map((each) => [each.id, each]));
  return [...changed.values()];
}

function enrolled(id = "k1"): readonly RecoveryKey[] {
  const keys = after([], proposeRecoveryKey([], fresh(id), by("ada"), PROOF));
  return after(keys, enrolRecoveryKey(keys, ada, by("ann"), PROOF));
}

test("a recovery key is active only once a second administrator has confirmed it, and both signatures are kept", () => {
  const step = proposeRecoveryKey([], fresh("k1"), by("ada"), PROOF);
  const keys = after([], step);
  assert.equal(activeRecoveryKey(keys), null);
  assert.equal(waitingAct(keys)?.act, "enrol");
  assert.throws(() => enrolRecoveryKey(keys, ada, by("ada"), PROOF), NOT_NOW);
  const confirmed = enrolRecoveryKey(keys, ada, by("ann"), PROOF);
  assert.equal(activeRecoveryKey(after(keys, confirmed))?.id, "k1");
  assert.deepEqual(
    [...step.events, ...confirmed.events].map(({ kind, detail }) => [kind, detail.signature]),
    [
      ["recovery-key-proposed", "s"],
      ["recovery-key-enrolled", "s"],
    ],
  );
});

test("a proposal of somebody who is no administrator any more, or was deactivated, counts for nothing", () => {
  const keys = after([], proposeRecoveryKey([], fresh("k1"), by("ada"), PROOF));
  for (const proposer of [
    null,
    administrator("ada", { roles: ["auditor"] }),
    administrator("ada", { state: "deactivated" }),
    administrator("other"),
  ]) {
    assert.throws(() => enrolRecoveryKey(keys, proposer, by("ann"), PROOF), NOT_NOW);
  }
});

test("replacing takes two as well: until the second, the key before it stays the one that is sealed to", () => {
  const before = enrolled();
  const keys = after(before, proposeRecoveryKey(before, fresh("k2"), by("ann"), PROOF));
  assert.equal(activeRecoveryKey(keys)?.id, "k1");
  assert.equal(waitingAct(keys)?.act, "replace");
  const now = after(keys, enrolRecoveryKey(keys, administrator("ann"), by("ada"), PROOF));
  assert.equal(activeRecoveryKey(now)?.id, "k2");
  assert.deepEqual(
    now.map(({ state }) => state),
    ["removed", "active"],
  );
});

test("removing takes two as well", () => {
  const before = enrolled();
  const keys = after(before, proposeRemoval(before, by("ada"), PROOF));
  assert.equal(activeRecoveryKey(keys)?.id, "k1");
  assert.throws(() => removeRecoveryKey(keys, ada, by("ada"), PROOF), NOT_NOW);
  assert.throws(() => enrolRecoveryKey(keys, ada, by("ann"), PROOF), NOT_NOW);
  const now = after(keys, removeRecoveryKey(keys, ada, by("ann"), PROOF));
  assert.equal(activeRecoveryKey(now), null);
  assert.deepEqual(now[0]?.removed, by("ann"));
});

test("one change waits at a time, what was withdrawn changes nothing, and a key is enrolled once", () => {
  const before = enrolled();
  const waiting = after(before, proposeRemoval(before, by("ada"), PROOF));
  assert.throws(() => proposeRecoveryKey(waiting, fresh("k2"), by("ann"), PROOF), NOT_NOW);
  assert.throws(() => proposeRemoval(waiting, by("ann"), PROOF), NOT_NOW);
  assert.deepEqual(after(waiting, withdrawRecoveryAct(waiting, by("ann"))), before);
  assert.throws(() => withdrawRecoveryAct(before, by("ann")), NOT_NOW);
  const again = { id: "k9", recipient: "age1pq1k1" };
  assert.throws(() => proposeRecoveryKey(before, again, by("ann"), PROOF), NOT_NOW);
  const gone = after(waiting, removeRecoveryKey(waiting, ada, by("ann"), PROOF));
  assert.throws(() => proposeRecoveryKey(gone, again, by("ann"), PROOF), NOT_NOW);
  assert.throws(() => proposeRemoval(gone, by("ann"), PROOF), NOT_NOW);
  const dropped = after(gone, proposeRecoveryKey(gone, fresh("k2"), by("ann"), PROOF));
  const withdrawn = after(dropped, withdrawRecoveryAct(dropped, by("ada")));
  assert.equal(
    proposeRecoveryKey(withdrawn, { id: "k3", recipient: "age1pq1k2" }, by("ann"), PROOF).keys[0]?.version,
    3,
  );
});
