import { toBase64Url } from "../../../bytes/base64.ts";
import { randomBytes, randomId } from "../../../bytes/random.ts";
import type { Message } from "../../../domain/mail.ts";
import type { Member } from "../../../domain/member.ts";
import type { Organisation } from "../../../domain/organisation.ts";
import { ServerError } from "../../error.ts";
import { hashOf } from "../../gate/session.ts";
import type { Parts } from "../../parts.ts";
import { now } from "../../passkeys/enrolment.ts";

const DAYS = 7;

/** A new invitation: its link works once, for seven days; an earlier one of the same member ends. @returns the link's token */
export async function newInvitation(parts: Parts, memberId: string): Promise<string> {
  const token = toBase64Url(randomBytes(32));
  await endInvitations(parts, memberId);
  const until = new Date(parts.clock.now().getTime() + DAYS * 24 * 60 * 60_000);
  await parts.ephemera.put("invitation", hashOf(token), { owner: memberId }, until);
  return token;
}

export async function endInvitations(parts: Parts, memberId: string): Promise<void> {
  await parts.ephemera.removeOwned("invitation", memberId);
}

/**
 * The member that a link invites, while it is good.
 * @throws ServerError `gone`, the same for a used, an old and an invented link.
 */
export async function invited(parts: Parts, token: string): Promise<Member> {
  const invitation = await parts.ephemera.get("invitation", hashOf(token), parts.clock.now());
  const member = invitation ? await parts.records.read.member(invitation.owner) : null;
  if (member?.state === "invited") return member;
  throw over();
}

/** The refusal of a link that invites nobody any more. */
export function over(): ServerError {
  return new ServerError({
    code: "gone",
    message:
      "This invitation is over: it was used, replaced by a newer one, or is older than seven days. Ask the administrator who invited you for a new one. If you have joined already, sign in.",
  });
}

/** The mail with the link. It tells how to check that it is genuine, as every mail of ours. */
export function invitationMail(
  parts: Parts,
  organisation: Organisation,
  member: Pick<Member, "address" | "name">,
  by: Member,
  token: string,
): Message {
  const text = [
    `Hello ${member.name},`,
    `${by.name} (${by.address}) invites you to Waybill, with which ${organisation.name} sends and receives sensitive information.`,
    `To join, open this address on a device that keeps passkeys (a recent phone or computer). It works once, for seven days:`,
    `${parts.place.origin}/join/${token}`,
    `Is this genuine? Ring ${by.name} on a number that you know, or ${organisation.name} on the number that you find on its website, ${organisation.website}. Nobody will ever ask you for a password.`,
    `If you did not expect this, do nothing, and tell ${by.name}.`,
  ].join("\n\n");
  return {
    id: randomId(),
    to: member.address,
    subject: `Join Waybill at ${organisation.name}`,
    text: `${text}\n`,
    reference: null,
    recipientId: null,
    createdAt: now(parts),
  };
}
