import type { Kysely } from "kysely";
import type { Reader } from "../domain/records.ts";
import {
  advice,
  agreement,
  agreementDocument,
  approval,
  arrangement,
  deputy,
  fixedWaybill,
  keptDocument,
  releasedAssessment,
} from "./agreeing-columns.ts";
import { fromRow } from "./columns.ts";
import type { RecordTables } from "./tables.ts";

type AgreeingReader = Pick<
  Reader,
  | "approval"
  | "approvalsOf"
  | "approvalsGivenBy"
  | "waitingApprovals"
  | "deputies"
  | "fixedWaybill"
  | "fixedWaybillsOf"
  | "releasedAssessment"
  | "latestFixedWaybills"
  | "policyText"
  | "arrangement"
  | "arrangementsOf"
  | "arrangements"
  | "agreement"
  | "agreementByReference"
  | "agreements"
  | "agreementDocuments"
  | "agreementDocument"
  | "advice"
  | "adviceOf"
  | "openAdvice"
  | "adviceToFollow"
>;

/** Who has to agree, who did, on what grounds, and who was asked for advice. */
export function readAgreeing(db: Kysely<RecordTables>): AgreeingReader {
  const approvals = db.selectFrom("approval").selectAll();
  const fixed = db.selectFrom("fixedWaybill").selectAll();
  const arranged = db.selectFrom("arrangement").selectAll();
  const agreed = db.selectFrom("agreement").selectAll();
  const asked = db.selectFrom("advice").selectAll();
  return {
    async approval(id) {
      const row = await approvals.where("id", "=", id).executeTakeFirst();
      return row === undefined ? null : fromRow("approval", approval, row);
    },
    async approvalsOf(reference) {
      const rows = await approvals.where("reference", "=", reference).orderBy("askedAt").orderBy("id").execute();
      return rows.map((row) => fromRow("approval", approval, row));
    },
    async approvalsGivenBy(memberId, limit) {
      const own = approvals.where("decidedBy", "=", memberId).where("state", "=", "approved");
      const newest = own.orderBy("decidedAt", "desc").orderBy("id", "desc");
      return (await newest.limit(limit).execute()).map((row) => fromRow("approval", approval, row));
    },
    async waitingApprovals(limit) {
      const rows = await approvals.where("state", "=", "waiting").orderBy("dueAt").orderBy("id").limit(limit).execute();
      return rows.map((row) => fromRow("approval", approval, row));
    },
    async deputies() {
      const present = db.selectFrom("deputy").selectAll().where("endedAt", "is", null);
      const rows = await present.orderBy("createdAt").orderBy("id").execute();
      return rows.map((row) => fromRow("deputy", deputy, row));
    },
    async fixedWaybill(digest) {
      const row = await fixed.where("digest", "=", digest).executeTakeFirst();
      return row === undefined ? null : fromRow("fixed_waybill", fixedWaybill, row);
    },
    async fixedWaybillsOf(reference) {
      const rows = await fixed.where("reference", "=", reference).orderBy("at").orderBy("digest").execute();
      return rows.map((row) => fromRow("fixed_waybill", fixedWaybill, row));
    },
    async releasedAssessment(digest) {
      const released = db.selectFrom("releasedAssessment").selectAll().where("digest", "=", digest);
      const row = await released.executeTakeFirst();
      return row === undefined ? null : fromRow("released_assessment", releasedAssessment, row);
    },
    async latestFixedWaybills(limit) {
      const rows = await fixed.orderBy("at", "desc").orderBy("digest", "desc").limit(limit).execute();
      return rows.map((row) => fromRow("fixed_waybill", fixedWaybill, row));
    },
    async policyText(digest) {
      const kept = db.selectFrom("policyText").select("text").where("digest", "=", digest);
      return (await kept.executeTakeFirst())?.text ?? null;
    },
    async arrangement(id) {
      const row = await arranged.where("id", "=", id).executeTakeFirst();
      return row === undefined ? null : fromRow("arrangement", arrangement, row);
    },
    async arrangementsOf(requesterId) {
      const own = arranged.where("requesterId", "=", requesterId);
      const rows = await own.orderBy("createdAt").orderBy("id").execute();
      return rows.map((row) => fromRow("arrangement", arrangement, row));
    },
    async arrangements(state) {
      const rows = await arranged.where("state", "=", state).orderBy("createdAt").orderBy("id").execute();
      return rows.map((row) => fromRow("arrangement", arrangement, row));
    },
    async agreement(id) {
      const row = await agreed.where("id", "=", id).executeTakeFirst();
      return row === undefined ? null : fromRow("agreement", agreement, row);
    },
    async agreementByReference(reference) {
      const row = await agreed.where("reference", "=", reference).executeTakeFirst();
      return row === undefined ? null : fromRow("agreement", agreement, row);
    },
    async agreements() {
      const rows = await agreed.orderBy("createdAt").orderBy("id").execute();
      return rows.map((row) => fromRow("agreement", agreement, row));
    },
    async agreementDocuments(agreementId) {
      const own = db.selectFrom("agreementDocument").where("agreementId", "=", agreementId);
      const known = own.select(["id", "agreementId", "title", "digest", "size", "addedAt", "addedBy", "removedAt"]);
      const rows = await known.orderBy("addedAt").orderBy("id").execute();
      return rows.map((row) => fromRow("agreement_document", agreementDocument, row));
    },
    async agreementDocument(id) {
      const row = await db.selectFrom("agreementDocument").selectAll().where("id", "=", id).executeTakeFirst();
      return row === undefined ? null : fromRow("agreement_document", keptDocument, row);
    },
    async advice(id) {
      const row = await asked.where("id", "=", id).executeTakeFirst();
      return row === undefined ? null : fromRow("advice", advice, row);
    },
    async adviceOf(reference) {
      const rows = await asked.where("reference", "=", reference).orderBy("askedAt").orderBy("id").execute();
      return rows.map((row) => fromRow("advice", advice, row));
    },
    async openAdvice() {
      const rows = await asked
        .where("answeredAt", "is", null)
        .where("supersededAt", "is", null)
        .orderBy("askedAt")
        .orderBy("id")
        .execute();
      return rows.map((row) => fromRow("advice", advice, row));
    },
    async adviceToFollow(memberId) {
      const rows = await asked
        .where("askedBy", "=", memberId)
        .where("impactAssessment", "=", "needed")
        .where("outcomeAt", "is", null)
        .orderBy("askedAt")
        .orderBy("id")
        .execute();
      return rows.map((row) => fromRow("advice", advice, row));
    },
  };
}
