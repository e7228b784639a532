import { Type } from "typebox";
import {
  basisErrors,
  type ConditionKind,
  conditionName,
  conditionsFor,
  type ProcessingCondition,
  type StatedBasis,
} from "../../../domain/lawful-bases.ts";
import { refuseUnless } from "../../../domain/lifecycle/step.ts";
import { policyNow } from "../../assessing/policy-now.ts";
import { lawfulLists } from "../../assessing/stated-needs.ts";
import { restate } from "../../drafts/restate.ts";
import { redirect } from "../../gate/redirect.ts";
import { type Row, row, type SenderVisit } from "../../gate/row.ts";
import { keepForm, keptForm } from "../../kept-form.ts";
import { render } from "../../render.ts";

const text = Type.Optional(Type.String({ maxLength: 100 }));
const NOTHING: StatedBasis = { basis: "", special: "", offences: "" };

/** The lawful basis of personal data that leaves the organisation, and its conditions, from the configured lists. What is sealed is kept. */
export const meetBasisRows: readonly Row[] = [
  row({
    method: "GET",
    path: "/transfers/:ref/lawful-basis",
    who: "sender",
    handle: async (visit) => {
      const { facts, state } = visit.transfer;
      refuseUnless(state === "draft", "This transfer was signed already, so it cannot be changed.");
      const kept = await keptForm(visit, pathOf(visit));
      if (kept !== null) return page(visit, JSON.parse(kept.typed) as StatedBasis, {}); // our own text
      return page(visit, facts.lawfulBasis ?? NOTHING, {});
    },
  }),
  row({
    method: "POST",
    path: "/transfers/:ref/lawful-basis",
    who: "sender",
    body: Type.Object({ basis: text, special: text, offences: text }),
    handle: async (visit, sent) => {
      const { basis = "", special = "", offences = "" } = sent;
      const { facts, reference } = visit.transfer;
      const lists = lawfulLists(policyNow(visit.parts).settings);
      const needed = conditionsFor(lists, basis, facts);
      // what was chosen of another basis is not kept
      const stated = {
        basis,
        special: needed.special.length === 0 ? "" : special,
        offences: needed.offences.length === 0 ? "" : offences,
      };
      const errors = basisErrors(lists, stated, facts);
      // which conditions there are depends on the basis: once that is chosen, they are asked
      const asked = sent.special !== undefined || sent.offences !== undefined;
      if (errors.basis === undefined && !asked && Object.keys(errors).length > 0) {
        const address = await keepForm(visit, pathOf(visit), { typed: JSON.stringify(stated) });
        return address === null ? page(visit, stated, {}) : redirect(visit, address);
      }
      if (Object.keys(errors).length > 0) return page(visit, stated, errors);
      await restate(visit, (now) => ({ ...now, lawfulBasis: stated }));
      return redirect(visit, `/transfers/${reference}/tasks`);
    },
  }),
];

const pathOf = ({ transfer }: SenderVisit) => `/transfers/${transfer.reference}/lawful-basis`;

function page(visit: SenderVisit, typed: StatedBasis, errors: Readonly<Record<string, string>>): string {
  const { facts, reference } = visit.transfer;
  const lists = lawfulLists(policyNow(visit.parts).settings);
  const needed = conditionsFor(lists, typed.basis, facts);
  const named = (each: ProcessingCondition, kind: ConditionKind) => ({ ...each, name: conditionName(each, kind) });
  const context = {
    title: "Lawful basis",
    path: `/transfers/${reference}`,
    bases: lists.bases,
    ...(!lists.bases.some(({ id }) => id === typed.basis)
      ? { special: [], offences: [] }
      : {
          special: needed.special.map((each) => named(each, "special")),
          offences: needed.offences.map((each) => named(each, "offences")),
        }),
    typed,
    errors,
  };
  return render(visit, "send/meet-basis.njk", context, Object.keys(errors).length > 0 ? 422 : 200);
}
