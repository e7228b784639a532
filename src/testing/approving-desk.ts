import assert from "node:assert/strict";
import { DAY, iso } from "../domain/clock.ts";
import type { ApproverRole } from "../domain/facts.ts";
import type { Member } from "../domain/member.ts";
import type { QueuedMessage } from "../domain/outbox.ts";
import type { TransferState } from "../domain/transfer.ts";
import { answerRequest, BULK, foundManaged, requestFor } from "./approver.ts";
import { addContact } from "./organisation.ts";
import { sampleEvent } from "./samples.ts";
import { startServer, type TestServer } from "./server.ts";
import { type SigningSender, signedTransfer } from "./signed-transfer.ts";

/** Whom everything is sent to, and their other address. */
export const CLARA = "clara@chambers.example";
export const RIGHT = "clara.counsel@chambers.example";

/** A council in which a line manager and a senior manager agree to what one of them sends. */
export interface ApprovingDesk {
  readonly server: TestServer;
  /** The sender's line manager. */
  readonly line: SigningSender;
  readonly senior: SigningSender;
  readonly sender: SigningSender;
  /** What both have to agree to, signed by the sender. @returns its reference */
  sent(): Promise<string>;
  stateOf(reference: string): Promise<TransferState | undefined>;
  /** The request that waits for a role. */
  idOf(reference: string, role: ApproverRole): Promise<string>;
  mailsAbout(reference: string, to: string): Promise<readonly QueuedMessage[]>;
  /** The one with that subject, as mails of the same moment have no order: subject and text. */
  mailAbout(reference: string, to: string, subject: RegExp): Promise<string>;
  /** Agrees; with a reason, refuses. */
  give(reference: string, who: SigningSender, role: ApproverRole, reason?: string): Promise<void>;
  /** Somebody stands in for another from now on, for so many days. */
  deputise(principalId: string, deputyId: string, appointedBy: string, days?: number): Promise<void>;
  /** Somebody's record is changed. */
  changeRecord(who: SigningSender, changes: Partial<Member>): Promise<void>;
  stop(): Promise<void>;
}

export async function openApprovingDesk(): Promise<ApprovingDesk> {
  const server = await startServer({ limits: { rateFactor: 100 } });
  const { line, senior, sender } = await foundManaged(server);
  await addContact(server, sender.member, "Clara Counsel", CLARA);
  await addContact(server, sender.member, "Clara Counsel", RIGHT);
  const idOf = (reference: string, role: ApproverRole) => requestFor(server, reference, role);
  const mailsAbout = async (reference: string, to: string) =>
    (await server.mail(to)).filter((each) => each.reference === reference);
  return {
    ...{ server, line, senior, sender, idOf, mailsAbout, stop: () => server.stop() },
    sent: async () => (await signedTransfer(sender, [CLARA], undefined, BULK)).reference,
    stateOf: async (reference) => (await server.records.read.transfer(reference))?.state,
    async mailAbout(reference, to, subject) {
      const found = (await mailsAbout(reference, to)).find((each) => subject.test(each.subject));
      assert.ok(found, `no mail ${subject} to ${to}`);
      return `${found.subject}\n${found.text}`;
    },
    async give(reference, who, role, reason = "") {
      const answer = reason === "" ? "approve" : "refuse";
      await answerRequest(server, who, await idOf(reference, role), answer, reason);
    },
    async deputise(principalId, deputyId, appointedBy, days = 2) {
      const from = iso(server.clock.now());
      const time = { from, until: iso(new Date(Date.parse(from) + days * DAY)), createdAt: from, endedAt: null };
      const id = `${principalId} ${deputyId} ${appointedBy}`;
      await server.records.write(async (tx) => {
        await tx.saveDeputy({ id, principalId, deputyId, appointedBy, ...time });
        await tx.append(sampleEvent({ kind: "deputy-named", at: from }));
      });
    },
    async changeRecord({ member }, changes) {
      await server.records.write(async (tx) => {
        await tx.saveMember({ ...member, ...changes });
        const detail = { memberId: member.id };
        await tx.append(sampleEvent({ kind: "member-changed", at: iso(server.clock.now()), detail }));
      });
    },
  };
}
