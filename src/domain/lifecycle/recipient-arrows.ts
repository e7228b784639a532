import { iso } from "../clock.ts";
import type { Confirmation, Recipient, Transfer } from "../transfer.ts";
import { happened, type Proof, refuseUnless, type Step, type Taken } from "./step.ts";
import { isOver } from "./transfer-arrows.ts";

/** The key made on the recipient's device (empty for a member, who has keys already), and who is reading a team mailbox. */
export interface ArrivalKey {
  readonly publicKey: string;
  readonly reader: string;
}

/**
 * released → arrived: the mailbox is proved, and a signing key for this transfer was made on their device. The caller has checked the
 * signature of the `arrive` statement by that key.
 */
export function arrive(
  transfer: Transfer,
  recipient: Recipient,
  key: ArrivalKey,
  proof: Proof | null,
  taken: Taken,
): Step {
  live(transfer, recipient, taken);
  refuseUnless(recipient.state === "released", "Arrival was confirmed already.");
  return arrivedWith(transfer, { ...recipient, state: "arrived" }, key, { reader: key.reader, ...proof }, taken);
}

/**
 * arrived or opened → the same, with another device's key (the mailbox was proved again there), or under a corrected waybill with the
 * same key. From now on that key alone signs the receipt, so that a device left behind cannot; the sender sees both on the timeline.
 */
export function arriveAgain(
  transfer: Transfer,
  recipient: Recipient,
  key: ArrivalKey,
  proof: Proof | null,
  taken: Taken,
): Step {
  live(transfer, recipient, taken);
  refuseUnless(
    recipient.state === "arrived" || recipient.state === "opened",
    recipient.state === "received" ? "Receipt was confirmed already." : "Arrival is not confirmed yet.",
  );
  return arrivedWith(
    transfer,
    recipient,
    key,
    {
      reader: key.reader,
      again: true,
      otherDevice: recipient.arrival?.publicKey !== key.publicKey,
      ...proof,
    },
    taken,
  );
}

function arrivedWith(
  transfer: Transfer,
  recipient: Recipient,
  key: ArrivalKey,
  detail: Step["events"][number]["detail"],
  taken: Taken,
): Step {
  refuseUnless(!recipient.team || key.reader !== "", "Say who is reading this team mailbox.");
  const { publicKey, reader } = key;
  return one(
    transfer,
    { ...recipient, arrival: { publicKey, reader, at: taken.at } },
    happened("recipient-arrived", taken, transfer.reference, recipient.id, detail),
  );
}

/** The grant is handed out, only after arrival; said on the timeline the first time. */
export function handOut(transfer: Transfer, recipient: Recipient, taken: Taken): Step {
  live(transfer, recipient, taken);
  refuseUnless(recipient.arrival !== null && recipient.grant !== null, "Confirm arrival first.");
  if (recipient.handedOutAt) return { transfer, recipients: [], events: [] };
  return one(
    transfer,
    { ...recipient, handedOutAt: taken.at },
    happened("grant-handed-out", taken, transfer.reference, recipient.id),
  );
}

/** An attempt to tell the six words, by the sender or the stand-in (SDT-13): told, or no answer. */
export function tellWords(
  transfer: Transfer,
  recipient: Recipient,
  attempt: { readonly told: boolean; readonly channel: string; readonly ending: string },
  taken: Taken,
): Step {
  live(transfer, recipient, taken);
  refuseUnless(recipient.access === "words", "This recipient needs no words.");
  refuseUnless(recipient.arrival !== null, "The words are told after the recipient confirmed arrival.");
  const { told, channel, ending } = attempt;
  return one(
    transfer,
    told ? { ...recipient, wordsToldAt: taken.at } : recipient,
    happened(told ? "words-told" : "words-no-answer", taken, transfer.reference, recipient.id, { channel, ending }),
  );
}

/** arrived → opened: they showed the receipt token, which is inside the grant. The caller has checked it. Opening again is no event. */
export function open(transfer: Transfer, recipient: Recipient, taken: Taken): Step {
  live(transfer, recipient, taken);
  refuseUnless(recipient.handedOutAt !== null, "Confirm arrival first.");
  if (recipient.openedAt) return { transfer, recipients: [], events: [] };
  return one(
    transfer,
    { ...recipient, state: "opened", openedAt: taken.at },
    happened("recipient-opened", taken, transfer.reference, recipient.id),
  );
}

