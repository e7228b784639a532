import { colleaguesOf } from "../../domain/colleague.ts";
import type { Incident, IncidentKind, Told } from "../../domain/incident.ts";
import type { Member } from "../../domain/member.ts";
import type { Reader } from "../../domain/records.ts";
import { USUAL_INCIDENTS } from "../../policy/configuration/incident-routes.ts";
import type { ContactName, Settings } from "../../policy/configuration/settings.ts";
import { CONTACT_ROLES } from "./may-read.ts";

/** What decides whom a report goes to. */
export interface Concerning {
  readonly kind: IncidentKind;
  /** Whoever sent the transfer that it is about; null where it is about none that we know. */
  readonly sender: Member | null;
  /** Whoever reports, where they are signed in. */
  readonly reporter: Member | null;
  readonly personal: boolean;
}

/** Information has reached somebody, or may have: with personal data in it the compliance team knows at once (OXM-3). */
const DISCLOSED: readonly IncidentKind[] = ["wrong-person", "opened-by-other"];

/**
 * SDT-29, SDT-30, OXM-3, ESG-4: the line manager of whoever sent it, the configured contacts for this kind with their copies, the members who
 * answer for those, and the sender. Where nobody has a line manager on record, administrators. One line for each address.
 * @param settings null before there is a configuration
 */
export async function whomToTell(
  read: Reader,
  settings: Settings | null,
  { kind, sender, reporter, personal }: Concerning,
  at: string,
): Promise<readonly Told[]> {
  const members = await colleaguesOf(read); // SDT-17
  const as = (which: string, { id, name, address }: Member): Told => ({ as: which, name, address, memberId: id, at });
  const manager = members.find(({ id }) => id === (sender ?? reporter)?.lineManagerId);
  const administrators = members.filter(({ roles }) => roles.includes("administrator"));
  const teams = contactsFor(settings, kind, personal).flatMap((name): readonly Told[] => {
    const contact = settings?.contacts[name];
    const role = CONTACT_ROLES[name];
    const mailed = [contact?.address, contact?.copy].flatMap((address, index): readonly Told[] => {
      if (!address || !contact) return [];
      const member = members.find((each) => each.address === address);
      return [{ as: index === 0 ? name : "copy", name: contact.name, address, memberId: member?.id ?? null, at }];
    });
    const holders = members.filter(({ roles }) => role !== null && roles.includes(role));
    return [...mailed, ...holders.map((each) => as(name, each))];
  });
  const all = [
    ...(manager ? [as("line-manager", manager)] : administrators.map((each) => as("administrator", each))),
    ...teams,
    ...(sender?.state === "active" ? [as("sender", sender)] : []),
  ];
  return all.filter((each, index) => all.findIndex(({ address }) => address === each.address) === index);
}

function contactsFor(settings: Settings | null, kind: IncidentKind, personal: boolean): readonly ContactName[] {
  const { routes } = settings?.incidents ?? USUAL_INCIDENTS;
  const more: readonly ContactName[] = !personal
    ? []
    : DISCLOSED.includes(kind)
      ? ["privacy-team", "information-compliance"]
      : ["privacy-team"];
  return [...new Set([...routes[kind], ...more])];
}

/** Who is told when nobody has acknowledged in time: administrators and senior managers. */
export async function whomToEscalateTo(read: Reader, at: string): Promise<readonly Told[]> {
  const members = await colleaguesOf(read);
  return members
    .filter(({ roles }) => roles.some((role) => ESCALATION_ROLES.includes(role)))
    .map(({ id, name, address }) => ({ as: "escalation", name, address, memberId: id, at }));
}

/** Contacts that answer for what is decided about personal data. */
const DECIDES: readonly string[] = ["privacy-team", "information-compliance"];

/**
 * SDT-29: who is told that the 72 hours run out: whoever looks after it and the privacy team (administrators where nobody is in it). When they are
 * over, also the line manager it went to, administrators and senior managers. One line for each address. @param at ISO 8601
 */
export async function whomTheClockConcerns(
  read: Reader,
  { ownerId, told }: Incident,
  why: "soon" | "over",
  at: string,
): Promise<readonly Told[]> {
  const members = await colleaguesOf(read); // SDT-17
  const as = (which: string, { id, name, address }: Member): Told => ({ as: which, name, address, memberId: id, at });
  const holding = (role: "privacy-team" | "administrator") =>
    members.filter(({ roles }) => roles.includes(role)).map((each) => as(role, each));
  const privacy = holding("privacy-team");
  const all = [
    ...members.filter(({ id }) => id === ownerId).map((each) => as("owner", each)),
    ...told.filter((each) => DECIDES.includes(each.as)),
    ...(privacy.length > 0 ? privacy : holding("administrator")),
    ...(why === "over"
      ? [...told.filter((each) => each.as === "line-manager"), ...(await whomToEscalateTo(read, at))]
      : []),
  ];
  return all.filter((each, index) => all.findIndex(({ address }) => address === each.address) === index);
}

const ESCALATION_ROLES: readonly string[] = ["administrator", "senior-manager"];
