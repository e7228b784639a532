import { randomId } from "../bytes/random.ts";
import { DAY, iso } from "../domain/clock.ts";
import { formatDate } from "../domain/date-text.ts";
import { type FaxMachine, isUsable } from "../domain/fax-machine.ts";
import { refuseUnless } from "../domain/lifecycle/step.ts";
import { type Medium, overdue } from "../domain/medium.ts";
import type { Member } from "../domain/member.ts";
import { nationalPhone } from "../domain/phone.ts";
import type { Reader, Writer } from "../domain/records.ts";
import type { JobParts } from "./parts.ts";
import { unlessTooLate } from "./too-late.ts";

/** After so long without an answer those who keep the register are told of what its custodian has not done. */
const ESCALATE = 3 * DAY;
/** How long before it runs out a fax machine's check is asked for. */
const AHEAD = 14 * DAY;

type Parts = Pick<JobParts, "records">;

/**
 * SDT-24, SDT-25, OXM-27, SIS-26: what is overdue of media is reminded of once, and told to the keepers three days later; a fax machine's
 * check is asked for two weeks ahead. Answers how many mails' occasions there were.
 */
export async function remindMedia({ records }: Parts, now: Date): Promise<number> {
  let reminded = 0;
  for (const { id, ...medium } of await records.read.media()) {
    if (momentOf({ id, ...medium }, now) === null) continue;
    if (await unlessTooLate(() => records.write((tx) => remindOfMedium(tx, id, now)))) reminded++;
  }
  for (const machine of await records.read.faxMachines()) {
    if (!isAsked(machine, now)) continue;
    if (await unlessTooLate(() => records.write((tx) => remindOfCheck(tx, machine.id, now)))) reminded++;
  }
  return reminded;
}

function momentOf(medium: Medium, now: Date): "reminded" | "escalated" | null {
  if (overdue(medium, iso(now).slice(0, 10)) === null) return null;
  if (medium.remindedAt === null) return "reminded";
  const late = Date.parse(medium.remindedAt) + ESCALATE <= now.getTime();
  return late && medium.escalatedAt === null ? "escalated" : null;
}

async function remindOfMedium(tx: Writer, id: string, now: Date): Promise<void> {
  const medium = await tx.medium(id);
  const moment = medium && momentOf(medium, now);
  refuseUnless(medium !== null && moment !== null, "This reminder was sent already.");
  const at = iso(now);
  const what = overdue(medium, at.slice(0, 10));
  const keepers = await keepersOf(tx);
  const custodian = medium.custodianId === null ? null : await tx.member(medium.custodianId);
  const first = what === "return" && custodian?.state === "active" ? [custodian] : keepers;
  const said = `${SAYS[what ?? "return"]}: the medium ${medium.serial}, which belongs to ${medium.owner}.`;
  for (const { address, name } of moment === "reminded" ? first : keepers) {
    const still = moment === "escalated" ? "Nothing has been recorded since the reminder three days ago.\n\n" : "";
    await tx.post({
      id: randomId(),
      to: address,
      subject: `Medium ${medium.serial}: overdue`,
      text: `Dear ${name},\n\n${said}\n\n${still}Record what happened under Media. If it cannot be found, report it there as lost.\n`,
      reference: null,
      recipientId: null,
      createdAt: at,
    });
  }
  await tx.saveMedium(moment === "reminded" ? { ...medium, remindedAt: at } : { ...medium, escalatedAt: at });
  const detail = { medium: id, serial: medium.serial, what, escalated: moment === "escalated" };
  await tx.append({
    ...({ kind: "medium-reminded", at, actor: { kind: "system" }, recipientId: null, detail } as const),
    reference: medium.reference,
  });
}

const SAYS = {
  return: "The day on which it had to be back has passed",
  erasure: "The day by which it had to be erased has passed",
  review: "The day on which it had to be looked at again has passed",
} as const;

function isAsked({ check, endedAt, remindedAt }: FaxMachine, now: Date): boolean {
  const soon = iso(new Date(now.getTime() + AHEAD)).slice(0, 10);
  return endedAt === null && remindedAt === null && check !== null && check.until <= soon;
}

async function remindOfCheck(tx: Writer, id: string, now: Date): Promise<void> {
  const machine = await tx.faxMachine(id);
  refuseUnless(machine !== null && isAsked(machine, now), "This reminder was sent already.");
  const at = iso(now);
  const number = nationalPhone(machine.number);
  const said = checkText(machine, at.slice(0, 10));
  for (const { address, name } of await keepersOf(tx)) {
    await tx.post({
      id: randomId(),
      to: address,
      subject: `Fax machine ${number}: check its settings`,
      text: `Dear ${name},\n\nThe last check of the fax machine ${number} (${machine.location}) ${said}\n\nRecord the check under Fax machines.\n`,
      reference: null,
      recipientId: null,
      createdAt: at,
    });
  }
  await tx.saveFaxMachine({ ...machine, remindedAt: at });
  const actor = { kind: "system" } as const;
  const detail = { machine: id, until: machine.check?.until ?? null };
  await tx.append({ kind: "fax-machine-reminded", at, actor, reference: null, recipientId: null, detail });
}

/** SIS-26: until when the check counts, or counted, and what that means. @param today YYYY-MM-DD */
function checkText(machine: FaxMachine, today: string): string {
  const until = formatDate(machine.check?.until ?? today);
  return isUsable(machine, today)
    ? `counts until ${until}. After that day nothing is sent from it until somebody has looked again.`
    : `counted until ${until}. Nothing is sent from it until somebody has looked again.`;
}

/** Operational security, or the administrators where nobody is in it. */
async function keepersOf(read: Reader): Promise<readonly Member[]> {
  const members = (await read.members()).filter(({ state }) => state === "active");
  const team = members.filter(({ roles }) => roles.includes("operational-security"));
  return team.length > 0 ? team : members.filter(({ roles }) => roles.includes("administrator"));
}
