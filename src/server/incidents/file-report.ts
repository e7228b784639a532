import {
  type Incident,
  type IncidentKind,
  isWorse,
  type LinkedTransfer,
  newIncidentNumber,
  type Report,
  type Standing,
  type Told,
} from "../../domain/incident.ts";
import { asSaid, statedOf } from "../../domain/incident-said.ts";
import { contradicts, joinIncident, openIncident, wasSaid } from "../../domain/lifecycle/incident-reports.ts";
import type { Taken } from "../../domain/lifecycle/step.ts";
import type { Member } from "../../domain/member.ts";
import type { Reader, Writer } from "../../domain/records.ts";
import type { Transfer } from "../../domain/transfer.ts";
import { USUAL_INCIDENTS } from "../../policy/configuration/incident-routes.ts";
import type { Parts } from "../parts.ts";
import { carryOutIncident } from "./carry-out-incident.ts";
import { tellClockAnew } from "./clock-anew.ts";
import { declaredIn } from "./declared.ts";
import { incidentMail } from "./incident-mail.ts";
import { whomToTell } from "./whom-to-tell.ts";

/** A report as it came in, and what was done about access by it. */
export interface Filing {
  readonly kind: IncidentKind;
  readonly standing: Standing;
  readonly words: string;
  readonly reach: string;
  readonly about: string;
  readonly reporter: Member | null;
  readonly recipientId: string | null;
  readonly transfer: Transfer | null;
  readonly stopped: Report["stopped"];
  /** The sender has a mail about it already. */
  readonly senderKnows: boolean;
  /** The incident that it joins while that is open, where it is about no transfer that we know. */
  readonly joins?: string | null;
}

/** The report as it is on record, and the incident that it opened or joined. */
export interface Filed {
  readonly incident: Incident;
  readonly report: Report;
}

/** Those who show who they are: what they say again is mailed again. */
const KNOWN: readonly Standing[] = ["sender", "recipient", "member"];
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/**
 * SDT-29, SDT-30, SIS-27, SPG-3: opens an incident with the facts as they are, or joins the one that is open about the same transfer, and
 * posts the mail to whom it concerns: all in the transaction that is given.
 */
export async function fileReport(
  tx: Writer,
  { policy, place }: Pick<Parts, "policy" | "place">,
  filing: Filing,
  taken: Taken,
): Promise<Filed> {
  const { kind, transfer, reporter, standing } = filing;
  const settings = policy.current?.settings ?? null;
  const sender = transfer ? await tx.member(transfer.senderId) : null;
  // that there is none is not for the waybill to say: its sender may be who made the mistake
  const personal = transfer && declaredIn([transfer]).personal ? true : null;
  const report = await reportOf(tx, filing, taken.at);
  const linked = transfer ? await linkedAsNow(tx, transfer, taken.at) : null;
  const minutes = (settings?.incidents ?? USUAL_INCIDENTS).acknowledgeWithinMinutes;
  const dueAt = new Date(Date.parse(taken.at) + minutes * MINUTE).toISOString();
  const named = transfer
    ? await tx.incidentsOf(transfer.reference)
    : [filing.joins ? await tx.incident(filing.joins) : null].filter((each) => each !== null);
  const former = await Promise.all(
    named.map(async (each) => ({ each, against: await saysOtherwise(tx, each, report, linked?.exposures ?? []) })),
  );
  // one that was closed on what this report says otherwise is opened again; any other stays closed, and this is something new
  const found = former.find(({ each }) => each.state !== "closed") ?? former.findLast(({ against }) => against);
  const known = found?.each;
  const disclosed = personal === true || known?.personal === true;
  const concerned = await whomToTell(tx, settings, { kind, sender, reporter, personal: disclosed }, taken.at);
  if (!found || !known) {
    const opened = openIncident(report, { linked, personal, dueAt, told: concerned }, taken);
    const incident = await carryOutIncident(tx, opened);
    for (const each of toMail(concerned, filing))
      await tx.post(incidentMail("reported", incident, each, place, taken.at));
    return { incident, report };
  }
  const told = concerned.filter(({ address }) => !known.told.some((each) => each.address === address));
  const joining = { about: transfer?.reference ?? null, told, contradicts: found.against, dueAt };
  const incident = await carryOutIncident(tx, joinIncident(known, report, joining, taken));
  for (const each of toMail(told, filing)) await tx.post(incidentMail("reported", incident, each, place, taken.at));
  // whoever hears of what happened so far may not be whom something else concerns
  const more = known.reports.every((each) => each.kind !== kind);
  const changed = more || joining.contradicts || (KNOWN.includes(standing) && !saidJustNow(known, report));
  const heard = changed ? await heardBefore(tx, known) : [];
  const others = more
    ? concerned.filter((each) => [...told, ...heard].every(({ address }) => address !== each.address))
    : [];
  const again = [...heard, ...others];
  const occasion = isWorse(known, kind) ? "worse" : "reported-again";
  for (const each of toMail(again, filing)) await tx.post(incidentMail(occasion, incident, each, place, taken.at));
  await tellClockAnew(tx, known, incident, place, taken.at);
  return { incident, report };
}

/** Whether something was said or decided of it, and rests on what this report says otherwise. */
async function saysOtherwise(
  read: Reader,
  stored: Incident,
  report: Report,
  now: LinkedTransfer["exposures"],
): Promise<boolean> {
  const incident = await asSaid(read, stored);
  const times = [incident.authority?.at, incident.people?.at, (await statedOf(read, incident))?.at];
  const last =
    times
      .filter((each) => each !== undefined)
      .sort()
      .at(-1) ?? "";
  return wasSaid(incident) && contradicts(incident, report, now, last);
}

/** Whether the same was said by the same within the hour: a program that fails says so at each try. It is on record all the same. */
function saidJustNow({ reports }: Incident, { kind, recipientId, memberId, at }: Report): boolean {
  return reports.some(
    (each) =>
      each.kind === kind &&
      each.recipientId === recipientId &&
      each.memberId === memberId &&
      Date.parse(at) - Date.parse(each.at) < HOUR,
  );
}

/** Its owner; while it has none, whom it went to. */
export async function heardBefore(read: Reader, { ownerId, told }: Incident): Promise<readonly Told[]> {
  const owner = ownerId ? await read.member(ownerId) : null;
  if (owner?.state !== "active") return told;
  return [{ as: "owner", name: owner.name, address: owner.address, memberId: owner.id, at: "" }];
}

/** Nobody is written to about what they reported themselves. */
function toMail(told: readonly Told[], { reporter, senderKnows }: Filing): readonly Told[] {
  return told.filter(
    ({ as, memberId }) => !(senderKnows && as === "sender") && (!reporter || memberId !== reporter.id),
  );
}

async function reportOf(read: Reader, filing: Filing, at: string): Promise<Report> {
  const { kind, standing, words, reach, about, reporter, recipientId, stopped } = filing;
  let number = newIncidentNumber();
  while (await read.incidentNumbered(number)) number = newIncidentNumber();
  return { number, at, kind, standing, memberId: reporter?.id ?? null, recipientId, words, reach, about, stopped };
}

/** The facts that an incident is opened with: who had been handed what is sealed to them, and who proved that they opened it. */
export async function linkedAsNow(
  read: Reader,
  { reference, senderId }: Transfer,
  at: string,
): Promise<LinkedTransfer> {
  const recipients = await read.recipients(reference);
  const exposures = recipients.map(({ id, handedOutAt, openedAt }) => ({ recipientId: id, handedOutAt, openedAt }));
  return { reference, senderId, at, exposures };
}
