import { Type } from "typebox";
import { refuseUnless } from "../../../domain/lifecycle/step.ts";
import { policyNow } from "../../assessing/policy-now.ts";
import { restate } from "../../drafts/restate.ts";
import { redirect } from "../../gate/redirect.ts";
import { type Row, row, type SenderVisit } from "../../gate/row.ts";
import { render } from "../../render.ts";

const LONGEST = 2000;

/** SDT2-7: how it will be stored where it goes, by the questions of the configuration. What is sealed is kept. */
export const meetDestinationRows: readonly Row[] = [
  row({
    method: "GET",
    path: "/transfers/:ref/destination",
    who: "sender",
    handle: async (visit) => {
      const { facts, state } = visit.transfer;
      refuseUnless(state === "draft", "This transfer was signed already, so it cannot be changed.");
      return page(visit, facts.destinationStorage ?? "", {});
    },
  }),
  row({
    method: "POST",
    path: "/transfers/:ref/destination",
    who: "sender",
    body: Type.Object({ storage: Type.Optional(Type.String({ maxLength: 20_000 })) }),
    handle: async (visit, { storage = "" }) => {
      const said = storage.trim();
      if (said === "") return page(visit, "", { storage: "Say how it will be stored there" });
      if (said.length > LONGEST) return page(visit, said, { storage: `Use ${LONGEST} characters or fewer` });
      await restate(visit, (facts) => ({ ...facts, destinationStorage: said }));
      return redirect(visit, `/transfers/${visit.transfer.reference}/tasks`);
    },
  }),
];

function page(visit: SenderVisit, storage: string, errors: Readonly<Record<string, string>>): string {
  const context = {
    title: "How it will be stored where it goes",
    path: `/transfers/${visit.transfer.reference}`,
    questions: policyNow(visit.parts).settings.destinationStorage,
    storage,
    errors,
  };
  return render(visit, "send/meet-destination.njk", context, Object.keys(errors).length > 0 ? 422 : 200);
}
