import { authorityDeadline, type Incident, openDecisions } from "../../domain/incident.ts";
import type { Reader } from "../../domain/records.ts";
import { formatDate, formatDateTime } from "../format.ts";
import { asSaid } from "./declared.ts";
import { type Looker, mayActOnIncident, mayReadIncident, wentTo } from "./may-read.ts";
import { problemInWords } from "./problem-words.ts";

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
  const { id, state, kind, ownerId, actions } = incident;
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
    if (!wentTo(member, incident)) return mine;
    const late = incident.dueAt <= now ? " Nobody has acknowledged it in time." : "";
    return [
      { says: `${claimed(incident)}, ${what}: ${problemInWords(kind)}.${late}`, button: "Look at it", href },
      ...mine,
    ];
  }
  if (ownerId !== member.id) return [...decisionLines(member, incident, href), ...mine];
  const decisions = decisionLines(member, incident, href);
  const yours = { says: `You look after ${what}.`, button: "Go on", href };
  return [...(decisions.length > 0 ? decisions : [yours]), ...mine];
}

/** What nobody has shown who they are says is a claim, until somebody who has says so too. */
function claimed({ reports }: Incident): string {
  const known = reports.some(({ standing }) => ["sender", "recipient", "member"].includes(standing));
  return known ? "A problem was reported" : "Somebody who has not shown who they are reports a problem";
}

/** Visible until decided, to its owner and to whoever answers for privacy. */
function decisionLines(member: Looker, incident: Incident, href: string): readonly Waiting[] {
  const decides = incident.ownerId === member.id || member.roles.includes("privacy-team");
  if (!decides || incident.state === "reported") return [];
  const by = formatDateTime(authorityDeadline(incident));
  if (incident.personal === null) {
    return [{ says: `Say by ${by} whether personal data is concerned: ${incident.id}.`, button: "Say it", href }];
  }
  return openDecisions(incident).map((about) =>
    about === "authority"
      ? { says: `Decide by ${by} whether the supervisory authority is told: ${incident.id}.`, button: "Decide", href }
      : { says: `Decide whether the people are told whose data it is: ${incident.id}.`, button: "Decide", href },
  );
}
