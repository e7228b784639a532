import type { Insertable, Transaction } from "kysely";
import { randomId } from "../bytes/random.ts";
import type { StoredEvent } from "../domain/event.ts";
import type { QueuedMessage } from "../domain/outbox.ts";
import type { Reader, Writer } from "../domain/records.ts";
import {
  advice,
  agreement,
  approval,
  arrangement,
  deputy,
  fixedWaybill,
  keptDocument,
  releasedAssessment,
} from "./agreeing-columns.ts";
import { enterExpected } from "./carried-expected.ts";
import { toRow } from "./columns.ts";
import { event, message } from "./event-columns.ts";
import { incident } from "./incident-columns.ts";
import { enterEvent } from "./log-entries.ts";
import { controlReview } from "./oversight-columns.ts";
import { contact, credential, keyWrap, member, organisation, publicKey } from "./people-columns.ts";
import {
  enterApprover,
  enterAsked,
  enterDecision,
  enterRecipient,
  enterRelease,
  enterTransfer,
  leaveRecipient,
} from "./record-terms.ts";
import { recoveryExport, recoveryKey } from "./recovery-columns.ts";
import { faxMachine, incomingPost, keptFaxReport, medium } from "./register-columns.ts";
import type { RecordTables } from "./tables.ts";
import { recipient, transfer } from "./transfer-columns.ts";
import { writeGovernance } from "./write-governance.ts";

type Tx = Transaction<RecordTables>;

