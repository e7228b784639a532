import { Type } from "typebox";
import { type FaxReport, LARGEST_REPORT, reportNow } from "../../../domain/fax-report.ts";
import { keepReportOnPaper, takesReport } from "../../../domain/lifecycle/fax-report-arrows.ts";
import type { Reader } from "../../../domain/records.ts";
import { mayReadReport } from "../../api/fax-report.ts";
import { reportReaders } from "../../carrying/report-readers.ts";
import { takenBy } from "../../drafts/draft.ts";
import { redirect } from "../../gate/redirect.ts";
import { type Row, row, type SenderVisit } from "../../gate/row.ts";
import { refuseWhileHeld } from "../../refuse-while-held.ts";
import { render } from "../../render.ts";

const MOST_WORDS = 200;
const PATH = "/transfers/:ref/fax-report";

/** SIS-25: the transmission report of a fax, for its sender and for whoever agreed. Their browsers seal and open it. */
export const faxReportPageRows: readonly Row[] = [
  row({
    method: "GET",
    path: PATH,
    who: "sender",
    handle: async (visit) => {
      const report = await visit.parts.records.read.faxReport(visit.transfer.reference);
      if (report === null && !takesReport(visit.transfer))
        return redirect(visit, `/transfers/${visit.transfer.reference}`);
      return page(visit, "", "");
    },
  }),
  row({
    method: "POST",
    path: `${PATH}/paper`,
    who: "sender",
    body: Type.Object({
      where: Type.Optional(Type.String({ maxLength: 2000 })),
      replaces: Type.String({ maxLength: 100 }),
    }),
    handle: async (visit, { where = "", replaces }) => {
      const { parts, member, transfer } = visit;
      if (where.trim() === "") return page(visit, where, "Say where the report is kept");
      if (where.length > MOST_WORDS) return page(visit, where, `Say where in ${MOST_WORDS} characters or fewer`);
      await parts.records.write(async (tx) => {
        const now = (await tx.transfer(transfer.reference)) ?? transfer;
        const before = await tx.faxReport(transfer.reference);
        const step = keepReportOnPaper(now, before, where, replaces, takenBy(parts, member));
        if (before !== null && before.digest !== "") await refuseWhileHeld(tx, now); // SIS-37: what a hold keeps is not destroyed
        await tx.saveFaxReport(step.report);
        await tx.append(step.event);
      });
      return redirect(visit, `/transfers/${transfer.reference}/fax-report`);
    },
  }),
  row({
    method: "GET",
    path: "/to-agree/:id/fax-report",
    who: "approver",
    handle: async (visit) => {
      const { parts, member, asked } = visit;
      const report = await parts.records.read.faxReport(asked.reference);
      if (!mayReadReport(report, member)) return redirect(visit, `/to-agree/${asked.id}`);
      return render(visit, "carry/read-fax-report.njk", {
        title: "Transmission report",
        back: { href: `/to-agree/${asked.id}`, text: "Back to what you were asked" },
        reference: asked.reference,
        report: await known(parts.records.read, report),
        at: `/api/to-agree/${asked.id}/fax-report`,
        scripts: ["entries/fax-report.js"],
      });
    },
  }),
];

/** A report with the names of those who have to do with it. */
async function known(read: Reader, report: FaxReport) {
  const readers = await Promise.all(report.readers.map((id) => read.member(id)));
  return { ...report, by: await read.member(report.byId), people: readers.filter((each) => each !== null) };
}

async function page(visit: SenderVisit, where: string, error: string): Promise<string> {
  const { parts, transfer, member } = visit;
  const { read } = parts.records;
  const report = await read.faxReport(transfer.reference);
  const people = (await reportReaders(read, transfer)).map((each) => each.member);
  const context = {
    title: "Transmission report",
    back: { href: `/transfers/${transfer.reference}`, text: `Transfer ${transfer.reference}` },
    path: `/transfers/${transfer.reference}`,
    reference: transfer.reference,
    report: report && (await known(read, report)),
    at: `/api/transfers/${transfer.reference}/fax-report`,
    takes: takesReport(transfer),
    now: reportNow(report),
    people: people.filter(({ id }) => id !== member.id),
    readers: JSON.stringify(people.map(({ id, address }) => ({ memberId: id, address }))),
    most: LARGEST_REPORT,
    where,
    errors: error === "" ? {} : { where: error },
    scripts: ["entries/fax-report.js"],
  };
  return render(visit, "carry/fax-report.njk", context, error === "" ? 200 : 422);
}
