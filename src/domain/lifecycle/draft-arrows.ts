import { changedCount, changedNames } from "../changed-facts.ts";
import type { Recipient, StatedFacts, Transfer } from "../transfer.ts";
import { happened, refuseUnless, type Step, type Taken } from "./step.ts";

// Arrows from draft to draft: what is stated, and what the sender's client stores. Everything sealed belongs to one transfer key,
// which the sender's grant holds: a new grant begins anew, and whatever was sealed under the old one goes.

/** nothing → draft. */
export function describe(transfer: Transfer, recipients: readonly Recipient[], taken: Taken): Step {
  refuseUnless(recipients.length > 0, "Name at least one recipient.");
  return {
    transfer,
    recipients,
    events: [happened("transfer-described", taken, transfer.reference, null, { recipients: recipients.length })],
  };
}

/** What the sender says of one recipient (SIS-13, SDT-7). */
export type Said = Pick<Recipient, "expecting" | "legitimateNeed">;

/**
 * Other facts, another expiry, or something else said of recipients. What is sealed stays: none of it is in it.
 * @param said by recipient id; who is left out stays as they are
 */
export function redescribe(
  transfer: Transfer,
  stated: { readonly facts: StatedFacts; readonly expiresAt: string; readonly standInId: string | null },
  taken: Taken,
  recipients: readonly Recipient[] = [],
  said: ReadonlyMap<string, Said> = new Map(),
): Step {
  draft(transfer);
  // A stand-in is somebody whom the sender's grant is sealed to.
  const base = stated.standInId === transfer.standInId ? transfer : unsealed(transfer);
  const restated = recipients.map((each) => ({ ...each, ...saidOf(said.get(each.id) ?? each) }));
  const changed = changedNames(
    { ...transfer.facts, ...transfer, ...saidOfAll(recipients) },
    { ...stated.facts, ...stated, ...saidOfAll(restated) },
  );
  return {
    transfer: { ...base, ...stated },
    recipients: restated.filter(({ id }) => said.has(id)),
    events: [
      happened("transfer-changed", taken, transfer.reference, null, {
        ...{ what: "facts", changed },
        ...changedCount(transfer.facts.people, stated.facts.people),
      }),
    ],
  };
}

function saidOf({ expecting, legitimateNeed }: Said): Said {
  return { expecting, legitimateNeed };
}

function saidOfAll(recipients: readonly Said[]) {
  return {
    expecting: recipients.map(({ expecting }) => expecting),
    legitimateNeed: recipients.map(({ legitimateNeed }) => legitimateNeed),
  };
}

/**
 * Other recipients, or another kind of access for one: whatever was sealed is for others, and goes. The caller deletes the
 * rows of recipients who are no longer named, and the body.
 */
export function readdress(transfer: Transfer, recipients: readonly Recipient[], taken: Taken): Step {
  draft(transfer);
  refuseUnless(recipients.length > 0, "Name at least one recipient.");
  return {
    transfer: unsealed(transfer),
    recipients: recipients.map(withoutAccess),
    events: [
      happened("transfer-changed", taken, transfer.reference, null, {
        what: "recipients",
        recipients: recipients.length,
      }),
    ],
  };
}

/** The sender's grant is stored before the first byte of content leaves the device. The caller deletes the body before it. */
export function storeSenderGrant(
  transfer: Transfer,
  recipients: readonly Recipient[],
  senderGrant: string,
  taken: Taken,
): Step {
  draft(transfer);
  byLink(transfer);
  refuseUnless(
    !recipients.some((each) => each.registerFirst),
    "Somebody was invited to register first and has not done so yet.", // OXM-22: there is no key of theirs to seal to
  );
  return {
    transfer: { ...unsealed(transfer), senderGrant },
    recipients: recipients.map(withoutAccess),
    events: [happened("sender-grant-stored", taken, transfer.reference)],
  };
}

/** One upload for each sender's grant. */
export function startUpload(transfer: Transfer, uploadId: string, size: number, taken: Taken): Step {
  draft(transfer);
  byLink(transfer);
  refuseUnless(transfer.senderGrant !== null, "The sender's own access is stored first.");
  refuseUnless(transfer.uploadId === null, "An upload was begun already.");
  return {
    transfer: { ...transfer, uploadId },
    recipients: [],
    events: [happened("upload-started", taken, transfer.reference, null, { size })],
  };
}

/** What the sender's client sealed, checked by the caller as far as the server can. */
export interface Sealed {
  readonly content: NonNullable<Transfer["sealed"]>;
  readonly access: ReadonlyMap<string, { readonly grant: string; readonly tokenHash: string }>;
  readonly recovery: Transfer["recovery"];
  readonly riskyReason: string | null;
}

/** The body is complete, and everybody has access. May be repeated with the same body, before signing. */
export function sealContent(transfer: Transfer, recipients: readonly Recipient[], sealed: Sealed, taken: Taken): Step {
  draft(transfer);
  byLink(transfer);
  refuseUnless(transfer.uploadId === sealed.content.bodyId, "Another upload was begun since.");
  return {
    transfer: {
      ...{ ...transfer, sealed: sealed.content, recovery: sealed.recovery, riskyReason: sealed.riskyReason },
      shownTo: [], // what was sealed to them opens what was there before
    },
    recipients: recipients.map((each) => {
      const access = sealed.access.get(each.id);
      refuseUnless(access !== undefined, `${each.name} was given no access.`);
      return { ...each, ...access };
    }),
    events: [
      happened("content-sealed", taken, transfer.reference, null, {
        content: sealed.content.content,
        items: sealed.content.totals.items,
        bytes: sealed.content.totals.bytes,
        bodySize: sealed.content.bodySize,
        recovery: sealed.recovery?.key ?? null,
      }),
    ],
  };
}

function draft(transfer: Transfer): void {
  refuseUnless(transfer.state === "draft", "This transfer was signed already.");
}

/** Nothing is sealed here of what people carry: the waybill would not say that it is. */
function byLink({ carriage }: Transfer): void {
  refuseUnless(carriage === null, "This transfer does not go by secure link. Choose that method first.");
}

function unsealed(transfer: Transfer): Transfer {
  const nothing = { senderGrant: null, uploadId: null, sealed: null, recovery: null, shownTo: [], riskyReason: null };
  return { ...transfer, ...nothing };
}

function withoutAccess(recipient: Recipient): Recipient {
  return { ...recipient, grant: null, tokenHash: null };
}
