import type { Recipient, Transfer } from "../transfer.ts";
import { happened, refuseUnless, type Step, type Taken } from "./step.ts";
import { isOver } from "./transfer-arrows.ts";

/** released → arrived: the mailbox is proved, and a signing key for this transfer was made on their device. */
export function arrive(
  transfer: Transfer,
  recipient: Recipient,
  key: { readonly publicKey: string; readonly reader: string },
  taken: Taken,
): Step {
  live(transfer, recipient);
  refuseUnless(recipient.state === "released", "Arrival was confirmed already.");
  refuseUnless(!recipient.team || key.reader !== "", "Say who is reading this team mailbox.");
  return one(
    transfer,
    { ...recipient, state: "arrived", arrival: { ...key, at: taken.at } },
    happened("recipient-arrived", taken, transfer.reference, recipient.id, { reader: key.reader }),
  );
}

/** The grant is handed out, only after arrival; said on the timeline the first time. */
export function handOut(transfer: Transfer, recipient: Recipient, taken: Taken): Step {
  live(transfer, recipient);
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
  live(transfer, recipient);
  refuseUnless(recipient.access === "words", "This recipient needs no words.");
  refuseUnless(recipient.arrival !== null, "The words are told after the recipient confirmed arrival.");
  const { told, channel, ending } = attempt;
  return one(
    transfer,
    told ? { ...recipient, wordsToldAt: taken.at } : recipient,
    happened(told ? "words-told" : "words-no-answer", taken, transfer.reference, recipient.id, { channel, ending }),
  );
}

/** arrived → opened: they showed the receipt token, which is inside the grant. The caller has checked it. */
export function open(transfer: Transfer, recipient: Recipient, taken: Taken): Step {
  live(transfer, recipient);
  refuseUnless(recipient.handedOutAt !== null, "Confirm arrival first.");
  if (recipient.openedAt) return { transfer, recipients: [], events: [] };
  return one(
    transfer,
    { ...recipient, state: "opened", openedAt: taken.at },
    happened("recipient-opened", taken, transfer.reference, recipient.id),
  );
}

/** opened → received (SDT-28): a signed receipt with the token. The caller has checked signature and token. */
export function receive(
  transfer: Transfer,
  recipient: Recipient,
  receipt: { readonly statement: string; readonly signature: string },
  taken: Taken,
): Step {
  live(transfer, recipient);
  refuseUnless(
    recipient.state === "opened",
    recipient.state === "received" ? "Receipt was confirmed already." : "Open it first.",
  );
  return one(
    transfer,
    { ...recipient, state: "received", receivedAt: taken.at },
    happened("receipt-signed", taken, transfer.reference, recipient.id, receipt),
  );
}

/** The recipient who proved the mailbox says that it is not for them (SDT-14): their access ends at once. */
export function misdirect(transfer: Transfer, recipient: Recipient, taken: Taken): Step {
  refuseUnless(!isOver(recipient), "Access has ended already.");
  return one(
    transfer,
    { ...recipient, state: "misdirected", grant: null },
    happened("not-for-me", taken, transfer.reference, recipient.id),
  );
}

/** Somebody who only holds the link says that it is not for them: paused until the sender decides, nothing destroyed. */
export function pause(transfer: Transfer, recipient: Recipient, taken: Taken): Step {
  refuseUnless(recipient.state !== "paused", "Access is paused already: the sender has been asked.");
  live(transfer, recipient);
  return one(
    transfer,
    { ...recipient, state: "paused" },
    happened("access-paused", taken, transfer.reference, recipient.id),
  );
}

/** paused → where it was, on the sender's word. */
export function resume(transfer: Transfer, recipient: Recipient, taken: Taken): Step {
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

/** The sender ends one recipient's access; the others' goes on. */
export function drop(transfer: Transfer, recipient: Recipient, taken: Taken): Step {
  refuseUnless(!isOver(recipient), "Access has ended already.");
  return one(
    transfer,
    { ...recipient, state: "dropped", grant: null },
    happened("recipient-dropped", taken, transfer.reference, recipient.id),
  );
}

function live(transfer: Transfer, recipient: Recipient): void {
  refuseUnless(transfer.state === "released", "This transfer is not open to recipients.");
  refuseUnless(!isOver(recipient), "Access has ended.");
  refuseUnless(recipient.state !== "paused", "Access is paused until the sender decides.");
}

function one(transfer: Transfer, recipient: Recipient, event: Step["events"][number]): Step {
  return { transfer, recipients: [recipient], events: [event] };
}
