import type { ApproverRole } from "./facts.ts";
import type { Proof } from "./lifecycle/step.ts";

/** Days, of all kinds, after which a request that nobody answered lapses. */
export const LAPSE_DAYS = 7;
/** The longest time for which somebody is named to answer in another's place, days. */
export const LONGEST_DEPUTY_DAYS = 90;

export type ApprovalState =
  | "waiting"
  | "approved"
  | "refused"
  | "superseded" // the transfer was changed, taken back or ended before or after the answer
  | "lapsed"; // nobody answered in time

/** What an approver asks the sender on the record, and the sender's answer. */
export interface Question {
  readonly text: string;
  readonly askedBy: string;
  readonly askedAt: string;
  readonly answer: string | null;
  readonly answeredAt: string | null;
}

/** One role's agreement to one waybill (SDT-3, SIS-3, SIS-18): asked for when the sender signs, answered by a passkey signature. */
export interface ApprovalRequest {
  readonly id: string;
  readonly reference: string;
  /** The waybill that is agreed to: an answer counts for no other. */
  readonly digest: string;
  readonly role: ApproverRole;
  readonly state: ApprovalState;
  readonly askedAt: string;
  /** When an answer is due; after it the approvers are reminded, then deputies are asked. */
  readonly dueAt: string;
  readonly remindedAt: string | null;
  readonly escalatedAt: string | null;
  readonly questions: readonly Question[];
  /** The member who answered, and in whose place where a deputy did. */
  readonly decidedBy: string | null;
  readonly inPlaceOf: string | null;
  readonly decidedAt: string | null;
  /** Why it was refused; empty when it was approved. */
  readonly reason: string;
  /** The signed statement of the answer. */
  readonly proof: Proof | null;
}

/** Somebody who answers in another's place while they are away: named in advance, for a time, on the record. */
export interface Deputy {
  readonly id: string;
  readonly principalId: string;
  readonly deputyId: string;
  readonly from: string;
  readonly until: string;
  /** Who named them: the principal or an administrator. */
  readonly appointedBy: string;
  readonly createdAt: string;
  readonly endedAt: string | null;
}

/** A waybill as it was fixed when its sender signed it, with the assessment that it commits to. Kept: what was agreed to stays known. */
export interface FixedWaybill {
  /** SHA-256 of `text`, hexadecimal. */
  readonly digest: string;
  readonly reference: string;
  readonly text: string;
  /** Canonical JSON of the recorded assessment, whose digest the waybill holds. */
  readonly assessment: string;
  readonly at: string;
}

/** What policy answered when a waybill was released, on the facts then; the event of the release holds its digest. */
export interface ReleasedAssessment {
  /** Of the waybill. */
  readonly digest: string;
  readonly reference: string;
  /** Canonical JSON of a recorded assessment. */
  readonly text: string;
  readonly at: string;
}
