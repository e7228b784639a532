import assert from "node:assert/strict";
import { suite, test } from "node:test";
import type { AdviceRequest } from "../../src/domain/advice.ts";
import type { ApprovalRequest, Deputy, FixedWaybill } from "../../src/domain/approval.ts";
import type { Records, Writer } from "../../src/domain/records.ts";
import type { KeptDocument, SharingAgreement } from "../../src/domain/sharing-agreement.ts";
import type { StandingArrangement } from "../../src/domain/standing-arrangement.ts";
import * as sample from "../../src/testing/samples.ts";
import { ofCode } from "./refusal.ts";

const AT = sample.AT;
const proof = {
  statement: "{}",
  signature: "c2ln",
  publicKey: "a2V5",
  keyKind: "passkey",
  clientDataJSON: "e30",
} as const;

const approval: ApprovalRequest = {
  ...{ id: "request", reference: "WB-0000-0000", digest: "ab".repeat(32), role: "line-manager", state: "approved" },
  ...{ askedAt: AT, dueAt: "2026-11-22T10:00:00.000Z", remindedAt: null, escalatedAt: AT, reason: "" },
  questions: [{ text: "Why all?", askedBy: "amina", askedAt: AT, answer: "The court asked", answeredAt: AT }],
  ...{ decidedBy: "amina", inPlaceOf: null, decidedAt: AT, proof },
};
const deputy: Deputy = {
  ...{ id: "deputy", principalId: "amina", deputyId: "bola", from: AT, until: "2026-12-01T00:00:00.000Z" },
  ...{ appointedBy: "amina", createdAt: AT, endedAt: null },
};
const fixed: FixedWaybill = { digest: "ab", reference: "WB-0000-0000", text: "{}", assessment: "{}", at: AT };
const arrangement: StandingArrangement = {
  ...{
    id: "arrangement",
    role: "senior-manager",
    requesterId: "amina",
    purpose: "Weekly",
    recipients: ["a@b.example"],
  },
  ...{ classification: "confidential", people: 5000, bytes: 5_000_000_000, method: "post", ends: "2027-01-31" },
  ...{ state: "agreed", createdAt: AT, remindedAt: AT, decidedBy: "bola", decidedAt: AT, reason: "", proof },
};
const agreement: SharingAgreement = {
  ...{ id: "agreement", reference: "DSA-1", organisation: "Chambers", methods: ["post", "secure-link"] },
  ...{ expires: "2027-03-31", documents: "File 1", createdAt: AT, createdBy: "amina", endedAt: null, remindedAt: AT },
};
const document: KeptDocument = {
  ...{ id: "document", agreementId: "agreement", title: "Signed", digest: "ab", size: 5, content: "JVBERi0=" },
  ...{ addedAt: AT, addedBy: "amina", removedAt: null },
};
const advice: AdviceRequest = {
  ...{ id: "advice", reference: "WB-0000-0000", adviser: "privacy-team", question: "May I?", askedBy: "amina" },
  ...{
    basis: "ab",
    shown: [{ key: "What for", value: "A hearing" }],
    askedAt: AT,
    answer: "Yes",
    verdict: "may-go",
    impactAssessment: "not-needed",
    answeredBy: "bola",
    answeredAt: AT,
  },
  ...{ outcome: null, outcomeAt: null, supersededAt: null },
};

