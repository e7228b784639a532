import type { Address } from "../../domain/address.ts";
import type { Approval, ApproverRole } from "../../domain/facts.ts";

/** Says whether an address holds a role now. */
export type Holds = (role: ApproverRole, by: string) => boolean;

/** Whose approval counts for nothing, whatever role they hold: the sender's, and that of those whom it is for (SDT-3). */
export interface Parties {
  readonly sender: Address;
  readonly recipients: readonly (Address | null)[];
}

/**
 * The roles that have validly approved: by somebody who holds the role and is neither the sender nor a recipient, and the two managers by
 * two people, each of whom counts in exactly one role.
 * SIS-3: one person in both manager roles counts as line manager only, and the senior manager is still needed: somebody else, or, once
 * somebody else approved as line manager, that person. So the order of approvals does not matter, and another one never takes a
 * verdict away. docs/adr/0007-two-managers-are-two-people.md
 */
export function approvedRoles(
  approvals: readonly Approval[],
  { sender, recipients }: Parties,
  holds: Holds,
): ReadonlySet<ApproverRole> {
  const valid = approvals.filter(({ role, by }) => by !== sender && !recipients.includes(by) && holds(role, by));
  const by = (role: ApproverRole) => new Set(valid.filter((each) => each.role === role).map((each) => each.by));
  const lines = by("line-manager");
  const seniors = by("senior-manager");
  const distinct = [...seniors].some((senior) => !lines.has(senior) || lines.size > 1);
  const roles = new Set(valid.map(({ role }) => role));
  if (!distinct) roles.delete("senior-manager");
  return roles;
}
