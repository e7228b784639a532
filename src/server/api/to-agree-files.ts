import { Readable } from "node:stream";
import { fromBase64 } from "../../bytes/base64.ts";
import { happened } from "../../domain/lifecycle/step.ts";
import type { ShownView } from "../../domain/wire/agreeing.ts";
import { mustBeShown, type ShownFiles } from "../approvals/shown-files.ts";
import { takenBy } from "../drafts/draft.ts";
import { type ApproverVisit, type Row, row } from "../gate/row.ts";
import { chosenSpan, describe, stretches } from "./sealed-body.ts";

/** What is sealed, for approvers whom the sender lets see it before they answer. The server has no code that opens it. */
export const toAgreeFilesRows: readonly Row[] = [
  row({
    method: "POST",
    path: "/api/to-agree/:id/open",
    who: "approver",
    rates: [{ times: 30, seconds: 600, by: "target" }],
    handle: async (visit): Promise<ShownView> => {
      const { parts, member, asked } = visit;
      return parts.records.write(async (tx) => {
        const taken = takenBy(parts, member);
        const { transfer, access } = await mustBeShown(tx, asked.id, member, taken.at);
        const { reference, waybill } = transfer;
        const { name, address } = access;
        const detail = { request: asked.id, role: asked.role, digest: asked.digest, name, address };
        await tx.append(happened("approver-access-handed-out", taken, reference, null, detail));
        return { reference, waybill: waybill?.text ?? "", grant: access.grant };
      });
    },
  }),
  row({
    method: "GET",
    path: "/api/to-agree/:id/manifest",
    who: "approver",
    handle: async (visit) => {
      const { sealed, transfer } = await shownNow(visit);
      const bytes = fromBase64(sealed.manifest);
      describe(visit.reply, transfer.reference, bytes.length);
      return Buffer.from(bytes.buffer);
    },
  }),
  row({
    method: "GET",
    path: "/api/to-agree/:id/body",
    who: "approver",
    handle: async (visit) => {
      const { sealed, transfer } = await shownNow(visit);
      const span = chosenSpan(visit, transfer.reference, sealed);
      if (!span) return null;
      const bytes = await stretches(visit.parts, sealed.bodyId, span, async () => void (await shownNow(visit)));
      void visit.reply.send(Readable.from(bytes, { objectMode: false }));
      return null;
    },
  }),
];

/** @throws DomainError `not-now` */
function shownNow({ parts, member, asked }: ApproverVisit): Promise<ShownFiles> {
  return mustBeShown(parts.records.read, asked.id, member, parts.clock.now().toISOString());
}
