import type { ApprovalRequest } from "../../../domain/approval.ts";
import { type ChangedLine, changedLines } from "../../../domain/changed-lines.ts";
import { type LineToAgree, linesToAgree } from "../../../domain/lines-to-agree.ts";
import type { Member } from "../../../domain/member.ts";
import type { RecordedAssessment } from "../../../domain/recorded-assessment.ts";
import type { Reader } from "../../../domain/records.ts";
import type { Waybill } from "../../../domain/waybill.ts";

/** The last answer to an earlier version of a transfer, and what is different now. */
export interface EarlierAnswer {
  readonly request: ApprovalRequest;
  readonly by: Member | null;
  readonly refused: boolean;
  readonly changed: readonly ChangedLine[];
}

/** Null when nobody has agreed to or refused an earlier version. @param requests of the transfer */
export async function earlierAnswer(
  read: Reader,
  asked: ApprovalRequest,
  requests: readonly ApprovalRequest[],
): Promise<EarlierAnswer | null> {
  const [last] = requests
    .filter(({ digest, state, decidedAt }) => digest !== asked.digest && state === "superseded" && decidedAt !== null)
    .toSorted((a, b) => orderOf(b).localeCompare(orderOf(a)));
  const [then, now] = last ? [await fixedLines(read, last.digest), await fixedLines(read, asked.digest)] : [];
  if (!last || !then || !now) return null;
  const by = last.decidedBy ? await read.member(last.decidedBy) : null;
  // Advice that was taken or carried out meanwhile is nothing that is asked of whoever agrees.
  const changed = changedLines(then.lines, now.lines).filter(
    ({ label, after }) => label !== "Advice" || after !== null,
  );
  return { request: last, by, refused: last.reason !== "", changed };
}

/** By when; a refusal is the last answer that a version gets. */
function orderOf({ decidedAt, reason }: ApprovalRequest): string {
  return `${decidedAt} ${reason === "" ? "agreed" : "refused"}`;
}

/** A waybill as it was fixed, with its lines; null when there is none with that digest. */
export async function fixedLines(read: Reader, digest: string) {
  const fixed = await read.fixedWaybill(digest);
  if (!fixed) return null;
  const waybill = JSON.parse(fixed.text) as Waybill; // our own texts, fixed at signing
  const recorded = JSON.parse(fixed.assessment) as RecordedAssessment;
  const lines: readonly LineToAgree[] = linesToAgree(waybill, recorded);
  return { fixed, waybill, recorded, lines };
}
