import type { StoredEvent } from "../../../domain/event.ts";
import type { Incident, Report, Standing, Telling, Told } from "../../../domain/incident.ts";
import { problemInWords } from "../../../domain/problem-words.ts";
import { formatDate } from "../../format.ts";
import { reportTextsIn } from "../../texts/report/texts.ts";

/** The state of an incident as a tag. */
export function stateTag({ state }: Incident): { readonly text: string; readonly classes: string } {
  return TAGS[state];
}

const TAGS = {
  reported: { text: "New", classes: "govuk-tag--red" },
  acknowledged: { text: "Open", classes: "govuk-tag--yellow" },
  closed: { text: "Closed", classes: "govuk-tag--grey" },
} as const satisfies Record<Incident["state"], object>;

const STANDINGS: Readonly<Record<Standing, (name: string) => string>> = {
  sender: (name) => `${name}, who sent it`,
  recipient: (name) => (name ? `${name}, a recipient` : "A recipient, who had shown that it is their mailbox"),
  link: () => "Somebody who holds a recipient’s link, and has not shown that it is their mailbox",
  sheet: () => "Somebody who has the reference and the code that came with it, and has not shown who they are",
  reference: (name) => name || "Somebody who knows the reference, and is not signed in",
  member: (name) => name,
  nobody: () => "Somebody who is not signed in",
};

/** Who reported it, by what they showed. @param name of a member, with their address; empty where there is none */
export function reporterInWords({ standing }: Report, name: string): string {
  return STANDINGS[standing](name) || "A former colleague";
}

export function kindInWords({ kind }: Pick<Report, "kind">): string {
  return reportTextsIn("en").kinds[kind];
}

/** What a report did about access. */
export function stoppedInWords({ stopped, kind }: Report): string {
  if (stopped === "ended") return "Access ended at once.";
  if (stopped === "paused") return "Access was paused by this report, for the sender to decide. Nothing was destroyed.";
  return kind === "wrong-person" ? "Access was not changed by this report." : "";
}

/** Whom it went to, by what they are to it. */
export function toldInWords({ as }: Told): string {
  return TOLD[as] ?? as;
}

const TOLD: Readonly<Record<string, string>> = {
  "line-manager": "line manager",
  "privacy-team": "privacy team",
  "security-team": "security team",
  "operational-security": "operational security",
  "information-compliance": "information compliance",
  "service-desk": "service desk",
  administrator: "administrator, as no line manager is on record",
  escalation: "as nobody had acknowledged it in time",
  copy: "copy",
  sender: "sender",
};

/** A decision about telling somebody. */
export function tellingInWords(about: "authority" | "people", { tell }: Telling): string {
  if (about === "authority")
    return tell ? "The supervisory authority is told" : "The supervisory authority is not told";
  return tell ? "The people whose data it is are told" : "The people whose data it is are not told";
}

/** One line of the timeline; null for an event that has none there. */
export function lineOf(
  { kind, detail, reference }: StoredEvent,
  nameOf: (id: string) => string,
): { readonly what: string; readonly more: string } | null {
  const text = (value: unknown) => (typeof value === "string" ? value : "");
  switch (kind) {
    case "incident-reported":
      return {
        what: `Reported: ${problemInWords(detail.problem)}`,
        more: joined(`Report ${detail.report}.`, exposed(detail, "Until then"), worse(detail), askedAgain(detail)),
      };
    case "incident-linked":
      return {
        what: `Transfer ${reference} linked`,
        more: joined(exposed(detail, "By then"), askedAgain(detail)),
      };
    case "incident-acknowledged":
      return { what: "Acknowledged", more: "" };
    case "incident-escalated":
      return { what: "Nobody had acknowledged it in time: others were told", more: "" };
    case "incident-deadline":
      return {
        what: detail.moment === "over" ? "The 72 hours were over" : "The 72 hours were to end within a day",
        more: "What has to be decided was not: whom it concerns was told.",
      };
    case "incident-given":
      return { what: `Given to ${nameOf(text(detail.owner))}`, more: "" };
    case "incident-noted":
      return { what: "Noted", more: text(detail.text) };
    case "incident-action-added":
      return {
        what: `To do by ${formatDate(text(detail.due))}: ${nameOf(text(detail.who))}`,
        more: text(detail.what),
      };
    case "incident-action-done":
      return { what: "Done", more: text(detail.what) };
    case "incident-stated":
      return {
        what: detail.personal ? "Personal data is concerned" : "No personal data is concerned",
        more: joined(
          text(detail.reason),
          detail.declared ? `The waybill declares: ${text(detail.declared)}.` : "",
          detail.as ? `Said as ${text(detail.as)}.` : "",
        ),
      };
    case "incident-decided":
      return {
        what: tellingInWords(detail.about === "people" ? "people" : "authority", {
          ...{ tell: detail.tell === true, reason: "", byMemberId: "", at: "" },
        }),
        more: joined(text(detail.reason), detail.as ? `Decided as ${text(detail.as)}.` : ""),
      };
    case "incident-closed":
      return reference ? null : { what: "Closed", more: text(detail.lessons) };
    case "incident-reopened":
      return reference ? null : { what: "Open again", more: text(detail.reason) };
    default:
      return null;
  }
}

function joined(...sentences: readonly string[]): string {
  return sentences.filter((each) => each !== "").join(" ");
}

function askedAgain({ asked, clock }: StoredEvent["detail"]): string {
  const anew = clock === "anew" ? " The 72 hours ran anew from then, and whoever decides was told by mail." : "";
  return asked === "again" ? `What was said about personal data and telling is asked again.${anew}` : "";
}

/** What a worse report changed. */
function worse({ before, acknowledge }: StoredEvent["detail"]): string {
  if (typeof before !== "string") return "";
  const anew = acknowledge === "again" ? " It has to be acknowledged anew." : "";
  return `It stood as “${problemInWords(before)}” before.${anew}`;
}

function exposed({ handed, opened }: StoredEvent["detail"], when: string): string {
  if (typeof handed !== "number" || typeof opened !== "number") return "";
  return `${when} ${people(handed)} had been handed what is sealed to them, and ${people(opened)} had proved that they opened it.`;
}

function people(count: number): string {
  return count === 0 ? "nobody" : count === 1 ? "one recipient" : `${count} recipients`;
}
