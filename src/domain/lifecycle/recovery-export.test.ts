import assert from "node:assert/strict";
import { test } from "node:test";
import type { Member } from "../member.ts";
import type { RecoveryExport } from "../recovery-key.ts";
import type { Transfer } from "../transfer.ts";
import { agreeExport, askExport, isRecoverable, mayFetch, takeExport, withdrawExport } from "./recovery-export.ts";
import type { Proof } from "./step.ts";
import { expire, recall } from "./transfer-arrows.ts";

const PROOF: Proof = { statement: "{}", signature: "s", publicKey: "p", keyKind: "passkey" };
const NOT_NOW = { name: "DomainError", code: "not-now" };
const AT = "2026-11-21T10:00:00.000Z";

function administrator(id: string): Member {
  const nobody = { phone: "", lineManagerId: null, offer: null, createdAt: AT };
  return { id, address: `${id}@council.example`, name: id, roles: ["administrator"], state: "active", ...nobody };
}
const ada = administrator("ada");
const ann = administrator("ann");
const by = (member: Member, at = AT) => ({ member, at });

// What these arrows look at of a transfer.
const transfer = {
  reference: "WB-7F3K-Q2XV",
  state: "released",
  carriage: null,
  expiresAt: AT,
  senderGrant: "x",
  shownTo: [],
  waybill: { text: "{}", digest: "ab" },
  sealed: { bodyId: "b", bodySize: 1, manifest: "x", content: "cd", totals: { items: 1, bytes: 1 } },
  recovery: { key: "ef", grant: "Zw==" },
} as unknown as Transfer;

function asked(): RecoveryExport {
  return askExport(transfer, null, " A court asks for it ", by(ada), PROOF).export;
}

test("a package is fetched only once two administrators have signed for it, and by them alone", () => {
  const step = askExport(transfer, null, " A court asks for it ", by(ada), PROOF);
  assert.deepEqual(step.export, { ...asked(), reason: "A court asks for it", state: "asked", agreed: null });
  assert.throws(() => takeExport(transfer, step.export, by(ada)), NOT_NOW);
  assert.throws(() => agreeExport(transfer, step.export, ada, by(ada), PROOF), NOT_NOW);
  const agreed = agreeExport(transfer, step.export, ada, by(ann), PROOF).export;
  assert.throws(() => takeExport(transfer, agreed, by(administrator("third"))), NOT_NOW);
  for (const each of [ada, ann]) {
    const { event } = takeExport(transfer, agreed, by(each));
    assert.deepEqual([event.kind, event.reference], ["recovery-exported", transfer.reference]);
    assert.equal(event.detail.address, each.address);
  }
});

test("without a reason nothing is asked, and who asked has to be an administrator still when it is agreed to", () => {
  assert.throws(() => askExport(transfer, null, "  ", by(ada), PROOF), NOT_NOW);
  assert.throws(() => askExport(transfer, asked(), "Again", by(ann), PROOF), NOT_NOW);
  for (const asker of [null, { ...ada, roles: [] }, { ...ada, state: "deactivated" as const }, ann]) {
    assert.throws(() => agreeExport(transfer, asked(), asker, by(ann), PROOF), NOT_NOW);
  }
});

test("what was agreed is over a day later, and what was withdrawn at once", () => {
  const agreed = agreeExport(transfer, asked(), ada, by(ann), PROOF).export;
  const deed = (at: string) => ({ byMemberId: "ada", at });
  assert.ok(mayFetch(agreed, deed("2026-11-22T09:59:59.000Z")));
  assert.ok(!mayFetch(agreed, deed("2026-11-22T10:00:01.000Z")));
  const withdrawn = withdrawExport(agreed, by(ann)).export;
  assert.throws(() => takeExport(transfer, withdrawn, by(ada)), NOT_NOW);
  assert.throws(() => withdrawExport(withdrawn, by(ann)), NOT_NOW);
  assert.equal(askExport(transfer, withdrawn, "Once more", by(ann), PROOF).export.state, "asked");
});

test("OXM-21: with expiry and with taking back, the recovery key's access is destroyed like every other", () => {
  const taken = { at: AT, by: { kind: "system" } } as const;
  const agreed = agreeExport(transfer, asked(), ada, by(ann), PROOF).export;
  for (const { transfer: over } of [expire(transfer, [], taken), recall(transfer, [], taken)]) {
    assert.deepEqual(over.recovery, { key: "ef", grant: null });
    assert.ok(!isRecoverable(over));
    assert.throws(() => takeExport(over, agreed, by(ada)), NOT_NOW);
    assert.throws(() => askExport(over, null, "Too late", by(ada), PROOF), NOT_NOW);
  }
});

test("a draft, and what was sealed to no recovery key, cannot be asked for", () => {
  for (const changes of [{ waybill: null }, { sealed: null }, { recovery: null }]) {
    assert.throws(() => askExport({ ...transfer, ...changes }, null, "Why", by(ada), PROOF), NOT_NOW);
  }
});
