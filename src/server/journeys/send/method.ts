import { refuseUnless } from "../../../domain/lifecycle/step.ts";
import { assessTransfer, methodOf, withNeeds } from "../../assessing/assess-transfer.ts";
import { policyNow } from "../../assessing/policy-now.ts";
import { shownMethods } from "../../assessing/shown-methods.ts";
import { statedNeeds } from "../../assessing/stated-needs.ts";
import { type Row, row } from "../../gate/row.ts";
import { render } from "../../render.ts";
import { linkBeforeSize } from "./link-before-size.ts";

/** SDT-8: all methods, best first, with what each needs. Waybill carries the secure link; of the others it says what the rules ask. */
export const methodRows: readonly Row[] = [
  row({
    method: "GET",
    path: "/transfers/:ref/method",
    who: "sender",
    handle: async (visit) => {
      const { transfer, recipients, parts, member } = visit;
      refuseUnless(transfer.state === "draft", "This transfer was signed already, so its method is settled.");
      const found = await assessTransfer(parts, parts.records.read, { transfer, recipients, sender: member });
      const { answer, covering } = await linkBeforeSize(visit, found);
      const { settings } = policyNow(parts);
      // What is asked beside the rules is asked whatever the method, so that counting does not favour one.
      const stated = statedNeeds({ transfer, recipients }, settings);
      const answers = found.assessment.methods.map((each) =>
        each.method === answer.method ? answer : withNeeds(each, stated),
      );
      const methods = shownMethods({ ...found.assessment, methods: answers }, transfer.sealed !== null);
      const link = methods.find(({ method }) => method === "secure-link");
      return render(visit, "send/method.njk", {
        title: "Choose a method",
        reference: transfer.reference,
        path: `/transfers/${transfer.reference}`,
        best: methods[0],
        others: methods.slice(1),
        link,
        covering,
        platform: settings.collaborationPlatform?.name ?? null,
        chosen: methodOf(transfer),
        next: transfer.sealed ? "tasks" : "add",
      });
    },
  }),
];
