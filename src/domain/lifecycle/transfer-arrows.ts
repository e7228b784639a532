import type { Recipient, RecipientState, Transfer } from "../transfer.ts";
import { happened, type Proof, refuseUnless, type Step, type Taken } from "./step.ts";

const OVER: readonly RecipientState[] = ["misdirected", "dropped", "recalled", "expired", "closed"];

/** Whether this recipient may still do anything. */
export function isOver({ state }: Pick<Recipient, "state">): boolean {
  return OVER.includes(state);
}

/** Whether they confirmed receipt: with a signed receipt, or in a way that the sender recorded (SDT-28). */
export function saysReceived({ state, confirmation }: Pick<Recipient, "state" | "confirmation">): boolean {
  return state === "received" || confirmation !== null;
}

/** draft → requested: the waybill is fixed and the sender has signed it. The caller has checked the signature of the `send` statement. */
export function request(
  transfer: Transfer,
  recipients: readonly Recipient[],
  waybill: { readonly text: string; readonly digest: string },
  proof: Proof,
  taken: Taken,
): Step {
  refuseUnless(transfer.state === "draft", "This transfer was signed already.");
  const carried = transfer.carriage !== null; // nothing of it is sealed here
  refuseUnless(carried || (transfer.sealed !== null && transfer.senderGrant !== null), "The files are not sealed yet.");
  refuseUnless(
    recipients.length > 0 && recipients.every((each) => (carried || each.grant) && each.tokenHash),
    "Somebody has no access yet.",
  );
  refuseUnless(transfer.expiresAt > taken.at, "The expiry date has passed.");
  return {
    transfer: { ...transfer, state: "requested", waybill },
    recipients: [],
    events: [
      happened("waybill-signed", taken, transfer.reference, null, { digest: waybill.digest, ...proof }),
      happened("transfer-requested", taken, transfer.reference),
    ],
  };
}

/** requested → approved: everyone who must agree has. */
export function approve(transfer: Transfer, taken: Taken): Step {
  refuseUnless(transfer.state === "requested", "This transfer does not wait for agreement.");
  return {
    transfer: { ...transfer, state: "approved" },
    recipients: [],
    events: [happened("transfer-approved", taken, transfer.reference)],
  };
}

/**
 * The sender lets these see the files before they answer, or nobody: the waybill that is signed next names them. What was chosen before
 * is replaced.
 */
export function showBefore(transfer: Transfer, shownTo: Transfer["shownTo"], taken: Taken): Step {
  refuseUnless(transfer.state === "draft", "This transfer was signed already.");
  refuseUnless(
    transfer.carriage === null,
    "This transfer does not go by secure link: there are no files here to show.",
  );
  refuseUnless(transfer.sealed !== null, "The files are not sealed yet.");
  return {
    transfer: { ...transfer, shownTo },
    recipients: [],
    events: [
      happened("approver-access-chosen", taken, transfer.reference, null, {
        count: shownTo.length,
        addresses: shownTo.map(({ address }) => address).join(" "),
      }),
    ],
  };
}

/** approved → requested: an agreement to this waybill counts no more, so it is asked for again. The caller supersedes its request and asks. */
export function reopen(transfer: Transfer, taken: Taken): Step {
  refuseUnless(transfer.state === "approved", "This transfer is not agreed.");
  refuseUnless(transfer.expiresAt > taken.at, "The expiry date has passed.");
  return {
    transfer: { ...transfer, state: "requested" },
    recipients: [],
    events: [happened("transfer-requested", taken, transfer.reference)],
  };
}

/**
 * approved → released: from now on recipients' grants are handed out after arrival (OXM-22: not before all have registered).
 * @param held a hold is on it: what was sealed to approvers is kept with the rest, and handed out to nobody any more
 */
