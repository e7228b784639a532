import { authorityDeadline, type Incident, openDecisions } from "../../domain/incident.ts";
import { asSaid } from "../../domain/incident-said.ts";
import { problemsInWords } from "../../domain/problem-words.ts";
import type { Reader } from "../../domain/records.ts";
import { formatDate, formatDateTime } from "../format.ts";
import { type Looker, mayActOnIncident, mayReadIncident, wentTo } from "./may-read.ts";

/** One thing that waits for somebody: a sentence and a button, as the start page shows them. */
interface Waiting {
  readonly says: string;
  readonly button: string;
  readonly href: string;
}

/**
 * What incidents ask of a member: to acknowledge, to decide, to do, or to know of what they sent.
 * @param asked references of transfers of theirs about which they are asked to decide already: one thing is one line
 */
export async function waitingIncidents(
  read: Reader,
  member: Looker,
  now: string,
  asked: ReadonlySet<string>,
): Promise<readonly Waiting[]> {
  const open = await Promise.all((await read.openIncidents()).map((each) => asSaid(read, each)));
  return open.flatMap((incident) => linesFor(member, incident, now, asked));
}

function linesFor(member: Looker, incident: Incident, now: string, asked: ReadonlySet<string>): readonly Waiting[] {
  const sees = mayReadIncident(member, incident);
  if (sees === null) return [];
  const { id, state, ownerId, actions } = incident;
  const href = `/incidents/${id}`;
  const about = incident.transfers.map(({ reference }) => reference).join(", ");
  const what = `${id}${about ? ` about ${about}` : ""}`;
  const todo = actions.filter(({ whoId, doneAt }) => whoId === member.id && doneAt === null);
  const mine = todo.map((action) => ({
    says: `To do by ${formatDate(action.due)}, for ${id}: ${action.what}`,
    button: "Look at it",
    href,
  }));
  if (sees === "limited" || !mayActOnIncident(member, incident)) {
    const concerns = incident.transfers.some(
      ({ senderId, reference }) => senderId === member.id && !asked.has(reference),
    );
    const line = { says: `A problem was reported with what you sent: ${what}.`, button: "See what was reported", href };
    return concerns ? [line, ...mine] : mine;
  }
  if (state === "reported") {
    if (!wentTo(member, incident) && ownerId !== member.id) return mine;
    const late = incident.dueAt <= now ? " Nobody has acknowledged it in time." : "";
    // who had it before has more to look at than they knew
    const anew = ownerId === null ? "" : " It has to be acknowledged anew.";
    const begins = ownerId === null ? `${claimed(incident)}, ${what}` : `More was reported of ${what}`;
    const says = `${begins}: ${problemsInWords(incident)}.${anew}${late}${clockOver(incident, now)}`;
    return [{ says, button: "Look at it", href }, ...mine];
  }
  const decisions = decisionLines(member, incident, now, href);
  if (ownerId !== member.id) return [...decisions, ...mine];
  const yours = { says: `You look after ${what}.`, button: "Go on", href };
  return [...(decisions.length > 0 ? decisions : [yours]), ...mine];
}

/** What nobody has shown who they are says is a claim, until somebody who has says so too. */
function claimed({ reports }: Incident): string {
  const known = reports.some(({ standing }) => ["sender", "recipient", "member"].includes(standing));
  return known ? "A problem was reported" : "Somebody who has not shown who they are reports a problem";
}

/** Visible until decided, to its owner and to whoever answers for privacy; once it is overdue, to everybody whom it went to. */
function decisionLines(member: Looker, incident: Incident, now: string, href: string): readonly Waiting[] {
  const end = authorityDeadline(incident);
  const decides = incident.ownerId === member.id || member.roles.includes("privacy-team");
  const hears = decides || (end <= now && wentTo(member, incident)); // as the mail that the 72 hours are over
  if (!hears || incident.state === "reported") return [];
  const by = formatDateTime(end);
  const asks = (verb: "Say" | "Decide", what: string) =>
    end <= now ? `Overdue: the 72 hours ended on ${by}. ${verb} ${what}.` : `${verb} by ${by} ${what}.`;
  if (incident.personal === null) {
    return [{ says: asks("Say", `whether personal data is concerned: ${incident.id}`), button: "Say it", href }];
  }
  const open = openDecisions(incident).filter((about) => decides || about === "authority");
  return open.map((about) =>
    about === "authority"
      ? {
          says: asks("Decide", `whether the supervisory authority is told: ${incident.id}`),
          ...{ button: "Decide", href },
        }
      : { says: `Decide whether the people are told whose data it is: ${incident.id}.`, button: "Decide", href },
  );
}

/** That the time for telling the supervisory authority went by before anybody had it. */
function clockOver(incident: Incident, now: string): string {
  const end = authorityDeadline(incident);
  if (incident.personal === false || incident.authority !== null || end > now) return "";
  return ` Overdue: the 72 hours for telling the supervisory authority ended on ${formatDateTime(end)}.`;
}
