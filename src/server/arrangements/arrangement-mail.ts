import { randomId } from "../../bytes/random.ts";
import type { Message } from "../../domain/mail.ts";
import type { Member } from "../../domain/member.ts";
import { ROLES } from "../../domain/roles.ts";
import { ARRANGEMENT_LAPSE_DAYS, type StandingArrangement } from "../../domain/standing-arrangement.ts";
import type { Place } from "../parts.ts";

type Occasion = StandingArrangement["state"] | "reminded" | "covers-nothing";

const SAYS: Readonly<Record<Occasion, (by: string, role: string) => string>> = {
  asked: (by, role) => `${by} asks you, as ${role}, to agree in advance to a recurring transfer.`,
  reminded: (by, role) =>
    `${by} still waits for your answer, as ${role}: will you agree in advance to a recurring transfer?`,
  lapsed: (_, role) =>
    `Nobody answered as ${role} within ${ARRANGEMENT_LAPSE_DAYS} days, so your request about a recurring transfer has ended. You can describe it again.`,
  agreed: (by) => `${by} has agreed in advance to the recurring transfer that you described.`,
  refused: (by) => `${by} has not agreed to the recurring transfer that you described. The reason is on its page.`,
  "covers-nothing": (by, role) =>
    `${by}, who agreed in advance to the recurring transfer that you described, cannot agree to it as ${role} any more. It covers nothing from now on: what you send is put to whoever can agree now. To have it agreed in advance again, describe it anew.`,
  ended: (by) => `${by} has ended an arrangement for a recurring transfer.`,
};

/** Names who and the page, and nothing of what is arranged. @param to whoever has to know; @param by who did it */
export function arrangementMail(
  what: Occasion,
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
    subject:
      what === "asked" || what === "reminded"
        ? "Your agreement is asked for, in advance"
        : "About a standing arrangement",
    text: `Dear ${to.name},\n\n${says}\n\nSee it: ${place.origin}/arrangements/${id}\n`,
    reference: null,
    recipientId: null,
    createdAt: at,
  };
}
