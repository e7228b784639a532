import { Type } from "typebox";
import { DomainError } from "../../../domain/error.ts";
import { redirect } from "../../gate/redirect.ts";
import { type IncidentVisit, type Row, row } from "../../gate/row.ts";
import { render } from "../../render.ts";
import { act } from "./act-on-incident.ts";
import { ACTS, type Act, type Field, type Typed } from "./acts.ts";

const text = Type.Optional(Type.String({ maxLength: 5000 }));

/** What may be done about an incident, each act on a page of its own. */
export const incidentActRows: readonly Row[] = ACTS.flatMap((each) => [
  row({
    method: "GET",
    path: `/incidents/:id/${each.path}`,
    who: "incident-handler",
    handle: async (visit) => formPage(visit, each, {}, {}),
  }),
  row({
    method: "POST",
    path: `/incidents/:id/${each.path}`,
    who: "incident-handler",
    body: Type.Object(Object.fromEntries(each.names.map((name) => [name, text]))),
    handle: async (visit, sent) => {
      const typed: Typed = Object.fromEntries(each.names.map((name) => [name, String(sent[name] ?? "").trim()]));
      const read = await each.read(visit, typed);
      if ("errors" in read) return formPage(visit, each, typed, read.errors);
      try {
        await act(visit, read.step);
      } catch (error) {
        if (error instanceof DomainError && error.code === "not-now") return refusedPage(visit, each, typed, error);
        throw error;
      }
      return redirect(visit, `/incidents/${visit.incident.id}`);
    },
  }),
]);

/** What was typed is kept; where something has to be done first, the page says what and leads there. */
async function refusedPage(visit: IncidentVisit, each: Act, typed: Typed, { message }: DomainError): Promise<string> {
  const incident = await visit.parts.records.read.incident(visit.incident.id);
  const now = incident ? { ...visit, incident } : visit;
  const first = (await each.first?.(now)) ?? [];
  const name = each.names[0] ?? "";
  return formPage(now, each, typed, { [first.length > 0 ? "first" : name]: message }, 409);
}

async function formPage(
  visit: IncidentVisit,
  { path, title, lead, button, fields, first }: Act,
  typed: Typed,
  errors: Readonly<Record<string, string>>,
  status = Object.keys(errors).length > 0 ? 422 : 200,
): Promise<string> {
  const { incident } = visit;
  const asked: readonly Field[] = await fields(visit);
  const open = (await first?.(visit)) ?? [];
  const context = { title, lead: await lead(visit), button, path, fields: asked, typed, errors, incident, first: open };
  return render(visit, "incidents/act.njk", context, status);
}
