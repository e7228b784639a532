import { Type } from "typebox";
import { type AdviceLine, type AdviceRequest, waitsForOutcome } from "../../../domain/advice.ts";
import { aboutOtherFacts } from "../../advice/about-other-facts.ts";
import { ADVISER_ROLES, advises } from "../../advice/advisers.ts";
import { answerAdvice } from "../../advice/answer-advice.ts";
import { decisionText, verdictText } from "../../advice/decisions.ts";
import { followAdvice } from "../../advice/follow-advice.ts";
import { RECIPIENT, shownFacts } from "../../advice/shown-facts.ts";
import { takenBy } from "../../drafts/draft.ts";
import { ServerError } from "../../error.ts";
import { redirect } from "../../gate/redirect.ts";
import { type AdviserVisit, type Row, row } from "../../gate/row.ts";
import { render } from "../../render.ts";

const LONGEST = 5000;
const DECISIONS = ["needed", "not-needed", "made"] as const;
const VERDICTS = ["may-go", "may-not-go"] as const;

/** What advisers are asked, and their answers: the facts, never what is sealed. */
export const adviceRows: readonly Row[] = [
  row({
    method: "GET",
    path: "/advice",
    who: "colleague",
    handle: async (visit) => {
      const { read } = visit.parts.records;
      const names = new Map((await read.members()).map(({ id, name }) => [id, name]));
      const waiting = (await read.openAdvice()).filter((each) => advises(visit.member, each));
      return render(visit, "advice/advice-list.njk", {
        title: "Asked for advice",
        waiting: waiting.map((each) => ({
          ...each,
          by: names.get(each.askedBy) ?? "a former colleague",
          whom: ADVISER_ROLES[each.adviser].name,
        })),
      });
    },
  }),
  row({
    method: "GET",
    path: "/advice/:id",
    who: "adviser",
    handle: async (visit) => page(visit, NOTHING, {}),
  }),
  row({
    method: "POST",
    path: "/advice/:id",
    who: "adviser",
    body: Type.Object({
      answer: Type.String({ maxLength: 20_000 }),
      verdict: Type.Optional(Type.String({ maxLength: 40 })),
      impactAssessment: Type.Optional(Type.String({ maxLength: 40 })),
    }),
    handle: async (visit, body) => {
      const { parts, member, advice, answers } = visit;
      if (!answers) {
        throw new ServerError({ code: "not-allowed", message: "You asked this yourself. Nothing was changed." });
      }
      const answer = body.answer.trim();
      const { verdict: chosen = "", impactAssessment = "" } = body;
      const typed = { ...NOTHING, answer: body.answer, verdict: chosen, impactAssessment };
      const verdict = VERDICTS.find((each) => each === chosen) ?? null;
      const decision = DECISIONS.find((each) => each === typed.impactAssessment) ?? null;
      const errors: Record<string, string> = {};
      if (answer === "" || answer.length > LONGEST)
        errors.answer = `Write your answer, in ${LONGEST} characters or fewer`;
      // SDT2-6, SIS-15: an answer is a yes or a no, or nobody knows whether it may go.
      if (asksVerdict(advice) && verdict === null) errors.verdict = "Say whether it may go like this";
      // SDT2-5: the decision on an impact assessment is recorded.
      if (asksDecision(advice) && decision === null)
        errors.impactAssessment = "Say whether an impact assessment is needed";
      if (Object.keys(errors).length > 0) return page(visit, typed, errors);
      const taken = takenBy(parts, member);
      const said = {
        answer,
        verdict: asksVerdict(advice) ? verdict : null,
        impactAssessment: asksDecision(advice) ? decision : null,
      };
      await parts.records.write((tx) => answerAdvice(tx, advice.id, said, member, parts.place, taken));
      return redirect(visit, `/advice/${advice.id}`);
    },
  }),
  row({
    method: "POST",
    path: "/advice/:id/followed",
    who: "adviser",
    body: Type.Object({ outcome: Type.String({ maxLength: 20_000 }) }),
    handle: async (visit, body) => {
      const { parts, member, advice } = visit;
      if (advice.askedBy !== member.id) {
        const message = "What was decided is said by whoever sends it. Nothing was changed.";
        throw new ServerError({ code: "not-allowed", message });
      }
      const outcome = body.outcome.trim();
      if (outcome === "" || outcome.length > LONGEST) {
        const errors = { outcome: `Say what was decided, in ${LONGEST} characters or fewer` };
        return page(visit, { ...NOTHING, outcome: body.outcome }, errors);
      }
      await parts.records.write((tx) => followAdvice(tx, advice.id, outcome, takenBy(parts, member)));
      return redirect(visit, `/transfers/${advice.reference}`);
    },
  }),
];

interface Typed {
  readonly answer: string;
  readonly verdict: string;
  readonly impactAssessment: string;
  readonly outcome: string;
}
const NOTHING: Typed = { answer: "", verdict: "", impactAssessment: "", outcome: "" };

/** Whom the product only told was asked nothing. */
function asksVerdict({ question }: AdviceRequest): boolean {
  return question !== "";
}

/** SDT2-5: only the privacy team decides on impact assessments. */
function asksDecision({ adviser }: AdviceRequest): boolean {
  return adviser === "privacy-team";
}

async function page(visit: AdviserVisit, typed: Typed, errors: Readonly<Record<string, string>>): Promise<string> {
  const { advice, transfer, parts, answers } = visit;
  const { read } = parts.records;
  const sender = await read.member(transfer.senderId);
  const by = advice.answeredBy ? await read.member(advice.answeredBy) : null;
  const stale = (await aboutOtherFacts(parts, read, transfer))(advice);
  const now = await shownFacts(parts, read, transfer);
  const open = answers && advice.answeredAt === null && advice.supersededAt === null;
  const context = {
    title: open ? "Your advice is asked for" : "Advice",
    caption: ADVISER_ROLES[advice.adviser].name,
    advice,
    transfer,
    lines: advice.shown ?? now,
    kept: advice.shown !== null,
    stale,
    changed: stale && advice.shown ? differences(advice.shown, now) : [],
    sender,
    answers: open,
    by,
    asksVerdict: asksVerdict(advice),
    asksDecision: asksDecision(advice),
    verdict: verdictText(advice.verdict),
    decision: decisionText(advice.impactAssessment),
    follows: waitsForOutcome(advice) && advice.askedBy === visit.member.id,
    typed,
    errors,
  };
  return render(visit, "advice/advice.njk", context, Object.keys(errors).length > 0 ? 422 : 200);
}

/** What is different now; a recipient who is there no more is said so. */
function differences(then: readonly AdviceLine[], now: readonly AdviceLine[]): readonly AdviceLine[] {
  const lacks = (lines: readonly AdviceLine[]) => (each: AdviceLine) =>
    !lines.some(({ key, value }) => key === each.key && value === each.value);
  const gone = then.filter((each) => each.key === RECIPIENT).filter(lacks(now));
  return [...gone.map(({ value }) => ({ key: "Not a recipient any more", value })), ...now.filter(lacks(then))];
}
