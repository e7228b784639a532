import { type Incident, readIncidentNumber } from "../../../domain/incident.ts";
import { problemsInWords } from "../../../domain/problem-words.ts";
import type { Reader } from "../../../domain/records.ts";
import { redirect } from "../../gate/redirect.ts";
import { type MemberVisit, type Row, row } from "../../gate/row.ts";
import { lookerOf, mayReadIncident } from "../../incidents/may-read.ts";
import { render } from "../../render.ts";
import { stateTag } from "./incident-words.ts";

const PAGE = 25;
/** How many are read at once to find a page of those that a member may see. */
const BATCH = 100;

/** What was reported, for whom it went to: the newest first. */
export const incidentsRows: readonly Row[] = [
  row({
    method: "GET",
    path: "/incidents",
    who: "colleague",
    handle: async (visit) => {
      const me = await lookerOf(visit.parts, visit.member);
      return listPage(visit, "/incidents", (incident) => mayReadIncident(me, incident) !== null);
    },
  }),
];

/**
 * A page of those that `sees` says may be seen, each of which is at `<path>/<number>`. Whoever reported one may give the number of any of its
 * reports: where one was typed, it leads there.
 */
export async function listPage(
  visit: MemberVisit,
  path: string,
  sees: (incident: Incident) => boolean,
): Promise<string | null> {
  const { parts, query } = visit;
  const { read } = parts.records;
  const typed = (query.number ?? "").trim().slice(0, 100);
  const number = readIncidentNumber(typed);
  const meant = number === null ? null : await read.incidentNumbered(number);
  if (meant && sees(meant)) return redirect(visit, `${path}/${number}`);
  const asked = Number(query.from ?? 0);
  const from = Number.isSafeInteger(asked) && asked > 0 ? asked : 0;
  const { found, next } = await readable(read, sees, from);
  const owners = new Map((await read.members()).map(({ id, name }) => [id, name]));
  return render(visit, "incidents/incidents.njk", {
    title: "Reported problems",
    path,
    // what an auditor sees as one is elsewhere, where every look is an event
    audits: path === "/incidents" && visit.member.roles.includes("auditor"),
    typed,
    errors: typed === "" ? {} : { number: "There is no reported problem with this number that you may see" },
    incidents: found.map((incident) => ({
      incident,
      what: problemsInWords(incident),
      others: incident.reports.map((each) => each.number).filter((each) => each !== incident.id),
      tag: stateTag(incident),
      owner: incident.ownerId ? (owners.get(incident.ownerId) ?? "A former colleague") : "",
    })),
    next,
    from,
  });
}

/** Those that may be seen; `next`: where the next page begins, null at the end. */
async function readable(read: Reader, sees: (incident: Incident) => boolean, from: number) {
  const found: Incident[] = [];
  for (let offset = from; ; offset += BATCH) {
    const some = await read.latestIncidents({ limit: BATCH, offset });
    for (const [index, incident] of some.entries()) {
      if (!sees(incident)) continue;
      if (found.length === PAGE) return { found, next: offset + index };
      found.push(incident);
    }
    if (some.length < BATCH) return { found, next: null };
  }
}
