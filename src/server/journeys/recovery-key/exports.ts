import { Readable } from "node:stream";
import { canonicalJson } from "../../../bytes/canonical-json.ts";
import { utf8 } from "../../../bytes/text.ts";
import { DomainError } from "../../../domain/error.ts";
import { isRecoverable, mayFetch, takeExport, withdrawExport } from "../../../domain/lifecycle/recovery-export.ts";
import { EXPORT_HOURS } from "../../../domain/recovery-key.ts";
import { parseReference } from "../../../domain/reference.ts";
import type { Transfer } from "../../../domain/transfer.ts";
import { RECOVERY_PACKAGE, type RecoveryPackageHead } from "../../../domain/wire/recovery.ts";
import { actingOf, recoverableTransfer } from "../../api/recovery-exports.ts";
import { deedOf } from "../../api/recovery-key.ts";
import { redirect } from "../../gate/redirect.ts";
import { type MemberVisit, type Row, row } from "../../gate/row.ts";
import { toldText, whomToTell } from "../../recovery-key/whom-to-tell.ts";
import { render } from "../../render.ts";
import { othersThan, whoOf } from "./recovery-key.ts";

const LISTED = 50;
const HOUR = 3_600_000;

/** Opening one transfer with the recovery key, for administrators: asked for, agreed to, fetched as a sealed package. */
export const recoveryExportPageRows: readonly Row[] = [
  row({
    method: "GET",
    path: "/recovery-key/exports",
    who: "administrator",
    handle: async (visit) => {
      const typed = visit.query.reference?.trim() ?? "";
      if (typed === "") return listPage(visit, "", "");
      try {
        const transfer = await visit.parts.records.read.transfer(parseReference(typed));
        if (transfer && isRecoverable(transfer)) return redirect(visit, `/recovery-key/exports/${transfer.reference}`);
      } catch (error) {
        if (!(error instanceof DomainError)) throw error;
        return listPage(visit, typed, error.message);
      }
      const message =
        "Nothing with this reference can be opened with a recovery key. Either there is no such transfer, or it was not sealed to one, is not signed, or is over";
      return listPage(visit, typed, message);
    },
  }),
  row({
    method: "GET",
    path: "/recovery-key/exports/:ref",
    who: "administrator",
    handle: async (visit) => {
      const { parts, member } = visit;
      const { read } = parts.records;
      const transfer = await recoverableTransfer(visit);
      const found = await read.recoveryExport(transfer.reference);
      const wanted = found?.state === "withdrawn" ? null : found;
      const people = await read.members();
      const sender = people.find(({ id }) => id === transfer.senderId);
      const late = wanted?.agreed && Date.parse(wanted.agreed.at) + EXPORT_HOURS * HOUR;
      const over = typeof late === "number" && late < parts.clock.now().getTime();
      return render(visit, "recovery-key/export.njk", {
        title: `Open ${transfer.reference} with the recovery key`,
        path: `/recovery-key/exports/${transfer.reference}`,
        transfer,
        sender,
        wanted: over ? null : wanted,
        asked: wanted && whoOf(wanted.asked, people),
        agreed: wanted?.agreed && whoOf(wanted.agreed, people),
        own: wanted?.asked.byMemberId === member.id,
        mayFetch: wanted !== null && mayFetch(wanted, deedOf(visit)),
        until: late ? new Date(late).toISOString() : null,
        others: othersThan(member, people),
        told: toldText(await whomToTell(read, transfer), sender?.name ?? "The sender"),
        scripts: ["entries/recovery-key.js"],
      });
    },
  }),
  row({
    method: "POST",
    path: "/recovery-key/exports/:ref/withdraw",
    who: "administrator",
    handle: async (visit) => {
      const { reference } = await recoverableTransfer(visit);
      await visit.parts.records.write(async (tx) => {
        const step = withdrawExport(await tx.recoveryExport(reference), actingOf(visit));
        await tx.saveRecoveryExport(step.export);
        await tx.append(step.event);
      });
      return redirect(visit, `/recovery-key/exports/${reference}`);
    },
  }),
  row({
    method: "POST",
    path: "/recovery-key/exports/:ref/package",
    who: "administrator",
    rates: [{ times: 30, seconds: 600, by: "caller" }],
    handle: async (visit) => {
      const { parts, reply } = visit;
      const { reference } = await recoverableTransfer(visit);
      const transfer = await parts.records.write(async (tx) => {
        const now = await tx.transfer(reference);
        if (now === null) throw new DomainError({ code: "not-found", message: "This transfer is not there any more." });
        const { event } = takeExport(now, await tx.recoveryExport(reference), actingOf(visit));
        await tx.append(event);
        return now;
      });
      const head = utf8(`${canonicalJson({ ...headOf(transfer) })}\n`);
      const { bodyId, bodySize } = sealedOf(transfer);
      reply
        .type("application/octet-stream")
        .header("content-length", String(head.length + bodySize))
        .header("content-disposition", `attachment; filename="${reference}.waybill-recovery"`)
        .header("cache-control", "no-store");
      const bytes = async function* () {
        yield head;
        yield* parts.blobs.read(bodyId, 0, bodySize);
      };
      void reply.send(Readable.from(bytes(), { objectMode: false }));
      return null;
    },
  }),
];

function headOf(transfer: Transfer): RecoveryPackageHead {
  const { reference, waybill, recovery } = transfer;
  return {
    format: RECOVERY_PACKAGE,
    reference,
    waybill: waybill?.text ?? "",
    grant: recovery?.grant ?? "",
    manifest: sealedOf(transfer).manifest,
  };
}

/** `takeExport` has refused those without. */
function sealedOf({ sealed }: Transfer): NonNullable<Transfer["sealed"]> {
  if (sealed) return sealed;
  throw new DomainError({
    code: "not-now",
    message: "The content of this transfer was destroyed. Nothing was exported.",
  });
}

async function listPage(visit: MemberVisit, typed: string, error: string): Promise<string> {
  const { read } = visit.parts.records;
  const people = await read.members();
  const found = await read.recoveryExports(LISTED);
  const context = {
    title: "Open something with the recovery key",
    typed,
    errors: error === "" ? {} : { reference: error },
    open: found.map((each) => ({ ...each, by: whoOf(each.asked, people) })),
  };
  return render(visit, "recovery-key/exports.njk", context, error === "" ? 200 : 422);
}
