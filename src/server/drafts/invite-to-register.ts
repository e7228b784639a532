import { randomId } from "../../bytes/random.ts";
import { isWorkAddress } from "../../domain/address.ts";
import type { NewEvent } from "../../domain/event.ts";
import { mayOffer, offerByInvitation } from "../../domain/lifecycle/key-offer.ts";
import type { Taken } from "../../domain/lifecycle/step.ts";
import type { Member } from "../../domain/member.ts";
import type { Organisation } from "../../domain/organisation.ts";
import type { Writer } from "../../domain/records.ts";
import type { Recipient } from "../../domain/transfer.ts";
import { newInvitation } from "../journeys/join/invitation.ts";
import { invitation } from "../notices/notices.ts";
import type { Parts } from "../parts.ts";

/** Who invites, and for what. */
export interface Inviting {
  readonly parts: Parts;
  readonly sender: Member;
  readonly organisation: Organisation;
  readonly taken: Taken;
}

/**
 * OXM-22: invites an outside recipient to make a passkey and key of their own. They become a member without a work address:
 * they receive, and never send (SDT-17), and a sender
 * confirms their key before anything is sealed to it. A new invitation ends the one before. Whoever has joined already is left alone.
 */
export async function inviteToRegister(tx: Writer, inviting: Inviting, recipient: Recipient): Promise<void> {
  const { parts, sender, organisation, taken } = inviting;
  const known = await tx.memberByAddress(recipient.address);
  const again = known?.state === "deactivated" && mayOffer(known); // a key of theirs was refused, or they took it away
  if (known && known.state !== "invited" && !again) return;
  const outside = !isWorkAddress(recipient.address, organisation.workDomains);
  const where = { reference: recipient.reference, recipientId: recipient.id };
  const offer = outside ? offerByInvitation(where, taken.at) : null;
  const invitee: Member = (known && { ...known, state: "invited", offer }) ?? {
    id: randomId(),
    address: recipient.address,
    name: recipient.name,
    phone: "",
    roles: [],
    lineManagerId: null,
    offer,
    state: "invited",
    createdAt: taken.at,
  };
  const link = `${parts.place.origin}/join/${await newInvitation(parts, invitee.id)}`;
  await tx.saveMember(invitee);
  await tx.append({ ...memberInvited(taken), detail: { memberId: invitee.id } });
  await tx.post(invitation(recipient, { name: recipient.name, sender, organisation, link }, parts.place, taken.at));
}

function memberInvited(taken: Taken): Omit<NewEvent, "detail"> {
  return { kind: "member-invited", at: taken.at, actor: taken.by, reference: null, recipientId: null };
}
