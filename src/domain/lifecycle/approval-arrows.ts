import type { ApprovalRequest } from "../approval.ts";
import type { NewEvent } from "../event.ts";
import type { ApproverRole } from "../facts.ts";
import { happened, type Proof, refuseUnless, type Taken } from "./step.ts";

/** What one arrow of a request for approval changes, to be saved in one transaction with its event. */
export interface ApprovalStep {
  readonly request: ApprovalRequest;
  readonly event: NewEvent;
}

/** nothing → waiting. `dueAt` is ISO 8601. */
export function askApproval(
  about: {
    readonly id: string;
    readonly reference: string;
    readonly digest: string;
    readonly role: ApproverRole;
    readonly dueAt: string;
  },
  taken: Taken,
): ApprovalStep {
  const request: ApprovalRequest = {
    ...about,
    state: "waiting",
    askedAt: taken.at,
    remindedAt: null,
    escalatedAt: null,
    questions: [],
    decidedBy: null,
    inPlaceOf: null,
    decidedAt: null,
    reason: "",
    proof: null,
  };
  return step(request, "approval-asked", taken);
}

/** Who answers: the member, and whom they stand in for where they are a deputy. */
export interface Decider {
  readonly memberId: string;
  readonly inPlaceOf: string | null;
}

/** waiting → approved. The caller has checked the signature of the `approve` statement over this waybill, and who holds the role. */
export function giveApproval(request: ApprovalRequest, by: Decider, proof: Proof, taken: Taken): ApprovalStep {
  return decided(request, "approved", by, "", proof, taken);
}

/** waiting → refused, with a reason. */
export function refuseApproval(
  request: ApprovalRequest,
  by: Decider,
  reason: string,
  proof: Proof,
  taken: Taken,
): ApprovalStep {
  refuseUnless(reason.trim() !== "", "Say why it is refused.");
  return decided(request, "refused", by, reason.trim(), proof, taken);
}

function decided(
  request: ApprovalRequest,
  state: "approved" | "refused",
  { memberId, inPlaceOf }: Decider,
  reason: string,
  proof: Proof,
  taken: Taken,
): ApprovalStep {
  waiting(request);
  const after = { ...request, state, decidedBy: memberId, inPlaceOf, decidedAt: taken.at, reason, proof };
  return step(after, state === "approved" ? "approval-given" : "approval-refused", taken, {
    inPlaceOf,
    reason,
    ...proof,
  });
}

/** waiting, approved or refused → superseded: the transfer was changed or ended, so the answer counts no more. */
export function supersedeApproval(request: ApprovalRequest, taken: Taken): ApprovalStep {
  refuseUnless(["waiting", "approved", "refused"].includes(request.state), "This request has ended.");
  return step({ ...request, state: "superseded" }, "approval-superseded", taken, { was: request.state });
}

/** waiting → lapsed: nobody answered in time. */
export function lapseApproval(request: ApprovalRequest, taken: Taken): ApprovalStep {
  waiting(request);
  return step({ ...request, state: "lapsed" }, "approval-lapsed", taken);
}

/** The approvers are reminded, once. */
export function remindApprovers(request: ApprovalRequest, taken: Taken): ApprovalStep {
  waiting(request);
  refuseUnless(request.remindedAt === null, "They were reminded already.");
  return step({ ...request, remindedAt: taken.at }, "approval-reminded", taken);
}

/** The deputies are asked too, once. */
export function escalateApproval(request: ApprovalRequest, taken: Taken): ApprovalStep {
  waiting(request);
  refuseUnless(request.escalatedAt === null, "The deputies were asked already.");
  return step({ ...request, escalatedAt: taken.at }, "approval-escalated", taken);
}

/** An approver asks something on the record; the request goes on waiting. */
export function askQuestion(request: ApprovalRequest, memberId: string, text: string, taken: Taken): ApprovalStep {
  waiting(request);
  const asked = text.trim();
  refuseUnless(asked !== "", "Write the question.");
  const question = { text: asked, askedBy: memberId, askedAt: taken.at, answer: null, answeredAt: null };
  return step({ ...request, questions: [...request.questions, question] }, "question-asked", taken, { text: asked });
}

/** The sender answers the question at `index`. */
export function answerQuestion(request: ApprovalRequest, index: number, text: string, taken: Taken): ApprovalStep {
  waiting(request);
  const answer = text.trim();
  refuseUnless(answer !== "", "Write the answer.");
  const open = request.questions[index];
  refuseUnless(open !== undefined && open.answer === null, "That question was answered already.");
  const questions = request.questions.map((each, at) =>
    at === index ? { ...each, answer, answeredAt: taken.at } : each,
  );
  return step({ ...request, questions }, "question-answered", taken, { text: answer });
}

function waiting(request: ApprovalRequest): void {
  refuseUnless(request.state === "waiting", "This request was answered, or the transfer was changed meanwhile.");
}

function step(
  request: ApprovalRequest,
  kind: NewEvent["kind"],
  taken: Taken,
  detail: NewEvent["detail"] = {},
): ApprovalStep {
  const about = { request: request.id, role: request.role, waybill: request.digest };
  return { request, event: happened(kind, taken, request.reference, null, { ...detail, ...about }) };
}
