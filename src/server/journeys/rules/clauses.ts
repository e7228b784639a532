import { CLAUSE_STATES, type ClauseState, type RegisteredClause, registerOf } from "../../clauses/clause-register.ts";
import { DOCUMENTS } from "../../clauses/documents.ts";
import { type PartToCome, partToCome } from "../../clauses/parts-to-come.ts";
import { ServerError } from "../../error.ts";
import { type Row, row } from "../../gate/row.ts";
import { render } from "../../render.ts";
import { ruleSetInWords } from "./words.ts";

const STRENGTHS = {
  shall: "Shall: always enforced",
  should: "Should: on unless somebody who may do so gives a reason",
  may: "May: offered",
} as const;

const STATES: Readonly<Record<ClauseState, { readonly text: string; readonly classes: string }>> = {
  tested: { text: "Answered and tested", classes: "govuk-tag--green wb-tag-wide" },
  untested: { text: "Answered, not tested", classes: "govuk-tag--yellow wb-tag-wide" },
  "not-yet": { text: "Not yet", classes: "govuk-tag--grey wb-tag-wide" },
};

/** The register of clauses: what the guidance asks, what answers it, and what proves it. */
export const clausesRows: readonly Row[] = [
  row({
    method: "GET",
    path: "/rules/clauses",
    who: "colleague",
    handle: async (visit) => {
      const { document: askedDocument = "", state: askedState = "" } = visit.query;
      const document = Object.hasOwn(DOCUMENTS, askedDocument) ? askedDocument : "";
      const state = CLAUSE_STATES.find((each) => each === askedState) ?? "";
      const register = await registerOf(visit.parts);
      const clauses = register.filter(
        (each) => (document === "" || each.document === document) && (state === "" || each.state === state),
      );
      return render(visit, "rules/clauses.njk", {
        title: "Clauses of the guidance",
        total: register.length,
        withTests: withTests(register),
        counts: CLAUSE_STATES.map((each) => ({ ...STATES[each], count: countOf(register, each) })),
        documents: Object.entries(DOCUMENTS).map(([value, text]) => ({ value, text, selected: value === document })),
        states: CLAUSE_STATES.map((value) => ({ value, text: STATES[value].text, selected: value === state })),
        groups: [...Map.groupBy(clauses, (each) => each.document)].map(([id, own]) => ({
          document: DOCUMENTS[id],
          clauses: own.map((each) => ({ ...each, tag: STATES[each.state], toCome: toComeOf(each) })),
        })),
      });
    },
  }),
  row({
    method: "GET",
    path: "/rules/clauses/:id",
    who: "colleague",
    handle: async (visit) => {
      const register = await registerOf(visit.parts);
      const clause = register.find(({ id }) => id === visit.params.id);
      if (!clause) {
        throw new ServerError({
          code: "no-such-page",
          message: "The register has no such clause. All of them are listed at /rules/clauses.",
        });
      }
      return render(visit, "rules/clause.njk", {
        title: clause.id,
        clause,
        withTests: withTests(register),
        strength: STRENGTHS[clause.strength],
        document: DOCUMENTS[clause.document],
        tag: STATES[clause.state],
        toCome: toComeOf(clause),
        sets: [...Map.groupBy(clause.rules, ({ set }) => set)].map(([set, rules]) => ({
          name: ruleSetInWords(set),
          rules,
        })),
        areas: [...Map.groupBy(clause.places, ({ area }) => area)].map(([area, places]) => ({ area, places })),
      });
    },
  }),
];

function toComeOf({ id, state }: RegisteredClause): PartToCome | null {
  return state === "not-yet" ? partToCome(id) : null;
}

/** A server may be installed without the tests: then nothing is said to lack one. */
function withTests(register: readonly RegisteredClause[]): boolean {
  return register.some(({ tests }) => tests.length > 0);
}

function countOf(register: readonly RegisteredClause[], state: ClauseState): number {
  return register.filter((each) => each.state === state).length;
}