/** What every store of records must do with what others agree to, advise or arrange. */
export function agreeingContract(name: string, open: () => Promise<Records>): void {
  const stored = (title: string, act: (records: Records) => Promise<void>) =>
    test(title, async () => {
      const records = await open();
      try {
        await records.write(async (tx) => {
          for (const id of ["amina", "bola"]) await tx.saveMember(sample.sampleMember({ id }));
          await tx.saveTransfer(sample.sampleTransfer());
          await tx.append(sample.sampleEvent());
        });
        await act(records);
      } finally {
        await records.close();
      }
    });
  const write = (records: Records, act: (tx: Writer) => Promise<void>) =>
    records.write(async (tx) => {
      await act(tx);
      await tx.append(sample.sampleEvent());
    });

  suite(`What others agree to: ${name}`, () => {
    stored("everything comes back as it was saved, and saving it again replaces it", async (records) => {
      const { read } = records;
      await write(records, async (tx) => {
        await tx.saveApproval(approval);
        await tx.saveDeputy(deputy);
        await tx.saveFixedWaybill(fixed);
        for (const text of ["{}", "another"]) await tx.keepPolicyText("sha256:ab", text);
        await tx.saveArrangement(arrangement);
        await tx.saveAgreement(agreement);
        await tx.saveAgreementDocument(document);
        await tx.saveAdvice(advice);
      });
      assert.deepEqual(await read.approval("request"), approval);
      assert.deepEqual(await read.approvalsOf("WB-0000-0000"), [approval]);
      assert.deepEqual(await read.deputies(), [deputy]);
      assert.deepEqual(await read.fixedWaybill("ab"), fixed);
      assert.deepEqual([await read.policyText("sha256:ab"), await read.policyText("sha256:cd")], ["{}", null]);
      assert.deepEqual(await read.fixedWaybillsOf("WB-0000-0000"), [fixed]);
      assert.deepEqual(await read.arrangement("arrangement"), arrangement);
      assert.deepEqual(await read.arrangementsOf("amina"), [arrangement]);
      assert.deepEqual(await read.arrangements("agreed"), [arrangement]);
      assert.deepEqual(await read.agreement("agreement"), agreement);
      assert.deepEqual(await read.agreementByReference("DSA-1"), agreement);
      assert.deepEqual(await read.agreements(), [agreement]);
      const { content: _, ...known } = document;
      assert.deepEqual(await read.agreementDocuments("agreement"), [known]);
      assert.deepEqual(await read.agreementDocuments("other"), []);
      assert.deepEqual(await read.agreementDocument("document"), document);
      assert.equal(await read.agreementDocument("none"), null);
      assert.deepEqual(await read.advice("advice"), advice);
      assert.deepEqual(await read.adviceOf("WB-0000-0000"), [advice]);
      const superseded = { ...approval, state: "superseded", questions: [], proof: null } as const;
      await write(records, (tx) => tx.saveApproval(superseded));
      assert.deepEqual(await read.approvalsOf("WB-0000-0000"), [superseded]);
    });

    stored("lists hold what their name says, in their order, and nothing of anybody else", async (records) => {
      const { read } = records;
      const waiting = (id: string, dueAt: string) => ({ ...approval, id, dueAt, state: "waiting" }) as const;
      await write(records, async (tx) => {
        await tx.saveApproval(waiting("late", "2026-11-25T10:00:00.000Z"));
        await tx.saveApproval(waiting("soon", "2026-11-22T10:00:00.000Z"));
        await tx.saveApproval(approval);
        const answered = (id: string, day: number) => ({ ...approval, id, decidedAt: `2026-11-0${day}T10:00:00.000Z` });
        await tx.saveApproval({ ...answered("first", 1), state: "approved", decidedBy: "bola" });
        await tx.saveApproval({ ...answered("second", 2), state: "approved", decidedBy: "bola" });
        await tx.saveApproval({ ...answered("refused", 3), state: "refused", decidedBy: "bola" });
        await tx.saveApproval({ ...answered("changed", 4), state: "superseded", decidedBy: "bola" });
        await tx.saveApproval({ ...answered("another's", 5), state: "approved", decidedBy: "amina" });
        await tx.saveDeputy({ ...deputy, endedAt: AT });
        await tx.saveArrangement({ ...arrangement, state: "asked" });
        await tx.saveAdvice({ ...advice, answer: null, answeredAt: null, answeredBy: null, impactAssessment: null });
        await tx.saveAdvice({ ...advice, id: "answered" });
        await tx.saveAdvice({ ...advice, id: "closed", answeredAt: null, supersededAt: AT });
        const needed = { ...advice, impactAssessment: "needed" } as const;
        await tx.saveAdvice({ ...needed, id: "needed" });
        await tx.saveAdvice({ ...needed, id: "another's", askedBy: "bola" });
        await tx.saveAdvice({ ...needed, id: "followed", outcome: "We made one", outcomeAt: AT });
      });
      const ids = (rows: readonly { readonly id: string }[]) => rows.map(({ id }) => id);
      assert.deepEqual(ids(await read.waitingApprovals(10)), ["soon", "late"]);
      assert.deepEqual(ids(await read.waitingApprovals(1)), ["soon"]);
      assert.deepEqual(ids(await read.approvalsGivenBy("bola", 10)), ["second", "first"]);
      assert.deepEqual(ids(await read.approvalsGivenBy("bola", 1)), ["second"]);
      assert.deepEqual(await read.deputies(), []);
      assert.deepEqual(ids(await read.arrangements("asked")), ["arrangement"]);
      assert.deepEqual(await read.arrangements("agreed"), []);
      assert.deepEqual(await read.arrangementsOf("bola"), []);
      assert.deepEqual(ids(await read.openAdvice()), ["advice"]);
      assert.deepEqual(ids(await read.adviceToFollow("amina")), ["needed"]);
      assert.equal((await read.advice("followed"))?.outcome, "We made one");
      assert.deepEqual(await read.approvalsOf("WB-1111-1111"), []);
      assert.equal(await read.agreementByReference("DSA-2"), null);
    });

    stored("a waybill that was fixed never changes; an agreement's reference stands once", async (records) => {
      await write(records, (tx) => tx.saveFixedWaybill(fixed));
      await write(records, (tx) => tx.saveFixedWaybill({ ...fixed, text: "another" }));
      assert.equal((await records.read.fixedWaybill("ab"))?.text, "{}");
      const released = { digest: "ab", reference: "WB-0000-0000", text: "{}", at: fixed.at };
      assert.equal(await records.read.releasedAssessment("ab"), null);
      for (const text of ["{}", "another"])
        await write(records, (tx) => tx.saveReleasedAssessment({ ...released, text }));
      assert.deepEqual(await records.read.releasedAssessment("ab"), released);
      const ofNone = write(records, (tx) =>
        tx.saveReleasedAssessment({ ...released, digest: "cd", reference: "WB-9" }),
      );
      await assert.rejects(ofNone, ofCode("dangling"));
      await write(records, (tx) => tx.saveAgreement(agreement));
      const twice = write(records, (tx) => tx.saveAgreement({ ...agreement, id: "second" }));
      await assert.rejects(twice, ofCode("conflict"));
      const nobody = write(records, (tx) => tx.saveDeputy({ ...deputy, deputyId: "nobody" }));
      await assert.rejects(nobody, ofCode("dangling"));
      const nothing = write(records, (tx) => tx.saveApproval({ ...approval, reference: "WB-9999-9999" }));
      await assert.rejects(nothing, ofCode("dangling"));
    });
  });
}
