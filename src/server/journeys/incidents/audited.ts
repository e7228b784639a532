import type { Incident } from "../../../domain/incident.ts";
import { ServerError } from "../../error.ts";
import { redirect } from "../../gate/redirect.ts";
import { type MemberVisit, type Row, row } from "../../gate/row.ts";
import { isOpen, keepOpen, look } from "../../records/looks.ts";
import { render } from "../../render.ts";
import { incidentPage } from "./incident.ts";
import { listPage } from "./incidents.ts";

const RATES = [{ times: 300, seconds: 600, by: "caller" }] as const;
const LIST = "/records/incidents";

/** SIS-37: reported problems as an auditor sees them. Every look is an event first; nothing can be changed. */
export const auditedIncidentRows: readonly Row[] = [
  row({
    method: "GET",
    path: LIST,
    who: "auditor",
    handle: async (visit) =>
      (await isOpen(visit, LIST)) ? listPage(visit, LIST, () => true) : openPage(visit, "Reported problems", LIST),
  }),
  row({
    method: "POST",
    path: LIST,
    who: "auditor",
    rates: RATES,
    handle: async (visit) => {
      await look(visit, "records-searched", null, { incidents: true });
      await keepOpen(visit, LIST);
      return redirect(visit, LIST);
    },
  }),
  row({
    method: "GET",
    path: `${LIST}/:id`,
    who: "auditor",
    handle: async (visit) => {
      const incident = await incidentOf(visit);
      if (await isOpen(visit, incident.id))
        return incidentPage({ ...visit, incident, sees: "whole", acts: false }, LIST);
      return openPage(visit, `Reported problem ${incident.id}`, `${LIST}/${incident.id}`);
    },
  }),
  row({
    method: "POST",
    path: `${LIST}/:id`,
    who: "auditor",
    rates: RATES,
    handle: async (visit) => {
      const { id } = await incidentOf(visit);
      await look(visit, "record-opened", null, { incident: id });
      await keepOpen(visit, id);
      return redirect(visit, `${LIST}/${id}`);
    },
  }),
];

async function incidentOf({ parts, params }: MemberVisit): Promise<Incident> {
  const incident = await parts.records.read.incidentNumbered(params.id ?? "");
  if (incident) return incident;
  throw new ServerError({ code: "no-such-page", message: "There is no reported problem with this number." });
}

function openPage(visit: MemberVisit, title: string, path: string): string {
  return render(visit, "incidents/open.njk", { title, path });
}
