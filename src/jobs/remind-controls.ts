import { randomId } from "../bytes/random.ts";
import { iso } from "../domain/clock.ts";
import { formatDate } from "../domain/date-text.ts";
import { isToRemind, nextReview, remindReview } from "../domain/lifecycle/control-review.ts";
import type { Writer } from "../domain/records.ts";
import type { JobParts } from "./parts.ts";
import { unlessTooLate } from "./too-late.ts";

type Parts = Pick<JobParts, "records">;

/**
 * SIS-28: reminds administrators and the privacy team of the yearly review of the controls, a month before it is due and each week after.
 * Answers how many reviews it reminded of: one or none.
 */
export async function remindControls({ records }: Parts, now: Date): Promise<number> {
  const organisation = await records.read.organisation();
  if (organisation === null) return 0;
  const due = nextReview(await records.read.controlReviews(), organisation.createdAt, "");
  if (!isToRemind(due, now)) return 0;
  return (await unlessTooLate(() => records.write((tx) => remind(tx, organisation.createdAt, now)))) ? 1 : 0;
}

async function remind(tx: Writer, setUpAt: string, now: Date): Promise<void> {
  const due = nextReview(await tx.controlReviews(), setUpAt, randomId());
  const { reviews, event } = remindReview(due, { at: iso(now), by: { kind: "system" } });
  for (const review of reviews) await tx.saveControlReview(review);
  await tx.append(event);
  const when = due.dueAt <= iso(now) ? `was due on ${formatDate(due.dueAt)}` : `is due on ${formatDate(due.dueAt)}`;
  for (const { address, name, state, roles } of await tx.members()) {
    if (state !== "active" || !roles.some((each) => each === "administrator" || each === "privacy-team")) continue;
    await tx.post({
      id: randomId(),
      to: address,
      subject: `The yearly review of the controls ${when}`,
      text: `Dear ${name},\n\nThe yearly review of how information is sent here ${when}.\n\nThe report on the controls has each requirement, what enforces it, how often it was asked for, and the exceptions with their reasons. Look through it, then record what you found and what follows under Controls.\n`,
      reference: null,
      recipientId: null,
      createdAt: iso(now),
    });
  }
}
