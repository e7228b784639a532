import { setImmediate } from "node:timers/promises";
import type { LawfulLists } from "../../domain/lawful-bases.ts";
import { METHOD_NAMES } from "../../domain/method-names.ts";
import type { RecordPlace } from "../../domain/oversight.ts";
import { problemInWords } from "../../domain/problem-words.ts";
import type { Reader } from "../../domain/records.ts";
import { ROLES } from "../../domain/roles.ts";
import { csvLine } from "../texts/csv.ts";
import { type ExportedAnswer, type ExportLine, exportLine } from "./export-line.ts";
import { findRecords } from "./find-records.ts";
import type { ReadSearch } from "./search-form.ts";

export const FORMATS = ["csv", "jsonl"] as const;
export type ExportFormat = (typeof FORMATS)[number];

const AT_ONCE = 200;

/** docs/evidence.md says what each is. New ones are added at the end: what reads the first ones goes on. */
const COLUMNS = [
  ...["reference", "begun", "state", "method", "sender", "sender address", "recipients", "organisations"],
  ...["receipts", "purpose", "classification", "personal", "sensitive", "people", "released", "ended", "expires"],
  ...["clauses", "waybill SHA-256", "receipts proved opened", "receipts by word", "approvals", "lawful basis"],
  ...["special categories", "criminal offences", "incidents"],
] as const;

/** Everything that a search finds, newest first, a page at a time: nothing of its size is ever held in memory. */
export async function* exportRecords(
  read: Reader,
  search: ReadSearch,
  format: ExportFormat,
  lists: LawfulLists,
): AsyncGenerator<string> {
  if (format === "csv") yield csvLine(COLUMNS);
  let after: RecordPlace | null = null;
  do {
    const page: Awaited<ReturnType<typeof findRecords>> = await findRecords(read, search, AT_ONCE, after);
    let text = "";
    for (const transfer of page.transfers) {
      const line = await exportLine(read, transfer, lists);
      text += format === "csv" ? csvLine(cellsOf(line)) : `${JSON.stringify(line)}\n`;
    }
    yield text;
    after = page.next;
    await setImmediate(); // others are served meanwhile
  } while (after !== null);
}

function cellsOf(line: ExportLine): readonly (string | number | null)[] {
  const { recipients, sender, method } = line;
  const names: Readonly<Record<string, string>> = METHOD_NAMES;
  const receipts = (kind: "proved" | "said") => recipients.filter(({ receipt }) => receipt === kind).length;
  return [
    ...[line.reference, line.begun, line.state, method === null ? "" : (names[method] ?? method)],
    ...[sender.name, sender.address],
    recipients.map(({ name, address, state }) => `${name} <${address}>: ${state}`).join("; "),
    [...new Set(recipients.map(({ organisation }) => organisation))].join("; "),
    receipts("proved") + receipts("said"),
    ...[line.purpose, line.classification, yesNo(line.personal), yesNo(line.sensitive), line.people],
    ...[line.released, line.ended, line.expires, line.clauses.join(" "), line.waybill],
    ...[receipts("proved"), receipts("said"), line.approvals.map(answerText).join("; ")],
    ...[line.lawfulBasis?.says ?? "", stated(line.special), stated(line.offences)],
    line.incidents
      .map(({ id, kinds, state }) => `${id}: ${kinds.map(problemInWords).join(", ")} (${state})`)
      .join("; "),
  ];
}

const STATES = {
  waiting: "has not answered",
  approved: "agreed",
  refused: "refused",
  superseded: "does not count any more",
  lapsed: "nobody answered in time",
} as const;

function answerText({ role, state, name, address, at, how, inPlaceOf, arrangement }: ExportedAnswer): string {
  const by = name === "" && address === "" ? "" : `, ${name} <${address}>${at === null ? "" : `, ${at}`}`;
  const way = { "in person": "", deputy: `, in place of ${inPlaceOf}`, "standing arrangement": "" }[how];
  const answer =
    how === "standing arrangement" ? `agreed in advance (standing arrangement ${arrangement})` : STATES[state];
  return `${ROLES[role]}: ${answer}${by}${way}`;
}

/** Nothing where it was not stated. */
function stated(value: boolean | null): string {
  return value === null ? "" : yesNo(value);
}

function yesNo(value: boolean): string {
  return value ? "yes" : "no";
}
