import { randomId } from "../bytes/random.ts";
import { DAY, iso } from "../domain/clock.ts";
import { formatDate } from "../domain/date-text.ts";
import { refuseUnless } from "../domain/lifecycle/step.ts";
import type { Reader, Writer } from "../domain/records.ts";
import type { SharingAgreement } from "../domain/sharing-agreement.ts";
import type { JobParts } from "./parts.ts";
import { unlessTooLate } from "./too-late.ts";

/** How long before its end the privacy team is told. */
const AHEAD = 30 * DAY;

type Parts = Pick<JobParts, "records" | "tellOfEnds">;

/**
 * SDT-5: tells the privacy team once, a month before, that an agreement ends; and once it has, whoever sends something that cannot go
 * without it. Answers how many agreements and transfers these were.
 */
export async function remindAgreements({ records, tellOfEnds }: Parts, now: Date): Promise<number> {
  let reminded = 0;
  await unlessTooLate(async () => {
    reminded += await tellOfEnds();
  });
  for (const agreement of await records.read.agreements()) {
    if (!isDue(agreement, now)) continue;
    if (await unlessTooLate(() => records.write((tx) => remind(tx, agreement.id, now)))) reminded++;
  }
  return reminded;
}

function isDue({ endedAt, remindedAt, expires }: SharingAgreement, now: Date): boolean {
  return endedAt === null && remindedAt === null && expires <= iso(new Date(now.getTime() + AHEAD)).slice(0, 10);
}

async function remind(tx: Writer, id: string, now: Date): Promise<void> {
  const agreement = await tx.agreement(id);
  refuseUnless(agreement !== null && isDue(agreement, now), "This reminder was sent already.");
  const at = iso(now);
  const last = formatDate(agreement.expires);
  const over = agreement.expires < at.slice(0, 10);
  for (const { address, name } of await keepersOf(tx)) {
    await tx.post({
      id: randomId(),
      to: address,
      subject: `Agreement ${agreement.reference} ${over ? "ended" : "ends"} on ${last}`,
      text: `Dear ${name},\n\nThe agreement ${agreement.reference} with ${agreement.organisation} ${over ? `held until ${last}. It no longer counts` : `holds until ${last}. After that day it no longer counts`}, and what goes to them needs another one or a recorded reason.\n\nRenew it, then change its last day under Agreements.\n`,
      reference: null,
      recipientId: null,
      createdAt: at,
    });
  }
  await tx.saveAgreement({ ...agreement, remindedAt: at });
  const actor = { kind: "system" } as const;
  const detail = { agreement: id, expires: agreement.expires };
  await tx.append({ kind: "agreement-reminded", at, actor, reference: null, recipientId: null, detail });
}

/** The privacy team, or the administrators where nobody is in it. */
async function keepersOf(read: Reader) {
  const members = (await read.members()).filter(({ state }) => state === "active");
  const team = members.filter(({ roles }) => roles.includes("privacy-team"));
  return team.length > 0 ? team : members.filter(({ roles }) => roles.includes("administrator"));
}
