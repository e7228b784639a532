import { type Static, Type } from "typebox";
import { reportProblem } from "../../../domain/lifecycle/recipient-arrows.ts";
import { act } from "../../api/receiving-act.ts";
import { tellSender } from "../../api/receiving-news.ts";
import { redirect } from "../../gate/redirect.ts";
import { type RecipientVisit, type Row, row } from "../../gate/row.ts";
import { receivePage } from "./receive-page.ts";
import { standing } from "./standing.ts";

const LONGEST = 1000;
const form = Type.Object({ kind: Type.Optional(Type.String()), detail: Type.Optional(Type.String()) });
type Form = Static<typeof form>;

/** “Something is wrong”: recorded, and the sender is told at once. */
export const problemRows: readonly Row[] = [
  row({
    method: "GET",
    path: "/r/:id/problem",
    who: "recipient",
    handle: async (visit) => {
      const found = await standing(visit);
      return typeof found === "string" ? found : problemPage(visit, found, {}, {});
    },
  }),
  row({
    method: "POST",
    path: "/r/:id/problem",
    who: "recipient",
    body: form,
    rates: [{ times: 10, seconds: 3600, by: "target" }],
    handle: async (visit, typed) => {
      const found = await standing(visit);
      if (typeof found === "string") return found;
      const { kind } = typed;
      const text = (typed.detail ?? "").trim();
      if (kind === "not-for-me") return redirect(visit, `/r/${visit.recipient.id}/not-for-me`);
      if (kind !== "missing" && kind !== "damaged" && kind !== "other") {
        return problemPage(visit, found, typed, { kind: "choose" });
      }
      if (text.length > LONGEST) return problemPage(visit, found, typed, { detail: "tooLong" });
      await act(visit.parts, visit.recipient.id, "recipient", async (now) => {
        await tellSender(visit.parts, now, "problem");
        return reportProblem(now.transfer, now.recipient, { kind, text }, now.taken);
      });
      return receivePage(visit, "said", found, (t) => ({
        title: t.problem.thanksTitle,
        said: [t.problem.thanks(found.sender)],
        onward: `/r/${visit.recipient.id}`,
        here: `/r/${visit.recipient.id}`,
      }));
    },
  }),
];

function problemPage(
  visit: RecipientVisit,
  found: Exclude<Awaited<ReturnType<typeof standing>>, string>,
  typed: Form,
  mistakes: Readonly<Record<string, "choose" | "tooLong">>,
): string {
  return receivePage(
    visit,
    "problem",
    found,
    (t) => ({
      title: t.problem.title,
      lead: t.problem.lead(found.sender),
      typed,
      errors: Object.fromEntries(Object.entries(mistakes).map(([field, which]) => [field, t.problem[which]])),
      here: `/r/${visit.recipient.id}/problem`,
    }),
    Object.keys(mistakes).length > 0 ? 422 : 200,
  );
}
