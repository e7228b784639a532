import type { MethodAnswer, Need } from "../../../domain/assessment.ts";
import { refuseUnless } from "../../../domain/lifecycle/step.ts";
import type { Transfer } from "../../../domain/transfer.ts";
import { assessTransfer, methodOf } from "../../assessing/assess-transfer.ts";
import { policyNow } from "../../assessing/policy-now.ts";
import { shownMethods } from "../../assessing/shown-methods.ts";
import { statedNeeds } from "../../assessing/stated-needs.ts";
import { cjsmAddresses } from "../../carrying/cjsm-address.ts";
import { type Row, row } from "../../gate/row.ts";
import { render } from "../../render.ts";
import { lacksFiles } from "../carry/typed-carriage.ts";
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
      // Exactly the assessment, as programs and the command line have it; what is asked beside the rules stands apart.
      const stated = statedNeeds({ transfer, recipients }, settings);
      const link = withoutStated(answer, stated);
      const answers = found.assessment.methods.map((each) => (each.method === link.method ? link : each));
      const methods = shownMethods({ ...found.assessment, methods: answers }, transfer.sealed !== null, settings);
      const shownLink = methods.find(({ method }) => method === "secure-link");
      return render(visit, "send/method.njk", {
        title: "Choose a method",
        reference: transfer.reference,
        path: `/transfers/${transfer.reference}`,
        best: methods[0],
        others: methods.slice(1),
        link: shownLink,
        covering,
        stated,
        cjsm: cjsmAddresses(recipients, settings),
        platform: settings.collaborationPlatform?.name ?? null,
        chosen: methodOf(transfer),
        next: nextOf(transfer),
      });
    },
  }),
];

/** Where a draft goes on by the method that was chosen. */
function nextOf({ sealed, carriage }: Transfer): "tasks" | "add" | "carriage" {
  if (carriage) return lacksFiles(carriage) ? "add" : "carriage";
  return sealed ? "tasks" : "add";
}

/** An answer as policy gave it. */
function withoutStated(answer: MethodAnswer, stated: readonly Need[]): MethodAnswer {
  const needs = answer.needs.filter(({ rule }) => !stated.some((each) => each.rule === rule));
  return { ...answer, needs, verdict: needs.length === 0 ? "ready" : answer.verdict };
}
