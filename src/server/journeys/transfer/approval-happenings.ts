import type { EventKind, StoredEvent } from "../../../domain/event.ts";
import { ROLES } from "../../../domain/roles.ts";
import type { Line } from "./happenings.ts";

type Detail = StoredEvent["detail"];

/** Who was asked, what they saw, and what they answered. */
export const APPROVAL_LINES: Partial<Record<EventKind, Line>> = {
  "approver-access-chosen": {
    what: ({ count, addresses }) =>
      count === 0
        ? "You let nobody see the files before they answer"
        : `You let these see the files before they answer: ${String(addresses).replaceAll(" ", ", ")}`,
  },
  "approver-access-handed-out": {
    what: (detail) =>
      `${detail.name} (${detail.address}) was given access to the files, to answer as ${roleIn(detail)}`,
  },
  "approval-asked": { what: (detail) => `Asked for agreement: ${roleIn(detail)}` },
  "approval-given": { what: (detail, who) => `${who} agreed as ${roleIn(detail)}${inPlace(detail)}` },
  "approval-refused": {
    what: (detail, who) => `${who} refused as ${roleIn(detail)}${inPlace(detail)}`,
    more: ({ reason }) => String(reason ?? ""),
    failed: true,
  },
  "approval-superseded": {
    what: (detail) =>
      detail.was === "waiting"
        ? `No answer is needed any more: ${roleIn(detail)}`
        : detail.was === "refused"
          ? `An earlier refusal is answered by a change: ${roleIn(detail)}`
          : `An earlier agreement does not count any more: ${roleIn(detail)}`,
  },
  "approval-reminded": { what: (detail) => `Reminded: ${roleIn(detail)}` },
  "approval-escalated": { what: (detail) => `Whoever else may answer was asked: ${roleIn(detail)}` },
  "transfer-kept-back": {
    what: () => "Kept back, and the sender told: the agreement that it goes under does not hold any more",
    more: ({ end }) => String(end ?? ""),
    failed: true,
  },
  "approval-lapsed": { what: (detail) => `Nobody answered: ${roleIn(detail)}`, failed: true },
  "question-asked": { what: (_, who) => `${who} asked`, more: ({ text }) => String(text ?? "") },
  "question-answered": { what: (_, who) => `${who} answered`, more: ({ text }) => String(text ?? "") },
};

function roleIn({ role }: Detail): string {
  const known: Readonly<Record<string, string>> = ROLES;
  return (known[String(role)] ?? "somebody").toLowerCase();
}

function inPlace({ inPlaceOf }: Detail): string {
  return inPlaceOf ? ", as a deputy" : "";
}
