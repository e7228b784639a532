import type { Carriage } from "../../../domain/carriage.ts";
import { refuseUnless } from "../../../domain/lifecycle/step.ts";
import { redirect } from "../../gate/redirect.ts";
import { type Row, row } from "../../gate/row.ts";
import { render } from "../../render.ts";
import { lacksFiles } from "../carry/typed-carriage.ts";
import { taskList } from "./task-list.ts";

/** What is carried is packed or counted before it is checked. */
function carriedNext(carriage: Carriage): "add" | "carriage" | "check" {
  if (lacksFiles(carriage)) return "add";
  return carriage.fixed.items === null ? "carriage" : "check";
}

/** What has to be done before it is signed: exactly the needs of the assessment. Passed over when only others are left to agree. */
export const taskRows: readonly Row[] = [
  row({
    method: "GET",
    path: "/transfers/:ref/tasks",
    who: "sender",
    handle: async (visit) => {
      const { transfer, query } = visit;
      const path = `/transfers/${transfer.reference}`;
      refuseUnless(transfer.state === "draft", "This transfer was signed already.");
      const list = await taskList(visit);
      if (list.refused) return redirect(visit, `${path}/method`);
      const next = transfer.carriage ? carriedNext(transfer.carriage) : transfer.sealed ? "check" : "add";
      if (list.open === 0 && query.show !== "all") return redirect(visit, `${path}/${next}`);
      return render(visit, "send/tasks.njk", {
        title: "Before you can send this",
        reference: transfer.reference,
        path,
        next,
        ...list,
      });
    },
  }),
];