/**
 * After they reported damage or a loss: their client read and verified every piece again, so that they can confirm receipt after all. The
 * caller has checked the token, and whether all of it was handed out since the report.
 */
export function verifyAgain(transfer: Transfer, recipient: Recipient, handedOut: boolean, taken: Taken): Step {
  live(transfer, recipient, taken);
  refuseUnless(recipient.openedAt !== null, "Open it first.");
  refuseUnless(
    handedOut,
    "Not all of it was fetched since you reported that something is wrong. Nothing is lost: have everything read and checked again.",
  );
  return one(
    transfer,
    recipient,
    happened("recipient-opened", taken, transfer.reference, recipient.id, { again: true, whole: true }),
  );
}

/**
 * opened → received (SDT-28): a signed receipt with the token. The caller has checked signature and token. Whoever `reported` damage or a
 * loss says that it is complete only after everything was verified again.
 */
export function receive(
  transfer: Transfer,
  recipient: Recipient,
  receipt: Proof,
  taken: Taken,
  reported = false,
): Step {
  live(transfer, recipient, taken);
  refuseUnless(
    recipient.state === "opened",
    recipient.state === "received" ? "Receipt was confirmed already." : "Open it first.",
  );
  refuseUnless(
    !reported,
    "You reported that it is damaged or not complete, and the sender was told. If it is complete after all, have everything read and checked again, then confirm receipt.",
  );
  return one(
    transfer,
    { ...recipient, state: "received", receivedAt: taken.at },
    happened("receipt-signed", taken, transfer.reference, recipient.id, receipt),
  );
}

/**
 * SDT-28: they confirmed receipt another way, as the sender records it. Where they are stays as it is, so that they can still open it and
 * sign; nobody reminds them any more.
 */
export function recordConfirmation(
  transfer: Transfer,
  recipient: Recipient,
  said: Pick<Confirmation, "how" | "on">,
  taken: Taken,
): Step {
  live(transfer, recipient, taken);
  refuseUnless(recipient.state !== "received", "Receipt was confirmed already.");
  refuseUnless(recipient.confirmation === null, "That is on the record already.");
  const { how, on } = said;
  return one(
    transfer,
    { ...recipient, confirmation: { how, on, recordedAt: taken.at } },
    happened("confirmation-recorded", taken, transfer.reference, recipient.id, { how, on }),
  );
}

/** The recipient waits for the six words and asks the sender for them again. */
export function askForWords(transfer: Transfer, recipient: Recipient, taken: Taken): Step {
  live(transfer, recipient, taken);
  refuseUnless(recipient.access === "words", "This recipient needs no words.");
  refuseUnless(recipient.arrival !== null, "Confirm arrival first.");
  return one(transfer, recipient, happened("words-asked", taken, transfer.reference, recipient.id));
}

/** Something is wrong with it. Nothing ends by that: the sender decides. `text` is the recipient's own words, empty when there are none. */
export function reportProblem(
  transfer: Transfer,
  recipient: Recipient,
  problem: { readonly kind: "missing" | "damaged" | "other"; readonly text: string },
  taken: Taken,
): Step {
  live(transfer, recipient, taken);
  const { kind, text } = problem;
  return one(
    transfer,
    recipient,
    happened("problem-reported", taken, transfer.reference, recipient.id, { kind, text }),
  );
}

/**
 * The recipient who proved the mailbox says that it is not for them (SDT-14): their access ends at once.
 * @param held a hold is on the transfer: what is sealed to them is kept with the rest of it, and handed to nobody (SIS-37)
 */
export function misdirect(transfer: Transfer, recipient: Recipient, taken: Taken, held = false): Step {
  refuseUnless(transfer.state === "released", "This transfer is not open to recipients.");
  refuseUnless(!isOver(recipient), "Access has ended already.");
  return one(
    transfer,
    { ...recipient, state: "misdirected", grant: held ? recipient.grant : null },
    happened("not-for-me", taken, transfer.reference, recipient.id),
  );
}

