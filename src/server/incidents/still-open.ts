import { type Incident, openDecisions } from "../../domain/incident.ts";
import { asSaid } from "../../domain/incident-said.ts";
import type { Reader } from "../../domain/records.ts";

/** Something that is to be done before an incident can be closed, and where. */
export interface StillOpen {
  readonly says: string;
  readonly href: string;
}

/** Somebody's access to a linked transfer that is paused until somebody decides. */
interface PausedAccess {
  readonly reference: string;
  readonly recipientId: string;
  readonly recipient: string;
  readonly senderId: string;
  readonly sender: string;
}

/** Whose access is paused until its sender decides. */
export async function pausedAccess(read: Reader, incident: Incident): Promise<readonly PausedAccess[]> {
  return pausedOf(read, incident, true);
}

/** SDT-14: whose access is paused although its sender has left: whoever looks after the incident decides in their place. */
export async function leftPaused(read: Reader, incident: Incident): Promise<readonly PausedAccess[]> {
  return pausedOf(read, incident, false);
}

async function pausedOf(read: Reader, { transfers }: Incident, here: boolean): Promise<readonly PausedAccess[]> {
  const found: PausedAccess[] = [];
  for (const { reference, senderId } of transfers) {
    const sender = await read.member(senderId);
    if ((await read.transfer(reference))?.state !== "released" || (sender?.state === "active") !== here) continue;
    for (const { id, name, state } of await read.recipients(reference)) {
      if (state !== "paused") continue;
      const about = { reference, recipientId: id, recipient: name, senderId };
      found.push({ ...about, sender: sender?.name ?? "a former colleague" });
    }
  }
  return found;
}

/** What stands between an incident and its closing, in the order in which it is asked. @param memberId who looks */
export async function stillOpen(read: Reader, stored: Incident, memberId: string): Promise<readonly StillOpen[]> {
  const incident = await asSaid(read, stored);
  const at = `/incidents/${incident.id}`;
  const decisions = openDecisions(incident);
  const paused = await pausedAccess(read, incident);
  const left = await leftPaused(read, incident);
  return [
    ...left.map(({ reference, recipient, sender }) => ({
      says: `Decide in the place of ${sender}, who has left, whether ${recipient} may go on with ${reference}: their access is paused`,
      href: `${at}/access`,
    })),
    ...paused.map(({ reference, recipientId, recipient, senderId, sender }) =>
      senderId === memberId
        ? {
            says: `Decide whether ${recipient} may go on with ${reference}: their access is paused`,
            href: `/transfers/${reference}/recipients/${recipientId}`,
          }
        : {
            says: `${sender} has to decide whether ${recipient} may go on with ${reference}: their access is paused`,
            href: `${at}#${reference}`,
          },
    ),
    ...(incident.personal === null ? [{ says: "Say whether personal data is concerned", href: `${at}/personal` }] : []),
    ...(decisions.includes("authority")
      ? [{ says: "Decide whether the supervisory authority is told", href: `${at}/authority` }]
      : []),
    ...(decisions.includes("people")
      ? [{ says: "Decide whether the people are told whose data it is", href: `${at}/people` }]
      : []),
    ...incident.actions
      .filter(({ doneAt }) => doneAt === null)
      .map(({ what }) => ({ says: `Finish the action: ${what}`, href: `${at}#actions` })),
  ];
}
