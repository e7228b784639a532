import type { Approval, ApproverRole } from "../../domain/facts.ts";

/** Says whether an address holds a role now. */
export type Holds = (role: ApproverRole, by: string) => boolean;

/**
 * The roles that have validly approved: by someone who holds the role and is not the sender, the two managers by two people.
 * SIS-3: one person in both manager roles counts as line manager only; a senior manager counts once somebody else can be the
 * line manager, or did not approve as such. So another approval never takes one away.
 */
export function approvedRoles(approvals: readonly Approval[], sender: string, holds: Holds): ReadonlySet<ApproverRole> {
  const valid = approvals.filter(({ role, by }) => by !== sender && holds(role, by));
  const by = (role: ApproverRole) => new Set(valid.filter((each) => each.role === role).map((each) => each.by));
  const lines = by("line-manager");
  const seniors = by("senior-manager");
  const distinct = [...seniors].some((senior) => !lines.has(senior) || lines.size > 1);
  const roles = new Set(valid.map(({ role }) => role));
  if (!distinct) roles.delete("senior-manager");
  return roles;
}
