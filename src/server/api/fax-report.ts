import { Type } from "typebox";
import { sha256Hex } from "../../bytes/digest.ts";
import { DomainError } from "../../domain/error.ts";
import { type FaxReport, LARGEST_REPORT, reportNow } from "../../domain/fax-report.ts";
import { attachReport, takesReport } from "../../domain/lifecycle/fax-report-arrows.ts";
import { happened, refuseUnless } from "../../domain/lifecycle/step.ts";
import type { Member } from "../../domain/member.ts";
import type { Writer } from "../../domain/records.ts";
import type { Transfer } from "../../domain/transfer.ts";
import type { ReportReadersAnswer, SealedReportView } from "../../domain/wire/fax-report.ts";
import { parseHeader } from "../../envelope/header.ts";
import { plainSize } from "../../envelope/sizes.ts";
import { reportMails } from "../carrying/report-mail.ts";
import { reportReaders } from "../carrying/report-readers.ts";
import { takenBy } from "../drafts/draft.ts";
import { ServerError } from "../error.ts";
import { type MemberVisit, type Row, row } from "../gate/row.ts";
import { refuseWhileHeld } from "../refuse-while-held.ts";
import { sealedFile } from "./sending-sealed-files.ts";
import { browserKeys } from "./sending-shown-to.ts";

/** What a sealed report has before the scan itself. */
const MOST_HEAD = 200;
/** The scan, its line, and a header for many readers with several keys each. */
const LARGEST_SEALED = LARGEST_REPORT + 512 * 1024;
const LARGEST_BASE64 = Math.ceil(LARGEST_SEALED / 3) * 4;
const MOST_READERS = 100;

/** SIS-25: the transmission report of a fax, sealed to its sender and whoever agreed. The server has no code that opens it. */
export const faxReportRows: readonly Row[] = [
  row({
    method: "GET",
    path: "/api/transfers/:ref/fax-report/readers",
    who: "sender",
    handle: async ({ parts, transfer }): Promise<ReportReadersAnswer> => {
      const { read } = parts.records;
      refuseUnless(takesReport(transfer), "A transmission report belongs to a fax that went and was not taken back.");
      const people = await reportReaders(read, transfer);
      const readers = people.map(async ({ member: { id, name, address } }) => ({
        ...{ memberId: id, name, address },
        keys: await browserKeys(read, id),
      }));
      return { readers: await Promise.all(readers), now: reportNow(await read.faxReport(transfer.reference)) };
    },
  }),
  row({
    method: "POST",
    path: "/api/transfers/:ref/fax-report",
    who: "sender",
    body: Type.Object({
      content: Type.String({ maxLength: LARGEST_BASE64, pattern: "^[A-Za-z0-9+/]+={0,2}$" }),
      digest: Type.String({ pattern: "^[0-9a-f]{64}$" }),
      readers: Type.Array(Type.String({ maxLength: 100 }), { maxItems: MOST_READERS }),
      replaces: Type.String({ pattern: "^(?:|paper|[0-9a-f]{64})$" }),
    }),
    bodyLimit: LARGEST_BASE64 + 16 * 1024,
    rates: [{ times: 20, seconds: 600, by: "target" }],
    handle: async ({ parts, member, transfer: { reference } }, { content, digest, readers, replaces }) => {
      const bytes = sealedFile(content, "pq", "The report");
      refuseTooLarge(bytes);
      if ((await sha256Hex(bytes)) !== digest) {
        throw new ServerError({
          code: "bad-request",
          message: "The report did not arrive as it was sealed. Nothing was stored: attach it again.",
        });
      }
      await parts.records.write(async (tx) => {
        const taken = takenBy(parts, member);
        const transfer = await still(tx, reference);
        const before = await tx.faxReport(reference);
        const people = await sameReaders(tx, transfer, readers);
        await refuseTooFewKeys(tx, bytes, people);
        const named = people.map(({ member: { id, address } }) => ({ id, address }));
        const sealed = { digest, size: bytes.length, content, readers: named };
        const step = attachReport(transfer, before, sealed, replaces, taken);
        if (before !== null) await refuseWhileHeld(tx, transfer); // SIS-37: what a hold keeps is not replaced
        await tx.saveFaxReport(step.report);
        await tx.append(step.event);
        for (const mail of reportMails(people, reference, member, parts.place, taken.at)) await tx.post(mail);
      });
      return {};
    },
  }),
  row({
    method: "POST",
    path: "/api/transfers/:ref/fax-report/open",
    who: "sender",
    rates: [{ times: 30, seconds: 600, by: "target" }],
    handle: (visit) => handOut(visit, visit.transfer.reference),
  }),
  row({
    method: "POST",
    path: "/api/to-agree/:id/fax-report/open",
    who: "approver",
    rates: [{ times: 30, seconds: 600, by: "target" }],
    handle: (visit) => handOut(visit, visit.asked.reference),
  }),
];

/** Whether this member has the report, as it stands, sealed to their keys. */
export function mayReadReport<R extends FaxReport>(report: R | null, { id }: Pick<Member, "id">): report is R {
  return report !== null && report.digest !== "" && report.readers.includes(id);
}

/** Each hand-out is on the record. @throws DomainError `not-now` for anybody to whom it is not sealed */
function handOut({ parts, member }: MemberVisit, reference: string): Promise<SealedReportView> {
  return parts.records.write(async (tx) => {
    const report = await tx.keptFaxReport(reference);
    if (!mayReadReport(report, member)) {
      throw new DomainError({
        code: "not-now",
        message: "There is no transmission report here that is sealed to you. Nothing was handed out.",
      });
    }
    const { digest, content } = report;
    const { name, address } = member;
    await tx.append(
      happened("fax-report-handed-out", takenBy(parts, member), reference, null, { digest, name, address }),
    );
    return { reference, digest, content };
  });
}

/** The server cannot see what is sealed, and its size it can tell. */
function refuseTooLarge(bytes: Uint8Array<ArrayBuffer>): void {
  const header = parseHeader(bytes);
  if (header !== null && plainSize(header.length, bytes.length) <= LARGEST_REPORT + MOST_HEAD) return;
  throw new ServerError({
    code: "bad-request",
    message: "The report is larger than 5 MB. Nothing was stored: scan it smaller, or say where it is kept on paper.",
  });
}

/** It is sealed to as many keys as its readers have: what each of them is for, the server cannot see. */
async function refuseTooFewKeys(
  tx: Writer,
  bytes: Uint8Array<ArrayBuffer>,
  people: readonly { readonly member: Pick<Member, "id"> }[],
): Promise<void> {
  const keys = await Promise.all(people.map(({ member }) => browserKeys(tx, member.id)));
  if ((parseHeader(bytes)?.stanzas.length ?? 0) >= keys.flat().length) return;
  throw new ServerError({
    code: "bad-request",
    message: "The report is not sealed to everybody who may read it. Nothing was stored: attach it again.",
  });
}

/** Those to whom the browser sealed it are those who may read it now. @throws DomainError `changed` */
async function sameReaders(tx: Writer, transfer: Transfer, ids: readonly string[]) {
  const readers = await reportReaders(tx, transfer);
  const same = readers.length === new Set(ids).size && readers.every(({ member }) => ids.includes(member.id));
  if (same) return readers;
  throw new DomainError({
    code: "changed",
    message: "Who may read the report has changed since this page was loaded. Nothing was stored: load it again.",
  });
}

async function still(tx: Writer, reference: string): Promise<Transfer> {
  const transfer = await tx.transfer(reference);
  if (transfer) return transfer;
  throw new ServerError({ code: "gone", message: "This transfer is not there any more." });
}
