import { Type } from "typebox";
import { isCarried } from "../../../domain/carriage.ts";
import { METHODS } from "../../../domain/facts.ts";
import { refuseUnless } from "../../../domain/lifecycle/step.ts";
import { assessTransfer } from "../../assessing/assess-transfer.ts";
import { choose } from "../../carrying/choose-method.ts";
import { ServerError } from "../../error.ts";
import { redirect } from "../../gate/redirect.ts";
import { type Row, row } from "../../gate/row.ts";
import { asksOf } from "./typed-carriage.ts";

/** SDT-8: the sender chooses one of the methods that the rules leave; a refused one is not carried. */
export const chooseRows: readonly Row[] = [
  row({
    method: "POST",
    path: "/transfers/:ref/method",
    who: "sender",
    body: Type.Object({ method: Type.String({ maxLength: 40 }) }),
    handle: async (visit, body) => {
      const { transfer, recipients, parts, member } = visit;
      const method = METHODS.find((each) => each === body.method);
      if (!method || !(method === "secure-link" || isCarried(method))) {
        throw new ServerError({
          code: "bad-request",
          message: "That is no method that this transfer can go by. Nothing was changed: choose one from the list.",
        });
      }
      const { assessment } = await assessTransfer(parts, parts.records.read, { transfer, recipients, sender: member });
      const answer = assessment.methods.find((each) => each.method === method);
      refuseUnless(answer?.verdict !== "refused", "The rules refuse this method for what you described.");
      const same = (transfer.carriage?.method ?? "secure-link") === method;
      // Whoever was added since has no place in the waybill yet.
      const whole = method === "secure-link" || recipients.every(({ tokenHash }) => tokenHash !== null);
      if (!same || !whole) await choose(visit, method);
      const path = `/transfers/${transfer.reference}`;
      return redirect(visit, method === "secure-link" || asksOf(method).package ? `${path}/add` : `${path}/carriage`);
    },
  }),
];
