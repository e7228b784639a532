import { isOver } from "../../../domain/lifecycle/transfer-arrows.ts";
import type { Waybill } from "../../../domain/waybill.ts";
import { found, refuseUnlessStillAllowed } from "../../api/sending-correction.ts";
import { refusalOf, ServerError } from "../../error.ts";
import { type Row, row, type SenderVisit } from "../../gate/row.ts";
import { render } from "../../render.ts";
import { peopleOf } from "../send/people.ts";

/** Correcting an address after release: who it should have been, then new access and a signature, made by the browser. */
export const addressRows: readonly Row[] = [
  row({
    method: "GET",
    path: "/transfers/:ref/recipients/:recipient/address",
    who: "sender",
    handle: async (visit) => {
      const { transfer, recipients, params, query } = visit;
      const recipient = recipients.find(({ id }) => id === params.recipient);
      if (!recipient || !transfer.waybill) {
        throw new ServerError({
          code: "no-such-page",
          message: "There is nothing here that you can see. Check the address or the reference.",
        });
      }
      const typed = (query.address ?? "").trim().toLowerCase();
      const asked =
        query.address === undefined ? { person: null, problem: "" } : await look(visit, recipient.id, typed);
      const { originator, facts, expires } = JSON.parse(transfer.waybill.text) as Waybill; // our own text, fixed at signing
      const context = {
        title: `Correct the address of ${recipient.name}`,
        path: `/transfers/${transfer.reference}`,
        transfer,
        recipient,
        typed,
        facts,
        person: asked.person,
        errors: asked.problem === "" ? {} : { address: asked.problem },
        others: recipients.some(({ id, state }) => id !== recipient.id && !isOver({ state })),
        possible: transfer.state === "released" && !recipient.openedAt,
        seen: JSON.stringify({ originator, facts, expires }),
        scripts: ["entries/correct.js"],
      };
      return render(visit, "transfer/address.njk", context, asked.problem === "" ? 200 : 422);
    },
  }),
];

async function look(visit: SenderVisit, recipientId: string, address: string) {
  const { parts, organisation, transfer, recipients } = visit;
  const { read } = parts.records;
  if (address === "") return { person: null, problem: "Enter the right address" };
  try {
    const { wrong, matched } = await found(read, recipients, { recipientId, address });
    if (transfer.state === "released") {
      await refuseUnlessStillAllowed(visit, read, transfer, recipients, { wrong, matched });
    }
    const [person] = await peopleOf(read, organisation, [matched]);
    return { person: person ?? null, problem: "" };
  } catch (error) {
    const refusal = refusalOf(error);
    if (!refusal) throw error;
    return { person: null, problem: refusal.message };
  }
}
