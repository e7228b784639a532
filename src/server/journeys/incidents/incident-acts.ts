import { Type } from "typebox";
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
      await act(visit, read.step);
      return redirect(visit, `/incidents/${visit.incident.id}`);
    },
  }),
]);

async function formPage(
  visit: IncidentVisit,
  { path, title, lead, button, fields }: Act,
  typed: Typed,
  errors: Readonly<Record<string, string>>,
): Promise<string> {
  const { incident } = visit;
  const asked: readonly Field[] = await fields(visit);
  const context = { title, lead: lead(visit), button, path, fields: asked, typed, errors, incident };
  return render(visit, "incidents/act.njk", context, Object.keys(errors).length > 0 ? 422 : 200);
}
