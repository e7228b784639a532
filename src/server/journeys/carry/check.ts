import { carriedEntry } from "../../../domain/carried-waybill.ts";
import { linesToAgree } from "../../../domain/lines-to-agree.ts";
import type { RecordedAssessment } from "../../../domain/recorded-assessment.ts";
import { fixWaybill } from "../../../domain/waybill.ts";
import { approvalsIn, assessTransfer, recordAssessment, unmetBeforeSigning } from "../../assessing/assess-transfer.ts";
import { waybillOf } from "../../carrying/waybill-of.ts";
import { redirect } from "../../gate/redirect.ts";
import type { SenderVisit } from "../../gate/row.ts";
import { refuseUnlessWorkAddress } from "../../gate/work-address.ts";
import { render } from "../../render.ts";
import { countryNamesIn } from "../../texts/countries.ts";
import { whoAgrees } from "../send/who-agrees.ts";
import { asksOf } from "./typed-carriage.ts";

/** Check answers, and the signature, for what goes by another method than the secure link: the lines that approvers see too. */
export async function checkCarried(visit: SenderVisit): Promise<string | null> {
  const { transfer, recipients, member, organisation, parts } = visit;
  const { read } = parts.records;
  const path = `/transfers/${transfer.reference}`;
  const packs = transfer.carriage !== null && asksOf(transfer.carriage.method).package;
  if (transfer.carriage?.fixed.items === null) return redirect(visit, packs ? `${path}/add` : `${path}/carriage`);
  refuseUnlessWorkAddress(member, organisation);
  const found = await assessTransfer(parts, read, { transfer, recipients, sender: member });
  // SIS-23: nothing is signed that cannot be sent: what is left to do comes first.
  if (unmetBeforeSigning(found.answer.needs).length > 0) return redirect(visit, `${path}/tasks`);
  const agreeing = await whoAgrees(visit, approvalsIn(found.answer.needs));
  const { text: assessment, assessed } = await recordAssessment(transfer, found);
  const waybill = await waybillOf(read, transfer, recipients, member, organisation.name, assessed);
  const { text } = await fixWaybill(waybill);
  const recorded = JSON.parse(assessment) as RecordedAssessment; // our own text
  const lines = linesToAgree(waybill, recorded);
  return render(visit, "carry/check.njk", {
    title: agreeing.length > 0 ? "Check and ask for agreement" : "Check and sign",
    path,
    transfer,
    packs,
    agreeing,
    nobody: agreeing.some(({ names }) => names.length === 0),
    groups: {
      transfer: lines.filter(({ group }) => group === "transfer"),
      rules: lines.filter(({ group }) => group === "rules"),
      record: lines.filter(({ group }) => group === "record"),
    },
    countries: countryNamesIn(lines),
    texts: { waybill: text, assessment },
    entries: JSON.stringify(recipients.map(carriedEntry)),
    signer: member.address,
    scripts: ["entries/sign-carried.js"],
  });
}
