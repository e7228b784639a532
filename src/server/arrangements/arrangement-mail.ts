import { randomId } from "../../bytes/random.ts";
import type { Message } from "../../domain/mail.ts";
import type { Member } from "../../domain/member.ts";
import { ROLES } from "../../domain/roles.ts";
import type { StandingArrangement } from "../../domain/standing-arrangement.ts";
import type { Place } from "../parts.ts";

const SAYS: Readonly<Record<StandingArrangement["state"], (by: string, role: string) => string>> = {
  asked: (by, role) => `${by} asks you, as ${role}, to agree in advance to a recurring transfer.`,
  agreed: (by) => `${by} has agreed in advance to the recurring transfer that you described.`,
  refused: (by) => `${by} has not agreed to the recurring transfer that you described. The reason is on its page.`,
  ended: (by) => `${by} has ended an arrangement for a recurring transfer.`,
};

/** Names who and the page, and nothing of what is arranged. @param to whoever has to know; @param by who did it */
export function arrangementMail(
  what: StandingArrangement["state"],
  { id, role }: StandingArrangement,
  to: Member,
  by: Member,
  place: Place,
  at: string,
): Message {
  const says = SAYS[what](`${by.name} (${by.address})`, ROLES[role].toLowerCase());
  return {
    id: randomId(),
    to: to.address,
    subject: what === "asked" ? "Your agreement is asked for, in advance" : "About a standing arrangement",
    text: `Dear ${to.name},\n\n${says}\n\nSee it: ${place.origin}/arrangements/${id}\n`,
    reference: null,
    recipientId: null,
    createdAt: at,
  };
}
