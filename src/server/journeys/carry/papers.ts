import type { Carriage, CarriedMethod, MadePackage } from "../../../domain/carriage.ts";
import { carrierText, digestLines, PACKAGE_NAMES } from "../../../domain/carried-lines.ts";
import { formatDate } from "../../../domain/date-text.ts";
import { DomainError } from "../../../domain/error.ts";
import type { Facts } from "../../../domain/facts.ts";
import { arrivesAtOnce, carriageOf } from "../../../domain/lifecycle/carriage-arrows.ts";
import { isOver } from "../../../domain/lifecycle/transfer-arrows.ts";
import { METHOD_NAMES } from "../../../domain/method-names.ts";
import { nationalPhone } from "../../../domain/phone.ts";
import type { RecordedAssessment } from "../../../domain/recorded-assessment.ts";
import type { Reader } from "../../../domain/records.ts";
import type { Transfer } from "../../../domain/transfer.ts";
import { checklistPaper } from "../../../paperwork/carried/checklist.ts";
import { firstFree } from "../../../paperwork/carried/labels.ts";
import { PaperworkError } from "../../../paperwork/error.ts";
import type { Paper } from "../../../paperwork/paper.ts";
import { assessTransfer, methodOf } from "../../assessing/assess-transfer.ts";
import { conditionsOf } from "../../assessing/conditions.ts";
import { policyNow } from "../../assessing/policy-now.ts";
import { linesBeside } from "../../carrying/at-dispatch.ts";
import { isDone } from "../../carrying/done-lines.ts";
import { packedFrom } from "../../carrying/how-to-open.ts";
import { dialledFor, namedBy } from "../../carrying/named.ts";
import { carriedPaper, PAPERS, type PaperName, papersOf } from "../../carrying/papers.ts";
import { drawPdf } from "../../drawing/draw-pdf.ts";
import { ServerError } from "../../error.ts";
import { redirect } from "../../gate/redirect.ts";
import { type Row, row, type SenderVisit } from "../../gate/row.ts";
import { render } from "../../render.ts";

/** Of sheets that are asked for in a language. */
const LANGUAGES = ["en", "cy"] as const;

/** A PDF takes the processor some tens of milliseconds, so that nobody has it draw all day. */
const DRAWN = [{ times: 120, seconds: 600, by: "caller" }] as const;

/** What is printed for something that is carried: sheets, labels, a fax cover, the checklist. Printing changes nothing. */
export const paperRows: readonly Row[] = [
  row({
    method: "GET",
    path: "/transfers/:ref/papers",
    who: "sender",
    handle: async (visit) => {
      const { transfer, recipients } = visit;
      if (!transfer.carriage) return redirect(visit, `/transfers/${transfer.reference}`);
      return render(visit, "carry/papers.njk", {
        title: "Print",
        path: `/transfers/${transfer.reference}`,
        reference: transfer.reference,
        name: METHOD_NAMES[transfer.carriage.method],
        method: transfer.carriage.method,
        enters: transfer.state === "approved" || transfer.state === "released",
        recipients: recipients.filter((each) => !isOver(each)),
        papers: papersOf(transfer).map((paper) => ({ paper, text: PAPERS[paper] })),
      });
    },
  }),
  row({
    method: "GET",
    path: "/transfers/:ref/papers/checklist",
    who: "sender",
    rates: DRAWN,
    handle: async (visit) => pdf(visit, "checklist", () => checklist(visit)),
  }),
  row({
    method: "GET",
    path: "/transfers/:ref/papers/:paper/:recipient",
    who: "sender",
    rates: DRAWN,
    handle: async (visit) => {
      const { transfer, recipients, member, organisation, parts, params, query } = visit;
      // Beside a package that was made a moment ago and is not stated yet, the page says its kind.
      const made = transfer.carriage?.fixed.package ?? null;
      const packed = packedFrom(query) ?? (made && { kind: made.kind, files: made.digests.length });
      const language = LANGUAGES.find((each) => each === query.language) ?? null;
      const offered: readonly PaperName[] =
        packed === null ? papersOf(transfer) : [...papersOf(transfer), "how-to-open"];
      const paper = offered.find((each) => each === params.paper);
      const recipient = recipients.find(({ id }) => id === params.recipient);
      if (!paper || !recipient) {
        throw new ServerError({ code: "no-such-page", message: "There is no such paper for this transfer." });
      }
      const { returnAddress } = policyNow(parts).settings.post;
      const about = {
        transfer,
        recipient,
        sender: member,
        organisation,
        place: parts.place,
        returnAddress,
        packed,
        language,
        firstLabel: firstFree(query.first),
      };
      // Both languages of one sheet lie in one folder: each has the name that it has beside a package.
      const welsh = paper === "how-to-open" && (language ?? recipient.language) === "cy";
      return pdf(visit, welsh ? "sut-i-agor" : paper, () => carriedPaper(parts.records.read, paper, about));
    },
  }),
];

async function pdf({ transfer, reply }: SenderVisit, name: string, make: () => Promise<Paper>): Promise<Buffer> {
  try {
    const bytes = await drawPdf(await make());
    // Names of files are the reference, and what kind of paper it is (SDT-27).
    reply
      .header("content-type", "application/pdf")
      .header("content-disposition", `attachment; filename="${transfer.reference}-${name}.pdf"`);
    return Buffer.from(bytes);
  } catch (error) {
    if (error instanceof PaperworkError)
      throw new DomainError({ code: "not-now", message: error.message, cause: error });
    throw error;
  }
}