/** Writes of one transaction. `appended` is called for each event. */
export function createWriter(tx: Tx, read: Reader, appended: () => void): Writer {
  return {
    ...read,
    ...writeGovernance(tx),
    async append(happened) {
      const seq = await nextSeq(tx);
      const stored: StoredEvent = { ...happened, seq, salt: randomId() };
      await tx.insertInto("event").values(toRow(event, stored)).execute();
      await enterEvent(tx, stored);
      await enterRelease(tx, stored);
      await enterAsked(tx, stored);
      appended();
      return stored;
    },
    saveOrganisation: (noun) => save(tx, "organisation", "id", { ...toRow(organisation, noun), id: 1 }),
    saveMember: (noun) => save(tx, "member", "id", toRow(member, noun)),
    saveCredential: (noun) => save(tx, "credential", "id", toRow(credential, noun)),
    saveKey: (noun) => save(tx, "publicKey", "id", toRow(publicKey, noun)),
    saveWrap: (noun) => save(tx, "keyWrap", "id", toRow(keyWrap, noun)),
    async removeWrap(id) {
      await tx.deleteFrom("keyWrap").where("id", "=", id).execute();
    },
    async saveContact(noun) {
      await save(tx, "contact", "id", toRow(contact, noun));
      await tx.deleteFrom("contactAddress").where("contactId", "=", noun.id).execute();
      for (const { address } of noun.addresses) {
        await tx.insertInto("contactAddress").values({ address, contactId: noun.id }).execute();
      }
    },
    async saveTransfer(noun) {
      await enterTransfer(tx, noun);
      await save(tx, "transfer", "reference", toRow(transfer, noun));
      await enterExpected(tx, noun);
    },
    async saveRecipient(noun) {
      await enterRecipient(tx, noun);
      await save(tx, "recipient", "id", {
        ...toRow(recipient, noun),
        memberId: noun.party.kind === "member" ? noun.party.memberId : null,
        contactId: noun.party.kind === "contact" ? noun.party.contactId : null,
      });
    },
    async removeRecipient(id) {
      await leaveRecipient(tx, id);
      await tx.deleteFrom("recipient").where("id", "=", id).execute();
    },
    async saveApproval(noun) {
      await enterApprover(tx, noun);
      await save(tx, "approval", "id", toRow(approval, noun));
    },
    saveDeputy: (noun) => save(tx, "deputy", "id", toRow(deputy, noun)),
    async saveFixedWaybill(noun) {
      const added = await tx
        .insertInto("fixedWaybill")
        .values(toRow(fixedWaybill, noun))
        .onConflict((conflict) => conflict.column("digest").doNothing())
        .executeTakeFirst();
      if (added.numInsertedOrUpdatedRows === 1n) await enterDecision(tx, noun);
    },
    async saveReleasedAssessment(noun) {
      const added = tx.insertInto("releasedAssessment").values(toRow(releasedAssessment, noun));
      await added.onConflict((conflict) => conflict.column("digest").doNothing()).execute();
    },
    async keepPolicyText(digest, text) {
      const added = tx.insertInto("policyText").values({ digest, text });
      await added.onConflict((conflict) => conflict.column("digest").doNothing()).execute();
    },
    saveArrangement: (noun) => save(tx, "arrangement", "id", toRow(arrangement, noun)),
    saveAgreementDocument: (noun) => save(tx, "agreementDocument", "id", toRow(keptDocument, noun)),
    saveAgreement: (noun) => save(tx, "agreement", "id", toRow(agreement, noun)),
    saveControlReview: (noun) => save(tx, "controlReview", "id", toRow(controlReview, noun)),
    saveAdvice: (noun) => save(tx, "advice", "id", toRow(advice, noun)),
    saveRecoveryKey: (noun) => save(tx, "recoveryKey", "id", toRow(recoveryKey, noun)),
    saveRecoveryExport: (noun) =>
      save(tx, "recoveryExport", "reference", { ...toRow(recoveryExport, noun), askedAt: noun.asked.at }),
    saveMedium: (noun) => save(tx, "medium", "id", toRow(medium, noun)),
    saveFaxMachine: (noun) => save(tx, "faxMachine", "id", toRow(faxMachine, noun)),
    saveIncomingPost: (noun) => save(tx, "incomingPost", "id", toRow(incomingPost, noun)),
    removeIncomingPost: async (id) => void (await tx.deleteFrom("incomingPost").where("id", "=", id).execute()),
    saveFaxReport: (noun) => save(tx, "faxReport", "reference", toRow(keptFaxReport, noun)),
    async saveIncident(noun) {
      await save(tx, "incident", "id", toRow(incident, noun));
      await tx.deleteFrom("incidentTransfer").where("incidentId", "=", noun.id).execute();
      for (const { reference } of noun.transfers) {
        await tx.insertInto("incidentTransfer").values({ incidentId: noun.id, reference }).execute();
      }
      await tx.deleteFrom("incidentReport").where("incidentId", "=", noun.id).execute();
      for (const number of new Set(noun.reports.map((each) => each.number))) {
        await tx.insertInto("incidentReport").values({ incidentId: noun.id, number }).execute();
      }
    },
    async post(posted) {
      const queued: QueuedMessage = { ...posted, state: "waiting", attempts: 0, lastError: null };
      await tx
        .insertInto("outbox")
        .values({ ...toRow(message, queued), dueAt: posted.createdAt })
        .execute();
    },
  };
}

async function nextSeq(tx: Tx): Promise<number> {
  // The update locks the row on PostgreSQL too: numbers follow the order of commits and have no gaps.
  const next = await tx
    .insertInto("nextEvent")
    .values({ id: 1, seq: 2 })
    .onConflict((conflict) => conflict.column("id").doUpdateSet((row) => ({ seq: row("nextEvent.seq", "+", 1) })))
    .returning("seq")
    .executeTakeFirstOrThrow();
  return next.seq - 1;
}

async function save<T extends keyof RecordTables>(
  tx: Tx,
  table: T,
  key: string & keyof RecordTables[T],
  row: Insertable<RecordTables[T]>,
): Promise<void> {
  await tx
    .insertInto(table)
    .values(row)
    .onConflict((conflict) => conflict.column(key as never).doUpdateSet(row as never)) // Kysely cannot follow T here
    .execute();
}
