import type { ApprovalRequest } from "../../../domain/approval.ts";
import type { Need } from "../../../domain/assessment.ts";
import { APPROVER_ROLES } from "../../../domain/facts.ts";
import type { Member } from "../../../domain/member.ts";
import type { Reader } from "../../../domain/records.ts";
import { ROLES } from "../../../domain/roles.ts";
import type { Approver } from "../../approvals/approvers.ts";
import { approversNow } from "../../approvals/ask-approvals.ts";
import { lostApprovals } from "../../approvals/counting.ts";
import { dueText } from "../../approvals/due-text.ts";
import { rolesToAsk } from "../../approvals/roles-to-ask.ts";
import type { SenderVisit } from "../../gate/row.ts";
import { whyHeld, whyWithheld } from "../../release-gate/why-held.ts";

/** What others have to agree to, as its sender sees it. */
export interface AgreementView {
  readonly requests: readonly RequestView[];
  /** What an approver asked and the sender has not answered. */
  readonly open: readonly QuestionView[];
  /** Why it is not released although everybody has agreed, or would not be if they did; empty otherwise. */
  readonly held: readonly Need[];
  /** Roles, in words, that agreed in advance or did not have to, and have to agree now before it can be released. */
  readonly toAsk: readonly string[];
}

export interface RequestView {
  readonly request: ApprovalRequest;
  readonly role: string;
  /** Who may answer now; empty once it is answered. */
  readonly approvers: readonly Approver[];
  readonly due: string;
  readonly overdue: boolean;
  readonly by: Member | null;
  /** Why an agreement that was given does not count now, to follow who gave it; empty otherwise. */
  readonly lost: string;
}

export interface QuestionView {
  readonly requestId: string;
  /** Where it stands among the questions of its request. */
  readonly index: number;
  readonly text: string;
  readonly by: Member | null;
  readonly askedAt: string;
}

/** Null for a transfer about which nobody was asked, or that has gone on. */
export async function agreementOf(visit: SenderVisit): Promise<AgreementView | null> {
  const { parts, transfer, member } = visit;
  const { reference, state, waybill } = transfer;
  if (!waybill || !["requested", "approved", "refused"].includes(state)) return null;
  const { read } = parts.records;
  const now = parts.clock.now();
  const ofThis = (await read.approvalsOf(reference)).filter(({ digest }) => digest === waybill.digest);
  const place = ({ role }: ApprovalRequest) => APPROVER_ROLES.indexOf(role);
  const shown = newestOfEach(ofThis.filter((each) => each.state !== "superseded")).toSorted(
    (a, b) => place(a) - place(b),
  );
  const lost =
    state === "approved" || state === "requested" ? await lostApprovals(read, shown, waybill.digest, member) : [];
  const requests = await Promise.all(
    shown.map(async (request) => ({
      request,
      lost: lost.includes(request) ? await whyLost(read, request) : "",
      role: ROLES[request.role],
      approvers: request.state === "waiting" ? await approversNow(read, request, member, now.toISOString()) : [],
      due: dueText(request.dueAt, now),
      overdue: Date.parse(request.dueAt) <= now.getTime(),
      by: request.decidedBy ? await read.member(request.decidedBy) : null,
    })),
  );
  const open = await Promise.all(shown.filter((each) => each.state === "waiting").map((each) => openOf(read, each)));
  const signed = { transfer, recipients: visit.recipients, sender: member };
  const held = state === "approved" ? await whyHeld(parts, signed) : await whyWithheld(parts, signed);
  return { requests, open: open.flat(), held, toAsk: rolesToAsk(held, lost).map((role) => ROLES[role]) };
}

/** Somebody who agreed to what was sent. */
export interface Agreed {
  readonly role: string;
  readonly at: string;
  readonly by: Member | null;
  readonly inPlaceOf: Member | null;
}

/** SDT-3, SIS-3: who agreed to a transfer as it went, which stays known; none before it has gone. */
export async function agreedTo({ parts, transfer }: SenderVisit): Promise<readonly Agreed[]> {
  const { reference, waybill, releasedAt } = transfer;
  if (!waybill || !releasedAt) return [];
  const { read } = parts.records;
  const given = (await read.approvalsOf(reference)).filter(
    ({ digest, state }) => digest === waybill.digest && state === "approved",
  );
  const place = ({ role }: ApprovalRequest) => APPROVER_ROLES.indexOf(role);
  return Promise.all(
    newestOfEach(given)
      .toSorted((a, b) => place(a) - place(b))
      .map(async ({ role, decidedAt, decidedBy, inPlaceOf }) => ({
        role: ROLES[role],
        at: decidedAt ?? "",
        by: decidedBy ? await read.member(decidedBy) : null,
        inPlaceOf: inPlaceOf ? await read.member(inPlaceOf) : null,
      })),
  );
}

/** Why an agreement that was given does not count now, to follow “who agreed, but”. */
export async function whyLost(read: Reader, { decidedBy, inPlaceOf }: ApprovalRequest): Promise<string> {
  const by = decidedBy ? await read.member(decidedBy) : null;
  if (by?.state !== "active") return "has left since";
  return inPlaceOf ? "stood in for somebody who does not hold that role any more" : "does not hold that role any more";
}

/** Of each role the request that was made last: one that lapsed may have been made again. */
function newestOfEach(requests: readonly ApprovalRequest[]): readonly ApprovalRequest[] {
  return requests.filter(({ role, askedAt }) => !requests.some((each) => each.role === role && each.askedAt > askedAt));
}

function openOf(read: Reader, { id, questions }: ApprovalRequest): Promise<readonly QuestionView[]> {
  const unanswered = questions.flatMap((each, index) => (each.answer === null ? [{ ...each, index }] : []));
  return Promise.all(
    unanswered.map(async ({ index, text, askedBy, askedAt }) => ({
      ...{ requestId: id, index, text, askedAt },
      by: await read.member(askedBy),
    })),
  );
}
