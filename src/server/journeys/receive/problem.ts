import { type Static, Type } from "typebox";
import type { IncidentKind } from "../../../domain/incident.ts";
import { reportProblem } from "../../../domain/lifecycle/recipient-arrows.ts";
import { act } from "../../api/receiving-act.ts";
import { tellSender } from "../../api/receiving-news.ts";
import { redirect } from "../../gate/redirect.ts";
import { type RecipientVisit, type Row, row } from "../../gate/row.ts";
import { reportByRecipient } from "../../incidents/report-by-recipient.ts";
import { reportTextsIn } from "../../texts/report/texts.ts";
import { receivePage } from "./receive-page.ts";
import { standing } from "./standing.ts";

const LONGEST = 1000;
const form = Type.Object({ kind: Type.Optional(Type.String()), detail: Type.Optional(Type.String()) });
type Form = Static<typeof form>;

/** What can be chosen, with what it is to the sender and as an incident (SIS-27: also where nothing seems lost). */
const KINDS = {
  missing: { problem: "missing", incident: "missing" },
  damaged: { problem: "damaged", incident: "damaged" },
  "opened-by-other": { problem: "other", incident: "opened-by-other" },
  lost: { problem: "other", incident: "lost" },
  "suspicious-message": { problem: "other", incident: "suspicious-message" },
  other: { problem: "other", incident: "near-miss" },
} as const satisfies Record<
  string,
  { readonly problem: "missing" | "damaged" | "other"; readonly incident: IncidentKind }
>;
const CHOICES: Readonly<Record<string, (typeof KINDS)[keyof typeof KINDS]>> = KINDS;

/** “Something is wrong”: recorded, the sender is told at once, and so is whoever looks into such things (SDT-29, SDT-30). */
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
      const chosen = kind !== undefined && Object.hasOwn(CHOICES, kind) ? CHOICES[kind] : undefined;
      if (!chosen) {
        return problemPage(visit, found, typed, { kind: "choose" });
      }
      if (text.length > LONGEST) return problemPage(visit, found, typed, { detail: "tooLong" });
      await act(visit.parts, visit.recipient.id, "recipient", async (now) => {
        await tellSender(visit.parts, now, "problem");
        await reportByRecipient(visit.parts, now, { kind: chosen.incident, words: text, stopped: null });
        return reportProblem(now.transfer, now.recipient, { kind: chosen.problem, text }, now.taken);
      });
      return receivePage(visit, "said", found, (t) => ({
        title: t.problem.thanksTitle(found.sender, visit.organisation),
        said: [t.problem.thanks(found.sender, visit.organisation)],
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
    (t, language) => ({
      w: reportTextsIn(language),
      title: t.problem.title,
      lead: t.problem.lead(found.sender, visit.organisation),
      typed,
      errors: Object.fromEntries(Object.entries(mistakes).map(([field, which]) => [field, t.problem[which]])),
      here: `/r/${visit.recipient.id}/problem`,
    }),
    Object.keys(mistakes).length > 0 ? 422 : 200,
  );
}
