import type { Incident } from "../../../domain/incident.ts";
import type { Reader } from "../../../domain/records.ts";
import { type MemberVisit, type Row, row } from "../../gate/row.ts";
import { lookerOf, mayReadIncident } from "../../incidents/may-read.ts";
import { problemInWords } from "../../incidents/problem-words.ts";
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

/** A page of those that `sees` says may be seen, each of which is at `<path>/<number>`. */
export async function listPage(
  visit: MemberVisit,
  path: string,
  sees: (incident: Incident) => boolean,
): Promise<string> {
  const { parts, query } = visit;
  const { read } = parts.records;
  const asked = Number(query.from ?? 0);
  const from = Number.isSafeInteger(asked) && asked > 0 ? asked : 0;
  const { found, next } = await readable(read, sees, from);
  const owners = new Map((await read.members()).map(({ id, name }) => [id, name]));
  return render(visit, "incidents/incidents.njk", {
    title: "Reported problems",
    path,
    incidents: found.map((incident) => ({
      incident,
      what: problemInWords(incident.kind),
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
