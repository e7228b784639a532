import { Type } from "typebox";
import { RULE_SETS } from "../../../domain/facts.ts";
import { redirect } from "../../gate/redirect.ts";
import { type Row, row } from "../../gate/row.ts";
import { render } from "../../render.ts";
import { draftOf, saveDraft } from "./set-up-code.ts";
import { captionOf } from "./steps.ts";

const TITLE = "Which rules apply";
const TEMPLATE = "set-up/rules.njk";

/** Set-up: which of the two rule sets decides what can be sent, and how. Neither is chosen beforehand. */
export const setUpRulesRows: readonly Row[] = [
  row({
    method: "GET",
    path: "/set-up/rules",
    who: "anyone",
    handle: async (visit) => {
      const draft = await draftOf(visit);
      if (visit.parts.policy.current) return redirect(visit, "/set-up/records");
      if (!draft.memberId) return redirect(visit, "/set-up/administrator");
      return render(visit, TEMPLATE, { title: TITLE, caption: captionOf(visit.parts, "rules"), typed: draft });
    },
  }),
  row({
    method: "POST",
    path: "/set-up/rules",
    who: "anyone",
    body: Type.Object({ rules: Type.Optional(Type.String({ maxLength: 100 })) }),
    handle: async (visit, body) => {
      const draft = await draftOf(visit);
      if (visit.parts.policy.current) return redirect(visit, "/set-up/records");
      const rules = RULE_SETS.find((each) => each === body.rules);
      if (rules === undefined) {
        const errors = { rules: "Choose the rules that your organisation works by" };
        const context = { title: TITLE, caption: captionOf(visit.parts, "rules"), errors, typed: draft };
        return render(visit, TEMPLATE, context, 422);
      }
      await saveDraft(visit, { ...draft, rules });
      return redirect(visit, "/set-up/contacts");
    },
  }),
];
