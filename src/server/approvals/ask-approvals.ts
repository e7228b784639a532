import { randomId } from "../../bytes/random.ts";
import type { ApprovalRequest } from "../../domain/approval.ts";
import { iso } from "../../domain/clock.ts";
import { DomainError } from "../../domain/error.ts";
import { APPROVER_ROLES, type ApproverRole } from "../../domain/facts.ts";
import { askApproval, supersedeApproval } from "../../domain/lifecycle/approval-arrows.ts";
import type { Taken } from "../../domain/lifecycle/step.ts";
import type { Member } from "../../domain/member.ts";
import type { Reader, Writer } from "../../domain/records.ts";
import { ROLES } from "../../domain/roles.ts";
import type { Transfer } from "../../domain/transfer.ts";
import type { Waybill } from "../../domain/waybill.ts";
import { afterWorkingHours, type WorkingTime } from "../../domain/working-time.ts";
import type { Place } from "../parts.ts";
import { approvalMail } from "./approval-mail.ts";
import { type Approver, approversOf } from "./approvers.ts";
import { whyNotThisManager } from "./one-role-each.ts";

/** The waybill that is to be agreed to, and within which time. */
interface Asking {
  readonly reference: string;
  readonly digest: string;
  readonly sender: Member;
  readonly place: Place;
  readonly answering: WorkingTime;
}

/**
 * Asks each role for its agreement to the waybill that was just signed, and tells everybody who may answer, in the same
 * transaction. @param roles of the needs `approval:…`
 * @throws DomainError `incomplete` when nobody holds a role.
 */
export async function askApprovals(
  tx: Writer,
  about: Asking,
  roles: readonly ApproverRole[],
  taken: Taken,
): Promise<void> {
  const { reference, digest, sender, place, answering } = about;
  const dueAt = iso(afterWorkingHours(new Date(taken.at), answering));
  const earlier = (await tx.approvalsOf(reference)).some(
    (each) => each.state === "superseded" && each.decidedAt && each.digest !== digest,
  );
  const asked = [...new Set(roles)].map((role) =>
    askApproval({ id: randomId(), reference, digest, role, dueAt }, taken),
  );
  for (const { request, event } of asked) {
    await tx.saveApproval(request);
    await tx.append(event);
  }
  for (const { request } of asked) {
    const approvers = await approversNow(tx, request, sender, taken.at);
    if (approvers.length === 0) throw nobody(request.role);
    for (const approver of approvers) {
      await tx.post(
        approvalMail(earlier ? "asked-again" : "asked", { request, approver, sender, place, at: taken.at }),
      );
    }
  }
}

/** Everybody who may answer this request at a moment; of two managers nobody is both (SIS-3). @param at ISO 8601 */
export async function approversNow(
  read: Reader,
  request: ApprovalRequest,
  sender: Member,
  at: string,
): Promise<readonly Approver[]> {
  const requests = await read.approvalsOf(request.reference);
  const found = await approversOf(read, request.role, sender, at);
  const free = await Promise.all(
    found.map(async ({ member }) => (await whyNotThisManager(read, request, member, sender, requests)) === null),
  );
  return found.filter((_, index) => free[index]);
}

/** A transfer was refused, taken back or has ended: what still waits for an answer needs none. */
export async function supersedeWaiting(tx: Writer, reference: string, taken: Taken): Promise<void> {
  for (const each of await tx.approvalsOf(reference)) {
    if (each.state !== "waiting") continue;
    const { request, event } = supersedeApproval(each, taken);
    await tx.saveApproval(request);
    await tx.append(event);
  }
}

/** What was asked or answered for a transfer counts no more. */
export async function supersedeAll(tx: Writer, reference: string, taken: Taken): Promise<void> {
  for (const each of await tx.approvalsOf(reference)) {
    if (!["waiting", "approved", "refused"].includes(each.state)) continue;
    const { request, event } = supersedeApproval(each, taken);
    await tx.saveApproval(request);
    await tx.append(event);
  }
}

/** SIS-3: what was given and does not count any more is asked for again, of whoever holds the role now. @throws as `askApprovals` */
export async function askLost(
  tx: Writer,
  about: Asking,
  lost: readonly ApprovalRequest[],
  taken: Taken,
): Promise<void> {
  for (const each of lost) {
    const { request, event } = supersedeApproval(each, taken);
    await tx.saveApproval(request);
    await tx.append(event);
  }
  const roles = lost.map(({ role }) => role);
  await askApprovals(tx, about, roles, taken);
}

/** The roles that a waybill names and that have not agreed to it. What was superseded or has lapsed answers for nobody. */
export function unansweredRoles(
  { text, digest }: NonNullable<Transfer["waybill"]>,
  requests: readonly ApprovalRequest[],
): readonly ApproverRole[] {
  const { needs } = JSON.parse(text) as Waybill; // our own text, fixed at signing
  const given = requests.filter((each) => each.digest === digest && each.state === "approved");
  return [...new Set(needs.map(roleOf))].filter((role) => !given.some((each) => each.role === role));
}

/** The role that a need such as `approval:line-manager` names. */
export function roleOf(need: string): ApproverRole {
  const role = APPROVER_ROLES.find((each) => need === `approval:${each}`);
  if (!role) throw new TypeError(`“${need}” names no role that approves.`);
  return role;
}

function nobody(role: ApproverRole): DomainError {
  const message =
    role === "line-manager"
      ? "Your line manager has to agree to this, and your record names none who is here and whom it is not for. Name a deputy for them, or ask an administrator to put it right under People. Nothing was sent, and what you added is kept."
      : `Somebody with the role “${ROLES[role]}” has to agree to this, and nobody has it who is neither you nor your line manager nor one of those whom it is for (SIS-3, SDT-3). Ask an administrator to put it right under People. Nothing was sent, and what you added is kept.`;
  return new DomainError({ code: "incomplete", message });
}