/** The sender has seen to what this recipient said: it waits for them no longer. */
export function seeMatter(transfer: Transfer, recipient: Recipient, taken: Taken): Step {
  refuseUnless(transfer.state === "released", "This transfer is over already.");
  return one(transfer, recipient, happened("matter-seen", taken, transfer.reference, recipient.id));
}

/**
 * Somebody who only holds the link says that it is not for them, or it is reported that it may have reached the wrong person: paused until
 * the sender decides, nothing destroyed.
 */
export function pause(transfer: Transfer, recipient: Recipient, taken: Taken, how: "link" | "report" = "link"): Step {
  refuseUnless(recipient.state !== "paused", "Access is paused already: the sender has been asked.");
  // Of what is carried, the access is the password, which is told after arrival: it waits as well.
  if (transfer.carriage === null) live(transfer, recipient, taken);
  else refuseUnless(transfer.state === "released" && !isOver(recipient), "This recipient is not concerned any more.");
  return one(
    transfer,
    { ...recipient, state: "paused" },
    happened("access-paused", taken, transfer.reference, recipient.id, how === "report" ? { how } : {}),
  );
}

/** paused → where it was, on the sender's word. */
export function resume(transfer: Transfer, recipient: Recipient, taken: Taken): Step {
  refuseUnless(transfer.state === "released", "This transfer is not open to recipients.");
  refuseUnless(recipient.state === "paused", "Access is not paused.");
  const state = recipient.receivedAt
    ? "received"
    : recipient.openedAt
      ? "opened"
      : recipient.arrival
        ? "arrived"
        : "released";
  return one(transfer, { ...recipient, state }, happened("access-resumed", taken, transfer.reference, recipient.id));
}

/** The sender ends one recipient's access; the others' goes on. @param held as for `misdirect` */
export function drop(transfer: Transfer, recipient: Recipient, taken: Taken, held = false): Step {
  refuseUnless(
    ["requested", "approved", "released"].includes(transfer.state),
    transfer.state === "draft"
      ? "Before signing, remove the recipient from the draft."
      : "This transfer is over already.",
  );
  refuseUnless(!isOver(recipient), "Access has ended already.");
  return one(
    transfer,
    { ...recipient, state: "dropped", grant: held ? recipient.grant : null },
    happened("recipient-dropped", taken, transfer.reference, recipient.id),
  );
}

const DAY = 24 * 60 * 60 * 1000;

/** From when on somebody may be reminded, whom the last mail went to at `last`. */
export function remindableFrom(last: string): string {
  return iso(new Date(Date.parse(last) + DAY));
}

/** The sender reminds somebody who has not confirmed receipt (SDT-28), once a day at the most. `last`: when the last mail went. */
export function remind(transfer: Transfer, recipient: Recipient, last: string, taken: Taken): Step {
  live(transfer, recipient, taken);
  refuseUnless(recipient.state !== "received", "Receipt was confirmed already.");
  refuseUnless(taken.at >= remindableFrom(last), "They were written to less than a day ago.");
  return one(transfer, recipient, happened("reminder-sent", taken, transfer.reference, recipient.id));
}

/** OXM-22: a recipient is invited to register, so that they need no words next time. */
export function invite(transfer: Transfer, recipient: Recipient, taken: Taken): Step {
  refuseUnless(recipient.access === "words" && !recipient.team, "They need no invitation.");
  return one(transfer, recipient, happened("recipient-invited", taken, transfer.reference, recipient.id));
}

function live(transfer: Transfer, recipient: Recipient, taken: Taken): void {
  refuseUnless(transfer.carriage === null, "Nothing of this is opened here: it is carried to you.");
  refuseUnless(transfer.state === "released", "This transfer is not open to recipients.");
  refuseUnless(recipient.state !== "named", "This transfer is not open to this recipient.");
  refuseUnless(transfer.expiresAt > taken.at, "This transfer has expired."); // OXM-21, also before the clock's job comes round
  refuseUnless(!isOver(recipient), "Access has ended.");
  refuseUnless(recipient.state !== "paused", "Access is paused until the sender decides.");
}

function one(transfer: Transfer, recipient: Recipient, event: Step["events"][number]): Step {
  return { transfer, recipients: [recipient], events: [event] };
}
