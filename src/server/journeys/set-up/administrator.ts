import { Type } from "typebox";
import { randomId } from "../../../bytes/random.ts";
import { isWorkAddress, parseAddress } from "../../../domain/address.ts";
import { DomainError } from "../../../domain/error.ts";
import { redirect } from "../../gate/redirect.ts";
import { type Row, row } from "../../gate/row.ts";
import { render } from "../../render.ts";
import { domainsIn } from "./organisation.ts";
import { draftOf, saveDraft } from "./set-up-code.ts";
import { captionOf } from "./steps.ts";

const TITLE = "The first administrator";
const TEMPLATE = "set-up/administrator.njk";

/** Set-up: who the first administrator is. */
export const setUpAdministratorRows: readonly Row[] = [
  row({
    method: "GET",
    path: "/set-up/administrator",
    who: "anyone",
    handle: async (visit) => {
      const draft = await draftOf(visit);
      if (!draft.workDomains) return redirect(visit, "/set-up/organisation");
      return render(visit, TEMPLATE, { title: TITLE, caption: captionOf(visit.parts, "administrator"), typed: draft });
    },
  }),
  row({
    method: "POST",
    path: "/set-up/administrator",
    who: "anyone",
    body: Type.Object({
      administratorName: Type.String({ maxLength: 1000 }),
      administratorAddress: Type.String({ maxLength: 1000 }),
    }),
    handle: async (visit, body) => {
      const draft = await draftOf(visit);
      if (!draft.workDomains) return redirect(visit, "/set-up/organisation");
      const typed = { ...body, administratorName: body.administratorName.trim() };
      const errors: Record<string, string> = {};
      if (typed.administratorName === "" || typed.administratorName.length > 100)
        errors.administratorName = "Enter your name, in 100 characters or fewer";
      const problem = addressProblem(body.administratorAddress, domainsIn(String(draft.workDomains)));
      if (problem) errors.administratorAddress = problem;
      if (Object.keys(errors).length > 0) {
        const caption = captionOf(visit.parts, "administrator");
        return render(visit, TEMPLATE, { title: TITLE, caption, errors, typed }, 422);
      }
      const administratorAddress = parseAddress(body.administratorAddress);
      const memberId = String(draft.memberId ?? randomId());
      await saveDraft(visit, { ...draft, ...typed, administratorAddress, memberId });
      return redirect(visit, visit.parts.policy.current ? "/set-up/records" : "/set-up/rules");
    },
  }),
];

/** What is wrong with a work address (SDT-17), or null. */
export function addressProblem(typed: string, workDomains: readonly string[]): string | null {
  try {
    if (isWorkAddress(parseAddress(typed), workDomains)) return null;
    return `Enter a work address. It ends in ${workDomains.map((domain) => `@${domain}`).join(" or ")}`;
  } catch (error) {
    if (error instanceof DomainError) return error.message;
    throw error;
  }
}
