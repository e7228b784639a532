import { randomId } from "../../bytes/random.ts";
import type { Incident, Told } from "../../domain/incident.ts";
import type { Message } from "../../domain/mail.ts";
import type { Place } from "../parts.ts";

/** Why somebody is written to. */
export type IncidentOccasion = keyof typeof OPENING;

const OPENING = {
  reported: "A problem was reported.",
  "reported-again": "A problem that was reported before was reported again.",
  worse: "More was reported of a problem that was reported before, and it may be worse than it seemed.",
  escalated: "A problem was reported, and nobody has said in time that they have it.",
  given: "A problem that was reported is yours to look after now.",
  action: "Something is to be done about a problem that was reported, and it is yours to do.",
  reopened: "A problem that was closed is open again.",
  soon: "A problem was reported, and the 72 hours for what has to be decided about it end within a day.",
  anew: "More was found out about a problem. What was decided about it is asked again, and the 72 hours for that run anew from now.",
  over: "A problem was reported. The 72 hours for what has to be decided about it are over, and it is not decided.",
} as const;

/** What whoever handles it does next; where an occasion says nothing else, they acknowledge it. */
const NEXT: Readonly<Partial<Record<IncidentOccasion, string>>> = {
  worse: "Read it and say again that you have it: others are told when nobody does in time.",
  soon: "Read what has to be decided, and decide it or see that somebody does.",
  anew: "Read what was found out, and whether it is new: what was known before has its own 72 hours, which nothing puts off.",
  over: "Read what has to be decided, and decide it or see that somebody does.",
};

/** SDT-16: names its number and where to read it, and nothing of what happened, to whom, or with what. */
export function incidentMail(
  occasion: IncidentOccasion,
  { id, transfers }: Incident,
  to: Pick<Told, "as" | "name" | "address">,
  place: Place,
  at: string,
): Message {
  const greeting = to.name.startsWith("the ") ? `To ${to.name},` : `Dear ${to.name},`;
  const sent = transfers.at(-1)?.reference;
  const lines =
    to.as === "sender"
      ? [
          `${OPENING[occasion]} It may be about something that you sent${sent ? `, ${sent}` : ""}. Nothing was destroyed unless that page says so. If it may have reached the wrong person, see at once whether access is paused or has ended.`,
          `Number: ${id}\nRead what was reported: ${place.origin}/incidents/${id}`,
        ]
      : [
          `${OPENING[occasion]} ${NEXT[occasion] ?? "Read it and say that you have it: others are told when nobody does in time."}`,
          `Number: ${id}\nRead it: ${place.origin}/incidents/${id}`,
          "You sign in first. Whoever has no account here asks an administrator to read it for them.",
        ];
  return {
    id: randomId(),
    to: to.address,
    subject: `${id}: a problem was reported`,
    text: `${[greeting, ...lines].join("\n\n")}\n`,
    reference: null,
    recipientId: null,
    createdAt: at,
  };
}
