import { authorityDeadline, openDecisions } from "../../../domain/incident.ts";
import { sentBy } from "../../../domain/lifecycle/incident-arrows.ts";
import { formatDateTime } from "../../format.ts";
import type { IncidentVisit } from "../../gate/row.ts";
import type { Declared } from "../../incidents/declared.ts";
import type { StillOpen } from "../../incidents/still-open.ts";

/** What happens next with an incident, in a sentence, and the one button for it. */
export interface NextStep {
  readonly says: string;
  readonly button: { readonly text: string; readonly href: string; readonly post: boolean } | null;
}

/**
 * @param open what has to be done before it can be closed, as far as the visitor may see it
 * @param declared what the waybills of its transfers declare about personal data; null where there are none
 * @param nameOf a member by their id
 */
export function nextStepOf(
  { incident, acts, parts, member }: IncidentVisit,
  open: readonly StillOpen[],
  declared: Declared | null,
  nameOf: (id: string) => string,
): NextStep {
  const { id, state, personal, dueAt, closedAt, ownerId } = incident;
  const now = parts.clock.now().toISOString();
  const go = (says: string, text: string, path: string, post = false): NextStep => ({
    says,
    button: acts ? { text, href: `/incidents/${id}/${path}`, post } : null,
  });
  if (state === "reported") {
    const by = formatDateTime(dueAt);
    const when =
      dueAt <= now
        ? `Nobody has acknowledged it by ${by}, so others were told too`
        : `Somebody has until ${by} to acknowledge it`;
    const whose = ownerId
      ? `More was reported since somebody had it. ${nameOf(ownerId)} looks after it still.`
      : "Whoever does looks after it until it is given to somebody else.";
    return go(`${when}. ${whose}`, "I have it: acknowledge", "acknowledge", true);
  }
  if (state === "closed") return { says: `It was closed on ${formatDateTime(closedAt ?? now)}.`, button: null };
  if (personal === null) {
    const end = authorityDeadline(incident);
    const clock =
      end <= now
        ? `The 72 hours since it was reported are over: they ended on ${formatDateTime(end)}.`
        : `Until that is said, a clock of 72 hours runs since it was reported: to ${formatDateTime(end)}.`;
    return go(
      `${declared ? `By the waybill: ${declared.says}, not confirmed. ` : ""}Nobody has said yet whether personal data is concerned. ${clock}`,
      "Say whether personal data is concerned",
      "personal",
    );
  }
  const [decision] = openDecisions(incident);
  if (personal && acts && sentBy(incident, member.id)) {
    return go(
      "You sent it, and personal data is concerned: that somebody is not told, and closing it, is for a colleague. Give it to one.",
      "Give it to somebody else",
      "owner",
    );
  }
  if (decision === "authority") {
    const by = authorityDeadline(incident);
    const late =
      by <= now
        ? "The 72 hours are over, and it still has to be decided"
        : `Until ${formatDateTime(by)} it has to be decided`;
    return go(
      `${late} whether the supervisory authority is told. The decision and its reason go on record.`,
      "Decide about the supervisory authority",
      "authority",
    );
  }
  if (decision === "people") {
    return go(
      "Decide whether the people are told whose data it is. They are told without delay when the risk to them is high.",
      "Decide about telling the people",
      "people",
    );
  }
  const [first] = open;
  if (first) {
    const more = open.length > 1 ? ` ${open.length - 1} more after that.` : "";
    const mine = acts || first.href.startsWith("/transfers/");
    return { says: `${first.says}.${more}`, button: mine ? { text: "Go there", href: first.href, post: false } : null };
  }
  return go("When everything is done, close it with what was learnt.", "Close it", "close");
}
