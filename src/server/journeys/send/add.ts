import { standInOf } from "../../../domain/colleague.ts";
import { refuseUnless } from "../../../domain/lifecycle/step.ts";
import { assessTransfer, type TransferAssessment } from "../../assessing/assess-transfer.ts";
import { shownMethod } from "../../assessing/shown-methods.ts";
import { withRegistered } from "../../drafts/registered.ts";
import { redirect } from "../../gate/redirect.ts";
import { type Row, row, type SenderVisit } from "../../gate/row.ts";
import { recoveryKeyNow } from "../../recovery-key/lines.ts";
import { isSealedToOther } from "../../recovery-key/sealed-to-it.ts";
import { render } from "../../render.ts";
import { packingContext } from "../carry/pack.ts";
import { asksOf } from "../carry/typed-carriage.ts";
import { linkBeforeSize } from "./link-before-size.ts";

/**
 * Files are added on this page, whatever the method: chosen and looked into by the browser alone, which then seals and uploads them, or packs
 * them for somebody to carry.
 */
export const addRows: readonly Row[] = [
  row({
    method: "GET",
    path: "/transfers/:ref/add",
    who: "sender",
    handle: async (visit) => {
      const { transfer, parts } = visit;
      const path = `/transfers/${transfer.reference}`;
      refuseUnless(transfer.state === "draft", "This transfer was signed already, so no files can be added.");
      if (transfer.carriage && !asksOf(transfer.carriage.method).package) return redirect(visit, `${path}/carriage`);
      const recipients = await withRegistered(parts.records.read, visit.recipients);
      const found = await assessTransfer(parts, parts.records.read, { transfer, recipients, sender: visit.member });
      if (transfer.carriage) {
        return page(visit, found, "carry/add-packing.njk", { way: "package", ...packingContext(visit) });
      }
      // OXM-22: nothing can be sealed to a key that is not there yet.
      if (recipients.some((each) => each.registerFirst)) return redirect(visit, path);
      // SIS-36, SDT-5: what cannot go by secure link is not added.
      if (found.answer.verdict === "refused") return redirect(visit, `${path}/method`);
      return page(visit, found, "send/add-sealing.njk", {
        way: "link",
        given: { next: `${path}/tasks`, limit: parts.limits.bodyBytes, begun: (await begunOf(visit)) ?? "" },
        wordsCount: recipients.filter(({ access }) => access === "words").length,
        people: recipients.length,
        standIn: await standInOf(parts.records.read, transfer, recipients),
        sealed: transfer.sealed?.totals ?? null,
        deviceNames: JSON.stringify(await deviceNames(visit)),
        recovery: (await recoveryKeyNow(parts.records.read)) !== null,
        sealedToOther: await isSealedToOther(parts.records.read, transfer),
      });
    },
  }),
];

/** What both ways show: the files, and what the rules say of the method as they are chosen. */
async function page(visit: SenderVisit, found: TransferAssessment, template: string, ofWay: object): Promise<string> {
  return render(visit, template, {
    title: "Add files",
    reference: visit.transfer.reference,
    rules: shownMethod((await linkBeforeSize(visit, found)).answer, false, found.assessment.methods),
    scripts: ["entries/add.js"],
    ...ofWay,
  });
}

/** The names of the sender's own command lines, by key id: nobody else is told them. */
async function deviceNames({ parts, member }: SenderVisit): Promise<Readonly<Record<string, string>>> {
  const keys = await parts.records.read.keysOf(member.id);
  return Object.fromEntries(keys.flatMap(({ id, kind, name }) => (kind === "device" ? [[id, name] as const] : [])));
}

/** Bytes of an upload that was begun and not finished; null when there is none. */
async function begunOf({ transfer, parts }: SenderVisit): Promise<number | null> {
  if (!transfer.uploadId || transfer.sealed) return null;
  const found = await parts.blobs.stat(transfer.uploadId);
  return found && found.length > 0 ? found.length : null;
}
