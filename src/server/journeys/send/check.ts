import type { Waybill } from "../../../domain/waybill.ts";
import { buildWaybill } from "../../../domain/waybill.ts";
import { assessTransfer, recordAssessment } from "../../assessing/assess-transfer.ts";
import { needsImpact } from "../../drafts/facts.ts";
import { redirect } from "../../gate/redirect.ts";
import { type Row, row, type SenderVisit } from "../../gate/row.ts";
import { refuseUnlessWorkAddress } from "../../gate/work-address.ts";
import { recoveryNumberOf } from "../../recovery-key/lines.ts";
import { render } from "../../render.ts";

/** Check answers, and the signature: everything that will be on the record, as it will be signed (SIS-23). */
export const checkRows: readonly Row[] = [
  row({
    method: "GET",
    path: "/transfers/:ref/check",
    who: "sender",
    handle: async (visit) => {
      const { transfer, recipients, member, organisation } = visit;
      const path = `/transfers/${transfer.reference}`;
      if (transfer.state !== "draft") return redirect(visit, path);
      if (!transfer.sealed) return redirect(visit, `${path}/add`);
      refuseUnlessWorkAddress(member, organisation);
      const found = await assessTransfer(visit.parts, visit.parts.records.read, {
        transfer,
        recipients,
        sender: member,
      });
      const { assessed } = await recordAssessment(transfer, found);
      const waybill = await buildWaybill(transfer, recipients, member, organisation.name, assessed);
      return render(visit, "send/check.njk", {
        title: "Check and send",
        path,
        transfer,
        waybill,
        recipients,
        wordsCount: recipients.filter(({ access }) => access === "words").length,
        showImpact: needsImpact(transfer.facts),
        openers: await othersWhoCanOpen(visit),
        recoveryNumber: await recoveryNumberOf(visit.parts.records.read, transfer),
        seen: JSON.stringify(seenOf(waybill)),
        shown: JSON.stringify(recipients.map(({ id, name, address, access }) => ({ id, name, address, access }))),
        scripts: ["entries/sign.js"],
      });
    },
  }),
];

/** What the page shows and the browser compares with what it is asked to sign. */
function seenOf({ originator, facts, expires, policy, needs, assessment }: Waybill) {
  return { originator, facts, expires, policy, needs, assessment };
}

/** Who besides the recipients holds a way to open it: the sender's own devices, and the stand-in's. */
async function othersWhoCanOpen({ parts, transfer, member }: SenderVisit): Promise<readonly string[]> {
  const { read } = parts.records;
  const devices = (await read.keysOf(member.id)).filter(({ kind }) => kind === "device");
  const own = ["You, with any passkey of yours or your recovery code"];
  const others = devices.map(({ name }) => `You, on the command line of “${name}”`);
  const standIn = transfer.standInId ? await read.member(transfer.standInId) : null;
  return [
    ...own,
    ...others,
    ...(standIn ? [`${standIn.name} (${standIn.address}), who may tell the words in your place`] : []),
  ];
}
