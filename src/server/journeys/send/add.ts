import { refuseUnless } from "../../../domain/lifecycle/step.ts";
import { assessTransfer } from "../../assessing/assess-transfer.ts";
import { shownMethod } from "../../assessing/shown-methods.ts";
import { withRegistered } from "../../drafts/registered.ts";
import { redirect } from "../../gate/redirect.ts";
import { type Row, row, type SenderVisit } from "../../gate/row.ts";
import { recoveryKeyNow } from "../../recovery-key/lines.ts";
import { isSealedToOther } from "../../recovery-key/sealed-to-it.ts";
import { render } from "../../render.ts";
import { linkBeforeSize } from "./link-before-size.ts";

/** Files and a message are chosen, sealed and uploaded on this page, by the browser alone. */
export const addRows: readonly Row[] = [
  row({
    method: "GET",
    path: "/transfers/:ref/add",
    who: "sender",
    handle: async (visit) => {
      const { transfer, parts } = visit;
      refuseUnless(transfer.state === "draft", "This transfer was signed already, so no files can be added.");
      const recipients = await withRegistered(parts.records.read, visit.recipients);
      // OXM-22: nothing can be sealed to a key that is not there yet.
      if (recipients.some((each) => each.registerFirst)) return redirect(visit, `/transfers/${transfer.reference}`);
      const found = await assessTransfer(parts, parts.records.read, { transfer, recipients, sender: visit.member });
      // SIS-36, SDT-5: what cannot go by secure link is not added.
      if (found.answer.verdict === "refused") return redirect(visit, `/transfers/${transfer.reference}/method`);
      return render(visit, "send/add.njk", {
        title: "Add files",
        reference: transfer.reference,
        limit: parts.limits.bodyBytes,
        begun: await begunOf(visit),
        link: shownMethod((await linkBeforeSize(visit, found)).answer, false, found.assessment.methods),
        wordsCount: recipients.filter(({ access }) => access === "words").length,
        people: recipients.length,
        sealed: transfer.sealed?.totals ?? null,
        deviceNames: JSON.stringify(await deviceNames(visit)),
        recovery: (await recoveryKeyNow(parts.records.read)) !== null,
        sealedToOther: await isSealedToOther(parts.records.read, transfer),
        next: `/transfers/${transfer.reference}/tasks`,
        scripts: ["entries/add.js"],
      });
    },
  }),
];

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