async function checklist({ parts, transfer, recipients, member, organisation }: SenderVisit): Promise<Paper> {
  const { method } = carriageOf(transfer);
  const found = await assessTransfer(parts, parts.records.read, { transfer, recipients, sender: member });
  const fixed = transfer.waybill && (await parts.records.read.fixedWaybill(transfer.waybill.digest));
  const facts = fixed && transfer.releasedAt !== null ? asItWent(found.facts, fixed.assessment) : found.facts;
  const report = await reportLine(parts.records.read, transfer);
  const { needs } = conditionsOf(policyNow(parts), facts, parts.clock.now(), methodOf(transfer));
  return checklistPaper({
    reference: transfer.reference,
    date: transfer.createdAt,
    organisation: organisation.name,
    method: METHOD_NAMES[method],
    record: [
      ["Who sends it", `${member.name} (${member.address})`],
      ["For whom", recipients.map(({ name, organisation: of }) => (of ? `${name}, ${of}` : name)).join("\n")],
      ...(await recordRows(parts, transfer, recipients)),
    ],
    lines: [
      ...needs.map(({ met, ...each }) => ({ ...each, done: isDone({ need: each.need, met }, transfer, recipients) })),
      ...linesBeside(carriageOf(transfer), found.answer),
      ...report,
    ],
    blanks: blanksOf(carriageOf(transfer)),
    enterAt: `${new URL(parts.place.origin).host}/transfers/${transfer.reference}/paper`,
  });
}

/** What is on record of how it goes: counts, what carries it, the package and its digest, and the numbers that are dialled. Nothing of the contents. */
async function recordRows(
  parts: SenderVisit["parts"],
  transfer: Transfer,
  recipients: SenderVisit["recipients"],
): Promise<readonly (readonly [name: string, value: string])[]> {
  const carriage = carriageOf(transfer);
  const { fixed, dispatch, method } = carriage;
  const { medium, fax } = await namedBy(parts.records.read, carriage, recipients);
  const dialled = await dialledFor(parts.records.read, carriage, recipients);
  const rows: readonly (readonly [name: string, value: string | null])[] = [
    [COUNTED[method], fixed.items === null ? null : String(fixed.items)],
    ["Pages", fixed.pages === null ? null : String(fixed.pages)],
    ["Medium", medium],
    ["Carried by", carrierText(fixed, policyNow(parts).settings.carriers)],
    ["Tracking number", dispatch?.tracking ?? null],
    ["Should be there", dispatch?.expected ? formatDate(dispatch.expected) : null],
    ["Fax machine", fax && nationalPhone(fax)],
    ["Number to dial", dialled.map(({ name, number }) => `${name}: ${nationalPhone(number)}`).join("\n")],
    ["Package", fixed.package && packageText(fixed.package)],
    ["SHA-256", fixed.package && digestLines(fixed.package)],
  ];
  return rows.flatMap(([name, value]) => (value === null || value === "" ? [] : [[name, value] as const]));
}

/** Kind, how many files where there are several, and size. */
function packageText({ kind, digests: { length }, bytes }: MadePackage): string {
  const files = length === 1 ? "" : `${length} files, `;
  return `${PACKAGE_NAMES[kind]}, ${files}${bytes.toLocaleString("en-GB")} bytes`;
}

/** How many of what. */
const COUNTED: Readonly<Record<CarriedMethod, string>> = {
  ...{ email: "Files", cjsm: "Files", "removable-media": "Files", post: "Papers or things" },
  ...{ "hand-delivery": "Papers or things", telephone: "Pieces of information", fax: "Papers" },
};

/** SIS-25: what becomes of the machine's report, which is done after the fax went. */
async function reportLine(read: Reader, { carriage, reference }: Transfer) {
  if (carriage?.method !== "fax") return [];
  const says =
    "The machine’s transmission report is attached to the record, sealed, or kept on paper where nobody comes by it who does not need it.";
  return [{ says, clauses: ["SIS-25"], done: (await read.faxReport(reference)) !== null }];
}

/** What the registers said when it was signed: by now the medium may be back and the machine's check may have lapsed. */
function asItWent(facts: Facts, assessment: string): Facts {
  const { media, fax } = (JSON.parse(assessment) as RecordedAssessment).facts; // our own text, fixed at signing
  return { ...facts, media, fax: facts.fax && { ...facts.fax, machineChecked: fax?.machineChecked ?? null } };
}

/** What is filled in by hand, in the order of the form that takes it (`paper.ts`): always the time, and who. */
function blanksOf(carriage: Carriage): readonly string[] {
  const { method, fixed } = carriage;
  const atOnce = arrivesAtOnce(carriage);
  const posted = (method === "post" || method === "removable-media") && atOnce === null;
  return [
    "It went: day and time, by whom",
    ...(posted ? ["Tracking number", "When it should be there"] : []),
    ...(atOnce === "in-person"
      ? ["Taken to them, or collected by them", "By whom it was taken, identification seen (kind only)"]
      : []),
    ...(method === "telephone"
      ? ["Number that was rung", "What kind of information (nothing of it)", "How you knew who answered"]
      : []),
    ...(method === "fax" ? ["Pages that the machine sent"] : []),
    ...(atOnce === null ? ["It arrived: day and time, how that is known, who has it"] : []),
    ...(fixed.package || method === "removable-media" ? ["Password told: day and time, by whom, how"] : []),
    `Complete: day and time, how they said so${method === "fax" ? ", pages that came" : ""}, signature reference`,
  ];
}
