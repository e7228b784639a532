import { Type } from "typebox";
import { randomId } from "../../../bytes/random.ts";
import { iso } from "../../../domain/clock.ts";
import { makeReview, nextReview } from "../../../domain/lifecycle/control-review.ts";
import { DOCUMENTS } from "../../clauses/documents.ts";
import { controlReport, type Period } from "../../controls/control-report.ts";
import { NO_REASON, reportCsv, reportPaper } from "../../controls/report-files.ts";
import { drawPdf } from "../../drawing/draw-pdf.ts";
import { type MemberVisit, type Row, row } from "../../gate/row.ts";
import { look } from "../../records/looks.ts";
import { render } from "../../render.ts";
import { londonDay } from "../../texts/london-day.ts";
import { readDay } from "../../texts/typed-day.ts";

const LONGEST = 5000;
const FORMATS = ["csv", "pdf"] as const;

/** SIS-28: each clause, its control, where it is enforced, how often it was asked about and stopped something, and the yearly review of all of it. */
export const controlsRows: readonly Row[] = [
  row({
    method: "GET",
    path: "/controls",
    who: "overseer",
    handle: async (visit) => {
      const { parts, organisation, member } = visit;
      const asked = { from: visit.query.from ?? "", until: visit.query.until ?? "" };
      const period = periodOf(visit, asked);
      const report = await controlReport(parts, organisation, period);
      return render(visit, "controls/controls.njk", {
        title: "Report on the controls",
        report,
        noReason: NO_REASON,
        groups: [...Map.groupBy(report.controls, (each) => each.document)].map(([id, controls]) => ({
          id,
          document: DOCUMENTS[id],
          controls,
        })),
        overdue: report.due <= iso(parts.clock.now()),
        reviews: member.roles.some((role) => role === "administrator" || role === "privacy-team"),
        searches: member.roles.includes("auditor"),
      });
    },
  }),
  row({
    method: "POST",
    path: "/controls/report",
    who: "overseer",
    rates: [{ times: 15, seconds: 600, by: "caller" }],
    body: Type.Object({
      format: Type.Union(FORMATS.map((each) => Type.Literal(each))),
      from: Type.String({ maxLength: 10 }),
      until: Type.String({ maxLength: 10 }),
    }),
    handle: async (visit, { format, ...asked }) => {
      const { parts, organisation } = visit;
      const period = periodOf(visit, asked);
      const report = await controlReport(parts, organisation, period);
      const file =
        format === "csv"
          ? reportCsv(report)
          : Buffer.from(await drawPdf(reportPaper(report, organisation, iso(parts.clock.now()))));
      await look(visit, "controls-reported", null, { ...period, format });
      await visit.reply
        .type(format === "csv" ? "text/csv; charset=utf-8" : "application/pdf")
        .header("cache-control", "no-store")
        .header("content-disposition", `attachment; filename="controls-${period.until}.${format}"`)
        .send(file);
      return null;
    },
  }),
  row({
    method: "GET",
    path: "/controls/review",
    who: "reviewer",
    handle: async (visit) => reviewPage(visit, "", {}, 200),
  }),
  row({
    method: "POST",
    path: "/controls/review",
    who: "reviewer",
    body: Type.Object({ says: Type.String({ maxLength: 20_000 }), reviewed: Type.Optional(Type.Literal("yes")) }),
    handle: async (visit, body) => {
      const { parts, member, organisation } = visit;
      const says = body.says.trim();
      const errors = {
        ...(says === "" ? { says: "Say what you found and what follows, also where nothing does." } : {}),
        ...(says.length > LONGEST ? { says: `Say it in ${LONGEST} characters or fewer.` } : {}),
        ...(body.reviewed === "yes" ? {} : { reviewed: "Confirm that you looked through the report." }),
      };
      if (Object.keys(errors).length > 0) return reviewPage(visit, body.says, errors, 400);
      const taken = { at: iso(parts.clock.now()), by: { kind: "member", id: member.id } } as const;
      await parts.records.write(async (tx) => {
        const due = nextReview(await tx.controlReviews(), organisation.createdAt, randomId());
        const { reviews, event } = makeReview(due, says, member.id, randomId(), taken);
        for (const review of reviews) await tx.saveControlReview(review);
        await tx.append(event);
      });
      await visit.reply.redirect("/controls#reviews", 303);
      return null;
    },
  }),
];

/** As asked, where both are days in order; otherwise the year up to today. */
function periodOf({ parts }: MemberVisit, asked: Period): Period {
  const day = (text: string) => {
    const [year = "", month = "", date = ""] = text.split("-");
    return readDay({ year, month, day: date });
  };
  const [from, until] = [day(asked.from), day(asked.until)];
  if (from !== null && until !== null && from <= until) return { from, until };
  const today = parts.clock.now();
  const before = new Date(today);
  before.setUTCFullYear(before.getUTCFullYear() - 1);
  before.setUTCDate(before.getUTCDate() + 1);
  return { from: londonDay(before), until: londonDay(today) };
}

async function reviewPage(
  visit: MemberVisit,
  says: string,
  errors: Readonly<Record<string, string>>,
  status: number,
): Promise<string> {
  const reviews = await visit.parts.records.read.controlReviews();
  const due = nextReview(reviews, visit.organisation.createdAt, "");
  return render(visit, "controls/review.njk", { title: "Record the yearly review", says, errors, due }, status);
}
