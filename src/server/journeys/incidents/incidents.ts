import type { Incident } from "../../../domain/incident.ts";
import type { Member } from "../../../domain/member.ts";
import type { Reader } from "../../../domain/records.ts";
import { type Row, row } from "../../gate/row.ts";
import { mayReadIncident } from "../../incidents/may-read.ts";
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
      const { parts, member, query } = visit;
      const { read } = parts.records;
      const asked = Number(query.from ?? 0);
      const from = Number.isSafeInteger(asked) && asked > 0 ? asked : 0;
      const { found, next } = await readable(read, member, from);
      const owners = new Map((await read.members()).map(({ id, name }) => [id, name]));
      return render(visit, "incidents/incidents.njk", {
        title: "Reported problems",
        incidents: found.map((incident) => ({
          incident,
          what: problemInWords(incident.kind),
          tag: stateTag(incident),
          owner: incident.ownerId ? (owners.get(incident.ownerId) ?? "A former colleague") : "",
        })),
        next,
        from,
      });
    },
  }),
];

/** A page of those that the member may see; `next`: where the next page begins, null at the end. */
async function readable(read: Reader, member: Member, from: number) {
  const found: Incident[] = [];
  for (let offset = from; ; offset += BATCH) {
    const some = await read.latestIncidents({ limit: BATCH, offset });
    for (const [index, incident] of some.entries()) {
      if (mayReadIncident(member, incident) === null) continue;
      if (found.length === PAGE) return { found, next: offset + index };
      found.push(incident);
    }
    if (some.length < BATCH) return { found, next: null };
  }
}
