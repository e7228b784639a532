import { formatDate, formatDateTime } from "../../domain/date-text.ts";
import type { Organisation } from "../../domain/organisation.ts";
import { type Ground, readingText } from "../../domain/reading-text.ts";
import { type Block, heading, type Paper, paragraph } from "../../paperwork/paper.ts";
import { csvLine } from "../texts/csv.ts";
import type { ControlReport, ReportedControl } from "./control-report.ts";

/** SIS-28: a line for each clause, one for each exception, and one for each review, told apart by the first cell. */
export function reportCsv({ period, policy, controls, exceptions, loosened, reviews, due }: ControlReport): string {
  const head = [
    ...["record", "clause", "strength", "requirement", "control", "ISO/IEC 27002:2022", "rules that run here"],
    ...["enforced in", "tests", "asked in the period", "stopped", "last", "exceptions", "reference", "reason", "at"],
  ];
  const line = (cells: Readonly<Record<string, string | number | null>>) =>
    csvLine(head.map((name) => cells[name] ?? null));
  return [
    csvLine(head),
    line({ record: "period", reason: `${period.from} to ${period.until}; rules ${policy.digest}` }),
    ...controls.map((each) =>
      line({
        ...{ record: "clause", clause: each.id, strength: each.strength, requirement: each.says, control: each.does },
        "ISO/IEC 27002:2022": each.controls.join(" "),
        "rules that run here": each.running.map((rule) => `${rule.id}: ${ruleText(rule)}`).join("; "),
        "enforced in": each.areas.join("; "),
        tests: each.tests.length,
        "asked in the period": each.asked,
        stopped: each.stopped,
        ...{ last: each.last, exceptions: each.excepted },
      }),
    ),
    ...exceptions.map(({ clause, reference, reason, at }) =>
      line({ record: "exception", clause, reference, reason, at }),
    ),
    ...loosened.map(({ reason, ...each }) =>
      line({
        ...{ record: "rule made advice", clause: each.clauses.join(" ") },
        "rules that run here": `${each.rule}: ${ruleText(each)}`,
        reason: reason ?? NO_REASON,
      }),
    ),
    ...reviews.map(({ by, says, reviewedAt }) => line({ record: "review", control: by, reason: says, at: reviewedAt })),
    line({ record: "next review", at: due }),
  ].join("");
}

/** The same as a document. @param at when it is made, ISO 8601 */
export function reportPaper(report: ControlReport, { name }: Organisation, at: string): Paper {
  const { period, policy, controls } = report;
  return {
    title: "Report on the controls",
    language: "en-GB",
    date: at,
    author: name,
    foot: `${name}: controls, ${formatDate(`${period.from}T12:00:00Z`)} to ${formatDate(`${period.until}T12:00:00Z`)}`,
    page: { width: 297, height: 210, margin: 15 },
    blocks: [
      paragraph(
        `${name}, ${formatDate(`${period.from}T12:00:00Z`)} to ${formatDate(`${period.until}T12:00:00Z`)}. Made on ${formatDateTime(at)}, under rules with the digest ${policy.digest}.`,
      ),
      paragraph(
        "Each requirement of the guidance, in the words of the register; the control that answers it; where the product enforces it; in how many signed transfers of the period it was asked about, met or not; and how many transfers it stopped: those whose sender’s task list asked for something under it while they described it, and those that were signed while it was still open; a transfer counts once for a clause. Controls that ask for nothing when a transfer is signed, because they hold always, count none. Before every rule was recorded, only what was still open at the signature was counted as asked; and before task lists were, only that as stopped.",
      ),
      heading(2, "Reviews"),
      ...reviewBlocks(report),
      heading(2, "Exceptions and their reasons"),
      ...exceptionBlocks(report),
      heading(2, "Clauses"),
      {
        kind: "table",
        caption: "Clauses of the guidance, with their controls",
        head: ["Clause", "Requirement", "Control", "Enforced in", "ISO 27002", "Asked", "Stopped", "Last"],
        shares: [4, 10, 12, 10, 4, 3, 4, 4],
        rows: controls.map(rowOf),
      },
    ],
  };
}

function rowOf({
  id,
  says,
  does,
  controls,
  running,
  areas,
  asked,
  stopped,
  last,
  excepted,
  strength,
}: ReportedControl) {
  const where = [...running.map((rule) => `Rule ${rule.id}: ${ruleText(rule)}`), ...areas];
  return [
    `${id} (${strength})`,
    says,
    does,
    where.join("; ") || "Nowhere yet",
    controls.join(", "),
    excepted === 0 ? String(asked) : `${asked}, ${excepted} by a reason`,
    String(stopped),
    last ?? "–",
  ];
}

/** What a rule says, and how far it is a reading of its clauses, which stand beside it. */
function ruleText(rule: Ground & { readonly says: string }): string {
  const reading = readingText(rule);
  return reading === "" ? rule.says : `${rule.says} (${reading})`;
}

/** Of a rule that a configuration of an earlier version made advice. */
export const NO_REASON =
  "No reason given. Whoever keeps the configuration adds it, as {rule: …, reason: …} under loosen.";

function reviewBlocks({ reviews, due }: ControlReport): readonly Block[] {
  return [
    ...reviews.flatMap(({ by, says, reviewedAt }): readonly Block[] => [
      paragraph(`${formatDate(reviewedAt ?? due)}, ${by}:`),
      { kind: "paragraph", text: says, style: "inset" },
    ]),
    paragraph(
      `${reviews.length === 0 ? "None was recorded yet. The first" : "The next"} is due on ${formatDate(due)}.`,
    ),
  ];
}

function exceptionBlocks({ exceptions, excepted, loosened }: ControlReport): readonly Block[] {
  const blocks: Block[] = [];
  if (loosened.length > 0) {
    blocks.push(paragraph("Rules that the configuration made advice:"));
    blocks.push({
      kind: "list",
      items: loosened.map(
        ({ reason, ...each }) =>
          `${each.rule} (${each.clauses.join(", ")}): ${ruleText(each)} Reason: ${reason ?? NO_REASON}`,
      ),
    });
  }
  if (exceptions.length === 0) return [...blocks, paragraph("No transfer rests on a reason in this period.")];
  blocks.push({
    kind: "table",
    caption:
      excepted > exceptions.length
        ? `The newest ${exceptions.length} of ${excepted} transfers that rest on a reason`
        : "Transfers that rest on a reason",
    head: ["Clause", "Transfer", "Signed", "Reason"],
    shares: [2, 3, 3, 10],
    rows: exceptions.map(({ clause, reference, at, reason }) => [clause, reference, formatDate(at), reason]),
  });
  return blocks;
}
