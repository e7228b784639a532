import {
  arriveCarried,
  carriageOf,
  receiveCarried,
  reportShortfall,
  type SaidBy,
  tellPassword,
  tryDispatch,
} from "../../domain/lifecycle/carriage-arrows.ts";
import { type Bounds, enteredFromPaper, fromPaper, type OnPaper } from "../../domain/lifecycle/from-paper.ts";
import { handMediumOver } from "../../domain/lifecycle/medium-arrows.ts";
import { refuseUnless, type Step, type Taken } from "../../domain/lifecycle/step.ts";
import type { Reader, Writer } from "../../domain/records.ts";
import type { Recipient, Transfer } from "../../domain/transfer.ts";
import { carryOut } from "../carry-out.ts";
import { takenBy } from "../drafts/draft.ts";
import type { SenderVisit } from "../gate/row.ts";
import { type Going, goIn, tellOfIt } from "./dispatch-transfer.ts";

/** What a filled-in checklist says; null for what it does not tell, or what is on record already. */
export interface FilledIn {
  readonly went: (Going & { readonly on: OnPaper }) | null;
  readonly recipients: readonly FilledInFor[];
}

/** What it says of one recipient. */
export interface FilledInFor {
  readonly id: string;
  readonly arrived: { readonly on: OnPaper; readonly by: SaidBy; readonly reader: string } | null;
  readonly told: { readonly on: OnPaper; readonly channel: string; readonly ending: string } | null;
  /** SIS-21: of a fax, other pages came than were sent. */
  readonly short: { readonly on: OnPaper; readonly by: SaidBy; readonly pages: number } | null;
  readonly received: {
    readonly on: OnPaper;
    readonly by: SaidBy;
    readonly note: string;
    readonly pages: number | null;
    readonly handling: boolean;
    readonly digests: readonly string[];
  } | null;
}

/**
 * Enters what a checklist says that was filled in by hand: the same steps in the same order, by the same rules, at the times on the paper;
 * all of it, or nothing. Every event says that it was entered from paper, and when.
 * @throws DomainError `unmet`, `changed`, `not-now`
 */
export async function enterPaper(visit: SenderVisit, { went, recipients }: FilledIn): Promise<void> {
  const taken = takenBy(visit.parts, visit.member);
  await visit.parts.records.write(async (tx) => {
    const { reference } = visit.transfer;
    if (went) {
      const bounds = { notBefore: await agreedAt(tx, reference), now: taken.at };
      await goIn(tx, visit, went, taken, { on: went.on, bounds });
    }
    for (const each of recipients) await enterFor(tx, reference, each, taken);
    const transfer = await tx.transfer(reference);
    if (went && transfer) await tellOfIt(tx, visit, { transfer, recipients: await tx.recipients(reference) }, taken);
  });
}

/** SIS-22: an attempt of which a checklist tells: nothing counts as sent. @throws DomainError `not-now` */
export async function enterAttempt(visit: SenderVisit, what: string, on: OnPaper): Promise<void> {
  const taken = takenBy(visit.parts, visit.member);
  await visit.parts.records.write(async (tx) => {
    const transfer = (await tx.transfer(visit.transfer.reference)) ?? visit.transfer;
    const bounds = { notBefore: await agreedAt(tx, transfer.reference), now: taken.at };
    await carryOut(tx, fromPaper(tryDispatch(transfer, what, taken), on, bounds));
  });
}

/** When everybody had agreed to it: nothing goes before. ISO 8601 */
export async function agreedAt(read: Reader, reference: string): Promise<string> {
  const agreed = (await read.eventsOf(reference)).findLast(({ kind }) => kind === "transfer-approved");
  refuseUnless(agreed !== undefined, "This transfer is not agreed.");
  return agreed.at;
}

async function enterFor(tx: Writer, reference: string, filled: FilledInFor, taken: Taken): Promise<void> {
  const { arrived, told, short, received } = filled;
  if (arrived) {
    await take(arrived.on, (transfer, recipient, then) => arriveCarried(transfer, recipient, arrived, then));
    await mediumIsThere(arrived.on);
  }
  if (told)
    await take(told.on, (transfer, recipient, then) =>
      tellPassword(transfer, recipient, { ...told, told: true }, then),
    );
  if (short) await take(short.on, (transfer, recipient, then) => reportShortfall(transfer, recipient, short, then));
  if (received)
    await take(
      received.on,
      (transfer, recipient, then) => receiveCarried(transfer, recipient, received, then),
      openedFrom,
    );

  async function take(
    on: OnPaper,
    arrow: (transfer: Transfer, recipient: Recipient, then: Taken) => Step,
    from: typeof boundsOf = boundsOf,
  ) {
    const { transfer, recipient } = await standing();
    const step = arrow(transfer, recipient, { ...taken, at: on.at });
    await carryOut(tx, fromPaper(step, on, from(transfer, recipient, taken.at)));
  }

  async function standing() {
    const [transfer, recipient] = [await tx.transfer(reference), await tx.recipient(filled.id)];
    refuseUnless(transfer !== null && recipient?.reference === reference, "This recipient is not there any more.");
    return { transfer, recipient };
  }

  async function mediumIsThere(on: OnPaper) {
    const { transfer } = await standing();
    const { mediumId } = carriageOf(transfer).fixed;
    const medium = mediumId === null ? null : await tx.medium(mediumId);
    if (medium?.state !== "in-transit" || medium.reference !== reference) return;
    const step = handMediumOver(medium, { ...taken, at: on.at });
    await tx.saveMedium(step.medium);
    await tx.append(enteredFromPaper(step.event, on, taken.at));
  }
}

/** Nothing happened at the recipient's before it had arrived there, nor there before it had gone. */
export function boundsOf(transfer: Transfer, recipient: Recipient, now: string): Bounds {
  return { notBefore: recipient.arrival?.at ?? carriageOf(transfer).dispatch?.at ?? now, now };
}

/** SDT-21: nobody said that it is complete before they could open it. */
function openedFrom(transfer: Transfer, recipient: Recipient, now: string): Bounds {
  const bounds = boundsOf(transfer, recipient, now);
  const told = carriageOf(transfer).fixed.package === null ? null : recipient.wordsToldAt;
  return told !== null && told > bounds.notBefore ? { ...bounds, notBefore: told } : bounds;
}
