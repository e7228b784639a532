import type { EventKind, StoredEvent } from "../../../domain/event.ts";
import { ADVISER_ROLES } from "../../advice/advisers.ts";
import { decisionText, verdictText } from "../../advice/decisions.ts";
import type { Line } from "./happenings.ts";

/** What advisers were asked, told and have said, in the history of a transfer (SIS-15, SDT2-5). */
export const ADVICE_LINES: Partial<Record<EventKind, Line>> = {
  "advice-asked": {
    what: (detail, who) =>
      detail.question
        ? `${who} asked for advice: ${adviserIn(detail)}`
        : `Told of personal data to a third party: ${adviserIn(detail)}`,
    more: ({ question }) => String(question ?? ""),
  },
  "advice-answered": {
    what: (detail, who) => `${who} gave advice for ${adviserIn(detail)}`,
    more: ({ answer, verdict, impactAssessment }) =>
      [verdictText(verdict), String(answer ?? ""), decisionText(impactAssessment)]
        .filter((each) => each !== "")
        .join("\n"),
  },
  "advice-followed": {
    what: (detail, who) => `${who} said what was decided on what ${adviserIn(detail)} answered`,
    more: ({ outcome }) => String(outcome ?? ""),
  },
  "advice-superseded": {
    what: (detail) => `Closed without an answer: ${adviserIn(detail)}`,
    more: ({ again, asked }) =>
      asked === true
        ? "It was asked about other facts, and is asked anew"
        : again === true
          ? "It was about other facts than were signed now"
          : "What was signed now is nothing that they are told of",
  },
};

function adviserIn({ adviser }: StoredEvent["detail"]): string {
  const known: Readonly<Record<string, { readonly name: string }>> = ADVISER_ROLES;
  return known[String(adviser)]?.name ?? "an adviser";
}
