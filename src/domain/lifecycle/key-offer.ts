import type { NewEvent } from "../event.ts";
import type { KeyOffer, Member } from "../member.ts";
import { refuseUnless, type Taken } from "./step.ts";

/** What one of these arrows changes: saved, and its event appended, in one transaction. */
export interface OfferStep {
  readonly member: Member;
  readonly event: NewEvent;
}

/** Where a key was offered: the transfer that its maker opened. */
export interface OfferedIn {
  readonly reference: string;
  readonly recipientId: string;
}

/** Whether their key is one that no sender has confirmed: nothing is ever sealed to it, and to senders they are the contact that they were. */
export function isUnconfirmed({ offer }: Pick<Member, "offer">): boolean {
  return offer !== null && offer.state !== "confirmed";
}

/** Whether somebody may offer a key: nobody is known under their address, or a key of theirs was refused or taken away before. */
export function mayOffer(known: Member | null): boolean {
  return known === null || known.offer?.state === "refused" || known.offer?.state === "withdrawn";
}

/** → offered: an outside recipient has shown the receipt token of a transfer and made a key. The caller has checked both. */
export function offerKey(
  known: Member | null,
  fresh: Pick<Member, "id" | "address" | "name">,
  where: OfferedIn,
  taken: Taken,
): OfferStep {
  refuseUnless(mayOffer(known), "There is an account for this address already.");
  const nobody = { phone: "", roles: [], lineManagerId: null, createdAt: taken.at } as const;
  const offer = { ...where, state: "offered", how: "words", at: taken.at, decidedBy: null, decidedAt: null } as const;
  const member: Member = { ...(known ?? { ...nobody, ...fresh }), state: "active", offer };
  const detail = { memberId: member.id };
  return { member, event: { kind: "key-offered", at: taken.at, actor: taken.by, ...where, detail } };
}

/** What stands in the account of somebody outside who is invited: until they join and a sender confirms, nothing is sealed to them. */
export function offerByInvitation(where: OfferedIn, at: string): KeyOffer {
  return { ...where, state: "offered", how: "link", at, decidedBy: null, decidedAt: null };
}

/** invited → active, key offered: somebody outside used their invitation. Its link came by email, which shows the mailbox and no more. */
export function joinFromOutside(member: Member, at: string): OfferStep {
  refuseUnless(member.state === "invited", "This invitation was used already.");
  const { reference, recipientId } = member.offer ?? { reference: "", recipientId: "" };
  const after: Member = { ...member, state: "active", offer: offerByInvitation({ reference, recipientId }, at) };
  const detail = { memberId: member.id, how: "link", offeredIn: reference };
  const actor = { kind: "member", id: member.id } as const;
  return { member: after, event: { kind: "key-offered", at, actor, reference: null, recipientId: null, detail } };
}

/** offered → confirmed: a sender says that it is theirs. From now on it is sealed to. */
export function confirmKey(member: Member, by: Member, at: string): OfferStep {
  return decided(member, "confirmed", by, at);
}

/** offered → refused: a sender says that it is not theirs. The caller ends their keys and sessions. */
export function refuseKey(member: Member, by: Member, at: string): OfferStep {
  const { member: after, event } = decided(member, "refused", by, at);
  return { member: { ...after, state: "deactivated" }, event };
}

/** offered or confirmed → withdrawn: its maker takes it away. The caller ends their keys and sessions. */
export function withdrawKey(member: Member, at: string): OfferStep {
  const { offer } = member;
  refuseUnless(
    member.state === "active" && (offer?.state === "offered" || offer?.state === "confirmed"),
    "There is no key here that you could remove.",
  );
  const event = eventOf("key-withdrawn", member, member, at);
  return { member: { ...member, state: "deactivated", offer: { ...offer, state: "withdrawn" } }, event };
}

function decided(member: Member, state: "confirmed" | "refused", by: Member, at: string): OfferStep {
  const { offer } = member;
  refuseUnless(
    member.state === "active" && offer?.state === "offered",
    "This key waits for nobody’s decision any more.",
  );
  const after = { ...offer, state, decidedBy: by.id, decidedAt: at };
  return { member: { ...member, offer: after }, event: eventOf(`key-${state}`, member, by, at) };
}

/** It belongs to no transfer; the one that the key was offered in is in the detail. */
function eventOf(
  kind: "key-confirmed" | "key-refused" | "key-withdrawn",
  member: Member,
  by: Member,
  at: string,
): NewEvent {
  const detail = { memberId: member.id, offeredIn: member.offer?.reference ?? "" };
  return { kind, at, actor: { kind: "member", id: by.id }, reference: null, recipientId: null, detail };
}
