import { Type } from "typebox";
import { refuseUnless } from "../../../domain/lifecycle/step.ts";
import { policyNow } from "../../assessing/policy-now.ts";
import { asksCriminalJustice, type Questions, questionsOf } from "../../assessing/questions.ts";
import { needsImpact, readFacts } from "../../drafts/facts.ts";
import { restate } from "../../drafts/restate.ts";
import { redirect } from "../../gate/redirect.ts";
import { type Row, row, type SenderVisit } from "../../gate/row.ts";
import { render } from "../../render.ts";
import { yesOrNo } from "./typed-description.ts";
import { readInformation, yesNo } from "./typed-information.ts";

const text = Type.Optional(Type.String({ maxLength: 20 }));
const body = Type.Object({
  minimised: text,
  special: text,
  offences: text,
  people: text,
  namesWithAddresses: text,
  criminalJustice: text,
  individuals: text,
  organisation: text,
});

interface Typed {
  readonly minimised: string;
  readonly special: string;
  readonly offences: string;
  readonly people: string;
  readonly namesWithAddresses: string;
  readonly criminalJustice: string;
  readonly individuals: string;
  readonly organisation: string;
}

/** SDT-6, SIS-4, SIS-5: what is stated of the information, changed without describing everything again. What is sealed is kept. */
export const meetFactsRows: readonly Row[] = [
  row({
    method: "GET",
    path: "/transfers/:ref/facts",
    who: "sender",
    handle: async (visit) => {
      const { facts, state } = visit.transfer;
      refuseUnless(state === "draft", "This transfer was signed already, so it cannot be changed.");
      return page(visit, {
        minimised: facts.minimised ? "yes" : "",
        special: yesOrNo(facts.special),
        offences: yesOrNo(facts.offences),
        people: facts.people === null ? "" : String(facts.people),
        namesWithAddresses: yesOrNo(facts.namesWithAddresses),
        criminalJustice: yesOrNo(facts.criminalJustice),
        ...facts.impact,
      });
    },
  }),
  row({
    method: "POST",
    path: "/transfers/:ref/facts",
    who: "sender",
    body,
    handle: async (visit, sent) => {
      const typed: Typed = { ...BLANK, ...sent };
      const { transfer, parts } = visit;
      const policy = policyNow(parts);
      const questions = questionsOf(policy, transfer.facts.classification);
      const { personal } = transfer.facts;
      const information = readInformation(typed, personal, questions);
      const minimised = questions.minimised ? typed.minimised === "yes" : null;
      const { individuals, organisation } = typed;
      const read = readFacts(
        { ...transfer.facts, recordCopy: null, individuals, organisation },
        policy.settings.rules,
        {
          ...transfer.facts,
          ...information.stated,
          minimised,
        },
      );
      const asked = asksJustice(visit);
      const said = yesNo(typed.criminalJustice);
      const errors = {
        ...information.errors,
        ...(asked && said === null && { criminalJustice: "Say whether it is for criminal justice" }),
        ...(read.ok ? {} : read.errors),
      };
      if (!read.ok || Object.keys(errors).length > 0) return page(visit, typed, errors);
      const { impact } = read.facts;
      await restate(visit, (facts) => {
        const criminalJustice = asked ? said : facts.criminalJustice;
        return { ...facts, ...information.stated, criminalJustice, minimised, impact };
      });
      return redirect(visit, `/transfers/${transfer.reference}/tasks`);
    },
  }),
];

function asksJustice({ parts, recipients }: SenderVisit): boolean {
  return asksCriminalJustice(
    policyNow(parts),
    recipients.map(({ address }) => address),
  );
}

const BLANK: Typed = {
  minimised: "",
  special: "",
  offences: "",
  people: "",
  namesWithAddresses: "",
  criminalJustice: "",
  individuals: "",
  organisation: "",
};

function page(visit: SenderVisit, typed: Typed, errors: Readonly<Record<string, string>> = {}): string {
  const { facts, reference } = visit.transfer;
  const questions: Questions = questionsOf(policyNow(visit.parts), facts.classification);
  const path = `/transfers/${reference}`;
  const context = {
    title: "About the information",
    path,
    typed,
    errors,
    questions,
    asks: {
      personal: facts.personal,
      people: questions.people,
      special: questions.special,
      criminalJustice: asksJustice(visit),
      impact: needsImpact(facts),
    },
  };
  return render(visit, "send/meet-facts.njk", context, Object.keys(errors).length > 0 ? 422 : 200);
}
