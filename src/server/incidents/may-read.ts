import type { Incident } from "../../domain/incident.ts";
import type { Member, Role } from "../../domain/member.ts";
import type { ContactName } from "../../policy/configuration/settings.ts";

/** Members with these roles answer for a configured contact, beside whoever has its address. */
export const CONTACT_ROLES: Readonly<Record<ContactName, Role | null>> = {
  "privacy-team": "privacy-team",
  "information-compliance": "privacy-team",
  "security-team": "operational-security",
  "operational-security": "operational-security",
  "service-desk": null,
};

/**
 * What a member may see of an incident. `whole`: administrators, auditors, its owner, and whom it went to. `limited`: who sent a linked
 * transfer: what was reported about it and what became of access, but neither notes nor decisions, nor how a reporter can be reached.
 * Null: to them there is no such incident, also when they reported it.
 */
export function mayReadIncident(
  { id, roles }: Pick<Member, "id" | "roles">,
  { ownerId, told, transfers, actions }: Incident,
): "whole" | "limited" | null {
  const all = roles.includes("administrator") || roles.includes("auditor") || ownerId === id;
  if (all || wentTo({ id, roles }, told)) return "whole";
  const concerned = transfers.some(({ senderId }) => senderId === id) || actions.some(({ whoId }) => whoId === id);
  return concerned ? "limited" : null;
}

/** Whether it went to this member, by themselves or by a role of theirs; not as whoever sent it. */
export function wentTo({ id, roles }: Pick<Member, "id" | "roles">, told: Incident["told"]): boolean {
  return told.some(({ as, memberId }) => as !== "sender" && (memberId === id || holds(roles, as)));
}

/** The member without the auditor's role: what an auditor sees as one is at `/records`, where every look is an event, and can be changed by nobody. */
export function asColleague<M extends Pick<Member, "id" | "roles">>(member: M): M {
  return { ...member, roles: member.roles.filter((role) => role !== "auditor") };
}

/** Whether a member may act on it: whoever sees the whole of it, but for an auditor, who only looks. */
export function mayActOnIncident(member: Pick<Member, "id" | "roles">, incident: Incident): boolean {
  return mayReadIncident(asColleague(member), incident) === "whole";
}

/** `contact` may be `line-manager` and the like too, for which no role answers. */
function holds(roles: readonly Role[], contact: string): boolean {
  const known: Readonly<Record<string, Role | null>> = CONTACT_ROLES;
  const role = known[contact] ?? null;
  return role !== null && roles.includes(role);
}
