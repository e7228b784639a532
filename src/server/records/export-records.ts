import { setImmediate } from "node:timers/promises";
import { METHOD_NAMES } from "../../domain/method-names.ts";
import type { RecordPlace } from "../../domain/oversight.ts";
import type { Reader } from "../../domain/records.ts";
import { csvLine } from "../texts/csv.ts";
import { findRecords } from "./find-records.ts";
import { type RecordLine, recordLine } from "./record-line.ts";
import type { ReadSearch } from "./search-form.ts";

export const FORMATS = ["csv", "jsonl"] as const;
export type ExportFormat = (typeof FORMATS)[number];

const AT_ONCE = 200;

const COLUMNS = [
  ...["reference", "begun", "state", "method", "sender", "sender address", "recipients", "organisations"],
  ...["receipts", "purpose", "classification", "personal", "sensitive", "people", "released", "ended", "expires"],
  ...["clauses", "waybill SHA-256"],
] as const;

/** Everything that a search finds, newest first, a page at a time: nothing of its size is ever held in memory. */
export async function* exportRecords(read: Reader, search: ReadSearch, format: ExportFormat): AsyncGenerator<string> {
  if (format === "csv") yield csvLine(COLUMNS);
  let after: RecordPlace | null = null;
  do {
    const page: Awaited<ReturnType<typeof findRecords>> = await findRecords(read, search, AT_ONCE, after);
    let text = "";
    for (const transfer of page.transfers) {
      const line = await recordLine(read, transfer);
      text += format === "csv" ? csvLine(cellsOf(line)) : `${JSON.stringify(line)}\n`;
    }
    yield text;
    after = page.next;
    await setImmediate(); // others are served meanwhile
  } while (after !== null);
}

function cellsOf(line: RecordLine): readonly (string | number | null)[] {
  const { recipients, sender, method } = line;
  const names: Readonly<Record<string, string>> = METHOD_NAMES;
  return [
    ...[line.reference, line.begun, line.state, method === null ? "" : (names[method] ?? method)],
    ...[sender.name, sender.address],
    recipients.map(({ name, address, state }) => `${name} <${address}>: ${state}`).join("; "),
    [...new Set(recipients.map(({ organisation }) => organisation))].join("; "),
    recipients.filter(({ receivedAt }) => receivedAt !== null).length,
    ...[line.purpose, line.classification, yesNo(line.personal), yesNo(line.sensitive), line.people],
    ...[line.released, line.ended, line.expires, line.clauses.join(" "), line.waybill],
  ];
}

function yesNo(value: boolean): string {
  return value ? "yes" : "no";
}
