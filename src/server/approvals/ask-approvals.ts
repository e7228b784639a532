import { randomId } from "../../bytes/random.ts";
import { ANSWER_DAYS } from "../../domain/approval.ts";
import { DAY, iso } from "../../domain/clock.ts";
import { DomainError } from "../../domain/error.ts";
import { APPROVER_ROLES, type ApproverRole } from "../../domain/facts.ts";
import { askApproval, supersedeApproval } from "../../domain/lifecycle/approval-arrows.ts";
import type { Taken } from "../../domain/lifecycle/step.ts";
import type { Member } from "../../domain/member.ts";
import type { Writer } from "../../domain/records.ts";
import { ROLES } from "../../domain/roles.ts";
import type { Place } from "../parts.ts";
import { approvalMail } from "./approval-mail.ts";
import { approversOf } from "./approvers.ts";

/**
 * Asks each role for its agreement to the waybill that was just signed, and tells everybody who may answer, in the same
 * transaction. @param roles of the needs `approval:…`
 * @throws DomainError `incomplete` when nobody holds a role.
 */
export async function askApprovals(
  tx: Writer,
  about: { readonly reference: string; readonly digest: string; readonly sender: Member; readonly place: Place },
  roles: readonly ApproverRole[],
  taken: Taken,
): Promise<void> {
  const { reference, digest, sender, place } = about;
  const dueAt = iso(new Date(Date.parse(taken.at) + ANSWER_DAYS * DAY));
  for (const role of roles) {
    const approvers = await approversOf(tx, role, sender, taken.at);
    if (approvers.length === 0) throw nobody(role);
    const { request, event } = askApproval({ id: randomId(), reference, digest, role, dueAt }, taken);
    await tx.saveApproval(request);
    await tx.append(event);
    for (const approver of approvers) {
      await tx.post(approvalMail("asked", { request, approver, sender, place, at: taken.at }));
    }
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

/** The role that a need such as `approval:line-manager` names. */
export function roleOf(need: string): ApproverRole {
  const role = APPROVER_ROLES.find((each) => need === `approval:${each}`);
  if (!role) throw new TypeError(`“${need}” names no role that approves.`);
  return role;
}

function nobody(role: ApproverRole): DomainError {
  const message =
    role === "line-manager"
      ? "Your line manager has to agree to this, and your record names none who is here. Ask an administrator to put it right under People. Nothing was sent, and what you added is kept."
      : `Somebody with the role “${ROLES[role]}” has to agree to this, and nobody but you has it. Ask an administrator to put it right under People. Nothing was sent, and what you added is kept.`;
  return new DomainError({ code: "incomplete", message });
}
