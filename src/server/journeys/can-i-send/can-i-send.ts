import type { Static } from "typebox";
import type { Advice } from "../../../domain/assessment.ts";
import { ABOVE_OFFICIAL } from "../../../domain/facts.ts";
import { assess } from "../../../policy/assess.ts";
import { refusedOutright } from "../../assessing/conditions.ts";
import { policyNow } from "../../assessing/policy-now.ts";
import { type ShownMethod, shownMethods } from "../../assessing/shown-methods.ts";
import { redirect } from "../../gate/redirect.ts";
import { type MemberVisit, type Row, row } from "../../gate/row.ts";
import { keepForm, keptForm } from "../../kept-form.ts";
import { render } from "../../render.ts";
import { classificationChoices } from "../send/classification-choices.ts";
import { answersBody, factsFrom, isAboutPeople, mistakesIn, readAnswers, type TypedAnswers } from "./typed-answers.ts";
import { answersInWords, questionChoices } from "./words.ts";

const PATH = "/can-i-send";

/**
 * "Can I send this?": seven questions, and every method as the rules answer now. What was answered is kept for whoever answered it, for
 * half a day, so that a reload sends nothing again; nothing of it goes on record.
 */
export const canISendRows: readonly Row[] = [
  row({
    method: "GET",
    path: "/can-i-send",
    who: "colleague",
    handle: async (visit) => {
      const kept = await keptForm(visit, PATH);
      if (kept === null) return ask(visit, readAnswers({}), {});
      const typed = JSON.parse(kept.typed) as TypedAnswers; // our own text, of answers that were read
      return kept.back ? ask(visit, typed, {}) : whatFollows(visit, typed);
    },
  }),
  row({
    method: "POST",
    path: "/can-i-send",
    who: "colleague",
    body: answersBody,
    rates: [{ times: 300, seconds: 600, by: "caller" }],
    handle: async (visit, body: Static<typeof answersBody>) => {
      const typed = readAnswers(body);
      const again = body.again === "yes";
      const address = await keepForm(visit, PATH, { typed: JSON.stringify(typed), back: again });
      if (address !== null) return redirect(visit, address);
      return again ? ask(visit, typed, {}) : whatFollows(visit, typed);
    },
  }),
];

function whatFollows(visit: MemberVisit, typed: TypedAnswers): string {
  const above = ABOVE_OFFICIAL.find((each) => each === typed.classification);
  if (above) return refused(visit, above);
  const errors = mistakesIn(typed, policyNow(visit.parts).settings);
  return Object.keys(errors).length > 0 ? ask(visit, typed, errors) : answer(visit, typed);
}

/** For the classification alone, so that nothing else is asked. */
function refused(visit: MemberVisit, classification: (typeof ABOVE_OFFICIAL)[number]): string {
  const sender = { address: visit.member.address, device: null, network: null };
  const now = visit.parts.clock.now();
  return render(visit, "can-i-send/refused.njk", {
    title: "No: this cannot be sent here",
    refusals: refusedOutright(policyNow(visit.parts), { classification, sender }, now),
  });
}

function ask(visit: MemberVisit, typed: TypedAnswers, errors: Readonly<Record<string, string>>): string {
  const { settings } = policyNow(visit.parts);
  const context = {
    title: "Can I send this?",
    typed,
    errors,
    ...classificationChoices(settings.rules),
    ...questionChoices(settings),
  };
  return render(visit, "can-i-send/questions.njk", context, Object.keys(errors).length > 0 ? 422 : 200);
}

function answer(visit: MemberVisit, typed: TypedAnswers): string {
  const { parts, member, organisation } = visit;
  const policy = policyNow(parts);
  const now = parts.clock.now();
  const facts = factsFrom(typed, policy.settings, member.address);
  const assessment = assess(policy, facts, { now, roles: () => false });
  const { common, methods } = withoutCommon(shownMethods(assessment, true, policy.settings));
  const link = methods.find(({ method }) => method === "secure-link");
  return render(visit, "can-i-send/answer.njk", {
    title: "What the rules say",
    typed,
    said: answersInWords(typed, policy.settings),
    at: now.toISOString(),
    common,
    best: methods[0],
    others: methods.slice(1),
    bulk: assessment.people.bulk,
    sendable: link !== undefined && link.verdict !== "refused",
    digest: policy.digest,
    carried: sendFields(typed, organisation.expiryDays),
    facts: JSON.stringify(facts),
  });
}

/** What every method asks for or advises is said once, and each says what it asks beside that. */
function withoutCommon(methods: readonly ShownMethod[]) {
  const [first] = methods;
  const inAll = <T extends Advice>(of: (method: ShownMethod) => readonly T[]) =>
    (first ? of(first) : []).filter(({ says }) => methods.every((each) => of(each).some((one) => one.says === says)));
  const common = { needs: inAll(({ needs }) => needs), advice: inAll(({ advice }) => advice) };
  const rest = <T extends Advice>(all: readonly T[], said: readonly Advice[]) =>
    all.filter(({ says }) => !said.some((one) => one.says === says));
  return {
    common,
    methods: methods.map((each) => ({
      ...each,
      needs: rest(each.needs, common.needs),
      advice: rest(each.advice, common.advice),
    })),
  };
}

/** What the pages of sending take of it. They ask for the rest, and for nothing of this again. */
function sendFields(typed: TypedAnswers, expiryDays: number): Readonly<Record<string, string>> {
  const has = (content: string) => (typed.contents.includes(content) ? "yes" : "no");
  const personal = isAboutPeople(typed);
  return {
    recipients: typed.address,
    classification: typed.classification,
    personal: personal ? "yes" : "no",
    sensitive: has("sensitive"),
    criminalJustice: has("criminalJustice"),
    ...(personal
      ? {
          special: has("special"),
          offences: has("offences"),
          people: typed.people,
          namesWithAddresses: has("namesWithAddresses"),
        }
      : {}),
    individuals: typed.individuals,
    organisation: typed.organisation,
    expiry: String(expiryDays),
    back: "yes",
  };
}
