import { APPROVER_ROLES, type ApproverRole, type Facts } from "../../domain/facts.ts";
import type { Reader } from "../../domain/records.ts";
import type { Holds } from "../../policy/reduce/approved.ts";
import { asApprover } from "../approvals/approvers.ts";
import { arrangedApprovals } from "./arrangements.ts";

/**
 * Which of the approvals and arrangements that somebody states would count: those whose giver may answer for that role towards that
 * sender now, by the members' records. A sender who is no member has nobody who could agree.
 * @param at ISO 8601
 */
export async function statedRoles(read: Reader, facts: Facts, at: string): Promise<Holds> {
  const sender = await read.memberByAddress(facts.sender.address);
  const held = new Set<string>();
  for (const { role, by } of [...(facts.approvals ?? []), ...arrangedApprovals(facts.arrangement ?? [])]) {
    const member = sender ? await read.memberByAddress(by) : null;
    if (sender && member && (await asApprover(read, member, role, sender, at))) held.add(keyOf(role, by));
  }
  return (role, by) => held.has(keyOf(role, by));
}

function keyOf(role: ApproverRole, by: string): string {
  return `${APPROVER_ROLES.indexOf(role)} ${by}`;
}