export function release(
  transfer: Transfer,
  recipients: readonly Recipient[],
  taken: Taken,
  assessment: string | null = null,
  held = false,
): Step {
  refuseUnless(transfer.state === "approved", "This transfer is not agreed.");
  refuseUnless(transfer.expiresAt > taken.at, "The expiry date has passed.");
  const concerned = recipients.filter((each) => !isOver(each));
  refuseUnless(concerned.length > 0, "Every recipient was dropped.");
  refuseUnless(
    !concerned.some((each) => each.registerFirst),
    "Somebody was invited to register first and has not done so yet.",
  );
  const told = concerned.map((each): Recipient => ({ ...each, state: "released", releasedAt: taken.at }));
  return {
    transfer: {
      ...transfer,
      state: "released",
      releasedAt: taken.at,
      shownTo: held ? transfer.shownTo : withoutGrants(transfer),
    },
    recipients: told,
    events: [
      happened("transfer-released", taken, transfer.reference, null, assessment === null ? {} : { assessment }),
      ...told.map((each) => happened("recipient-told", taken, transfer.reference, each.id)),
    ],
  };
}

/** Before release → refused, for the reason given. It has not ended: its sender may change it, so what is sealed stays until it expires. */
export function refuse(transfer: Transfer, reason: string, taken: Taken): Step {
  refuseUnless(
    transfer.state === "requested" || transfer.state === "approved",
    "This transfer does not wait for agreement.",
  );
  return {
    transfer: { ...transfer, state: "refused" },
    recipients: [],
    events: [happened("transfer-refused", taken, transfer.reference, null, { reason })],
  };
}

/** requested, approved or refused → draft: the sender changes it. What was agreed to it counts no more; the caller supersedes the requests. */
export function revise(transfer: Transfer, taken: Taken): Step {
  refuseUnless(
    ["requested", "approved", "refused"].includes(transfer.state),
    transfer.state === "draft" ? "It can be changed as it is." : "This transfer cannot be changed any more.",
  );
  refuseUnless(transfer.expiresAt > taken.at, "The expiry date has passed.");
  return {
    transfer: { ...transfer, state: "draft", waybill: null, endedAt: null, shownTo: [] },
    recipients: [],
    events: [happened("transfer-revised", taken, transfer.reference, null, { was: transfer.state })],
  };
}

/**
 * → recalled: access and body are destroyed; the record stays. Those who have confirmed receipt stay so.
 * @param held a hold is on it: access ends all the same, and what is sealed is kept, see `end`
 */
export function recall(transfer: Transfer, recipients: readonly Recipient[], taken: Taken, held = false): Step {
  refuseUnless(
    ["draft", "requested", "approved", "refused", "released"].includes(transfer.state),
    "This transfer is over already: nobody can open it any more.",
  );
  const ended = recipients.map(
    (each): Recipient => ({
      ...each,
      state: isOver(each) || each.state === "received" ? each.state : "recalled",
    }),
  );
  return end(transfer, "recalled", ended, taken, { kind: "transfer-recalled", held });
}

/**
 * Whether its date ends nothing: what is carried is still on its way, or with somebody who has not said that it is complete, and no date
 * stops that. What was told by telephone is told.
 */
export function staysOpen({ state, carriage }: Transfer, recipients: readonly Recipient[]): boolean {
  const waits = recipients.some((each) => !isOver(each) && !saysReceived(each));
  return state === "released" && carriage !== null && carriage.method !== "telephone" && waits;
}

/** What was told by telephone is there, whether or not anybody said so afterwards (SDT2-4). */
function isDone({ carriage }: Transfer, recipient: Recipient): boolean {
  return saysReceived(recipient) || (carriage?.method === "telephone" && recipient.state === "arrived");
}

/**
 * → expired, or closed when everyone still concerned has confirmed receipt. OXM-21: content and keys are destroyed.
 * @param held a hold is on it: access ends all the same, and what is sealed is kept, see `end`
 */
