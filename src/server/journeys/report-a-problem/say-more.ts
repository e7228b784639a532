import { type Static, Type } from "typebox";
import { type AnonymousVisit, type Row, row } from "../../gate/row.ts";
import { takeMore } from "../../incidents/say-more.ts";
import { reportPage } from "./report-a-problem.ts";

const LONGEST = 1000;
const LONGEST_REACH = 200;
const text = Type.Optional(Type.String({ maxLength: 5000 }));
const form = Type.Object({ adding: text, asks: text, words: text, reach: text });
type Form = Static<typeof form>;

/** What may be added to a report after it was sent, such as how whoever made it can be reached: nobody has to. */
export const sayMoreRows: readonly Row[] = [
  row({
    method: "POST",
    path: "/report/more",
    who: "anonymous",
    body: form,
    rates: [{ times: 60, seconds: 3600, by: "caller" }],
    handle: async (visit, typed) => {
      const words = (typed.words ?? "").trim();
      const reach = (typed.reach ?? "").trim();
      const mistakes = {
        ...(words.length > LONGEST ? { words: "tooLong" as const } : {}),
        ...(reach.length > LONGEST_REACH ? { reach: "reachTooLong" as const } : {}),
      };
      if (Object.keys(mistakes).length > 0) return againPage(visit, typed, mistakes);
      const number = await takeMore(visit, typed.adding ?? "", { words, reach });
      return reportPage(visit, "sent", (t) => ({
        title: number === null ? t.moreGoneTitle : t.moreDoneTitle,
        number,
        said: number === null ? t.moreGone(visit.organisation) : t.moreDone,
      }));
    },
  }),
];

function againPage(
  visit: AnonymousVisit,
  typed: Form,
  mistakes: Readonly<Partial<Record<"words" | "reach", "tooLong" | "reachTooLong">>>,
): string {
  const asks = typed.asks === "reach" || typed.asks === "words" ? typed.asks : "both";
  return reportPage(
    visit,
    "sent",
    (t) => ({
      title: t.moreTitle,
      said: [],
      adding: { token: typed.adding ?? "", asks },
      typed,
      errors: Object.fromEntries(Object.entries(mistakes).map(([field, which]) => [field, t[which]])),
    }),
    422,
  );
}
