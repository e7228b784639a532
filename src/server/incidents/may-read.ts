import { iso } from "../../domain/clock.ts";
import { whoIsColleague } from "../../domain/colleague.ts";
import type { Incident, Told } from "../../domain/incident.ts";
import type { Member, Role } from "../../domain/member.ts";
import type { Reader } from "../../domain/records.ts";
import type { ContactName, Settings } from "../../policy/configuration/settings.ts";
import { standsIn } from "../approvals/approvers.ts";
import type { Parts } from "../parts.ts";

/** Members with these roles answer for a configured contact, beside whoever has its address. */
export const CONTACT_ROLES: Readonly<Record<ContactName, Role | null>> = {
  "privacy-team": "privacy-team",
  "information-compliance": "privacy-team",
  "security-team": "operational-security",
  "operational-security": "operational-security",
  "service-desk": null,
};

/** A colleague, by what they are now: whom an incident went to counts by role, not by the person who held it then. */
export interface Looker {
  readonly id: string;
  /** Without the auditor's: what an auditor sees as one is at `/records`, where every look is an event. With privacy's while they stand in for somebody of it. */
  readonly roles: readonly Role[];
  /** Whose line manager they are. */
  readonly manages: ReadonlySet<string>;
  /** The configured contacts whose address, or address for copies (`copy`), is theirs. */
  readonly contacts: ReadonlySet<string>;
}

export async function lookerOf(
  { records, policy, clock }: Pick<Parts, "records" | "policy" | "clock">,
  member: Member,
): Promise<Looker> {
  return lookerIn(records.read, policy.current?.settings ?? null, member, iso(clock.now()));
}

/** @param settings null before there is a configuration @param at ISO 8601 */
export async function lookerIn(
  read: Reader,
  settings: Settings | null,
  { id, roles, address }: Member,
  at: string,
): Promise<Looker> {
  const members = await read.members();
  const inside = await whoIsColleague(read); // SDT-17
  const principals = (await read.deputies()).filter((each) => each.deputyId === id && standsIn(each, at));
  const standsForPrivacy = principals.some(({ principalId }) =>
    members.some((each) => each.id === principalId && inside(each) && each.roles.includes("privacy-team")),
  );
  const contacts = Object.entries(settings?.contacts ?? {}).flatMap(([name, contact]) => [
    ...(contact.address === address ? [name] : []),
    ...(contact.copy === address ? ["copy"] : []),
  ]);
  return {
    id,
    roles: [...roles.filter((role) => role !== "auditor"), ...(standsForPrivacy ? (["privacy-team"] as const) : [])],
    manages: new Set(members.filter(({ lineManagerId }) => lineManagerId === id).map((each) => each.id)),
    contacts: new Set(contacts),
  };
}

/**
 * What a colleague may see of an incident. `whole`: administrators, its owner, and whom it went to. `limited`: who sent a linked
 * transfer: what was reported about it and what became of access, but neither notes nor decisions, nor how a reporter can be reached.
 * Null: to them there is no such incident, also when they reported it.
 */
export function mayReadIncident(looker: Looker, incident: Incident): "whole" | "limited" | null {
  const { id, roles } = looker;
  const { ownerId, transfers, actions } = incident;
  if (roles.includes("administrator") || ownerId === id || wentTo(looker, incident)) return "whole";
  const concerned = transfers.some(({ senderId }) => senderId === id) || actions.some(({ whoId }) => whoId === id);
  return concerned ? "limited" : null;
}

/** Whether it went to what this colleague is now: a contact's role or address, or the line manager; not as whoever sent it. */
export function wentTo(looker: Looker, incident: Incident): boolean {
  return incident.told.some((told) => isTheirs(looker, told, incident));
}

function isTheirs({ id, roles, manages, contacts }: Looker, { as, memberId }: Told, incident: Incident): boolean {
  const { transfers, reports } = incident;
  if (as === "sender") return false;
  if (as === "escalation") return roles.includes("administrator") || roles.includes("senior-manager");
  if (as === "line-manager") {
    if (transfers.some(({ senderId }) => manages.has(senderId))) return true;
    return memberId === id && reports.some((each) => each.memberId !== null && manages.has(each.memberId));
  }
  const known: Readonly<Record<string, Role | null>> = CONTACT_ROLES;
  const role = as === "administrator" ? "administrator" : (known[as] ?? null);
  return contacts.has(as) || (role !== null && roles.includes(role));
}

/** Whether a colleague may act on it: whoever sees the whole of it. */
export function mayActOnIncident(looker: Looker, incident: Incident): boolean {
  return mayReadIncident(looker, incident) === "whole";
}