export function expire(transfer: Transfer, recipients: readonly Recipient[], taken: Taken, held = false): Step {
  refuseUnless(
    ["draft", "requested", "approved", "refused", "released"].includes(transfer.state),
    "This transfer is over already.",
  );
  refuseUnless(transfer.expiresAt <= taken.at, "The expiry date has not come.");
  refuseUnless(!staysOpen(transfer, recipients), "It is carried, and nobody has said yet that it is complete.");
  const concerned = recipients.filter((each) => !isOver(each));
  const complete =
    transfer.state === "released" && concerned.length > 0 && concerned.every((each) => isDone(transfer, each));
  const ended = recipients.map((each): Recipient => {
    if (isOver(each)) return each;
    return { ...each, state: isDone(transfer, each) ? "closed" : "expired" };
  });
  return complete
    ? end(transfer, "closed", ended, taken, { kind: "transfer-closed", held })
    : end(transfer, "expired", ended, taken, { kind: "transfer-expired", held });
}

/** A shorter expiry is an event beside the waybill; a longer one would be another waybill. */
export function shorten(transfer: Transfer, expiresAt: string, taken: Taken): Step {
  refuseUnless(["requested", "approved", "released"].includes(transfer.state), "This transfer is over already.");
  refuseUnless(expiresAt < transfer.expiresAt, "The expiry can only be brought forward.");
  refuseUnless(expiresAt > taken.at, "That date has passed. To stop it now, take the transfer back.");
  return {
    transfer: { ...transfer, expiresAt },
    recipients: [],
    events: [happened("expiry-shortened", taken, transfer.reference, null, { expiresAt })],
  };
}

/**
 * Nobody is handed anything from here on. What is sealed goes too, or, where a hold is on it, stays for `destroyKept`: nobody can
 * fetch it then, for the transfer is over.
 */
function end(
  transfer: Transfer,
  state: "recalled" | "expired" | "closed",
  recipients: readonly Recipient[],
  taken: Taken,
  { kind, held }: { readonly kind: "transfer-recalled" | "transfer-expired" | "transfer-closed"; held: boolean },
): Step {
  const ended: Transfer = { ...transfer, state, endedAt: taken.at };
  const over = happened(kind, taken, transfer.reference);
  const kept = held && (transfer.senderGrant !== null || transfer.sealed !== null || transfer.uploadId !== null);
  if (kept) {
    const waits = happened("destruction-held", taken, transfer.reference);
    return { transfer: { ...ended, destruction: "held" }, recipients, events: [over, waits] };
  }
  const { transfer: gone, recipients: without, events } = destroyed(ended, recipients, taken);
  return { transfer: gone, recipients: without, events: [over, ...events] };
}

/** What a hold kept is destroyed now that none is on it any more. */
export function destroyKept(transfer: Transfer, recipients: readonly Recipient[], taken: Taken): Step {
  refuseUnless(transfer.destruction === "held", "Nothing of this transfer was kept.");
  return destroyed(transfer, recipients, taken);
}

function destroyed(transfer: Transfer, recipients: readonly Recipient[], taken: Taken): Step {
  return {
    transfer: {
      ...transfer,
      // what nobody signed has no waybill to certify
      destruction: transfer.waybill !== null && transfer.sealed !== null ? "done" : null,
      senderGrant: null,
      sealed: withoutContent(transfer),
      recovery: transfer.recovery && { ...transfer.recovery, grant: null },
      shownTo: withoutGrants(transfer),
    },
    recipients: recipients.map((each) => ({ ...each, grant: null })),
    events: [happened("content-destroyed", taken, transfer.reference)],
  };
}

/** The organisation has signed that it destroyed it (SIS-37). The caller has made the certificate, when the sealed body was gone. */
export function certifyDestruction(transfer: Transfer, certificate: string, proof: Proof, taken: Taken): Step {
  refuseUnless(transfer.destruction === "done", "There is nothing to certify.");
  return {
    transfer: { ...transfer, destruction: "certified" },
    recipients: [],
    events: [happened("destruction-certified", taken, transfer.reference, null, { certificate, ...proof })],
  };
}

/** Whom the sender let see the files stays on the record; what opened them for these does not. */
function withoutGrants({ shownTo }: Transfer): Transfer["shownTo"] {
  return shownTo.map((each) => ({ ...each, grant: null }));
}

/** The digests and totals stay on the record; the sealed manifest goes with the body. */
function withoutContent(transfer: Transfer): Transfer["sealed"] {
  return transfer.sealed ? { ...transfer.sealed, manifest: "" } : null;
}
