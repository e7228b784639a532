import type { Reader } from "../../domain/records.ts";
import { type Matched, matchRecipients, type Unmatched } from "./match-recipients.ts";

/** One entry of a typed or pasted list, with the number of its line from 1. Where the line is not clear, `why` says so. */
export interface Entry {
  readonly line: number;
  readonly typed: string;
  readonly why: string | null;
}

interface Line {
  readonly line: number;
  readonly text: string;
}

/** What a heading above addresses is called in the lists that people keep. */
const EMAIL_HEADING = /^(work |business )?(e-?mail|mail)( ?address(es)?)?( \d)?$/i;
const ADDRESS_HEADING = /^address(es)?$/i;
const HEADING =
  /^(first|last|full|given|family|display|middle)?[ _-]?names?$|^(surname|forename|title|role|team|organi[sz]ation|company|department|phone|telephone|mobile|notes?|to|recipients?)( number)?$/i;

/**
 * The entries of a typed or pasted list (OXM-15: nobody is guessed). It may be
 * - one a line, or separated by semicolons, or addresses by commas;
 * - columns as a spreadsheet pastes them, separated by tabs: of a row the address counts, and its other columns do not;
 * - comma-separated rows, under a heading that says which column has the address or with a name before it.
 * A row of columns with two addresses, or under a heading with none, is not clear.
 */
export function entriesOf(typed: string): readonly Entry[] {
  const lines = typed
    .split(/\r\n|\r|\n/)
    .map((text, at) => ({ line: at + 1, text }))
    .filter(({ text }) => text.trim() !== "");
  const [first, ...rest] = lines;
  if (first === undefined) return [];
  const separator = first.text.includes("\t") ? "\t" : ",";
  const headings = cellsOf(first.text, separator).map((each) => each.replace(/[:*]$/, "").trim());
  if (rest.length === 0 || !isHeading(headings)) return lines.flatMap(clearLine);
  const rows = rest.map(({ line, text }) => ({ line, cells: cellsOf(text, separator) }));
  const held = (at: number) => rows.some(({ cells }) => isAddress(cells[at] ?? "")); // an “address” may be a street's
  const column = headings.findIndex((each, at) => isAddressHeading(each) && held(at));
  if (headings.length === 1 || column < 0) return rest.flatMap(clearLine);
  return rows.map(({ line, cells }) => inColumn(line, cells, column));
}

/** Matches what was pasted to colleagues and contacts; of more lines than one, each that fits nobody says which it is. */
export async function matchPasted(
  read: Reader,
  typed: string,
): Promise<{ readonly matched: readonly Matched[]; readonly unmatched: readonly Unmatched[] }> {
  const entries = entriesOf(typed);
  const clear = entries.filter(({ why }) => why === null);
  const found = await matchRecipients(
    read,
    clear.map((each) => each.typed),
  );
  const several = entries.some(({ line }) => line !== entries[0]?.line);
  const unclear = entries.flatMap(({ line, typed: text, why }) => (why === null ? [] : [{ line, typed: text, why }]));
  const lineOf = new Map(clear.toReversed().map((each) => [each.typed, each.line]));
  const unmatched = [...unclear, ...found.unmatched.map((each) => ({ ...each, line: lineOf.get(each.typed) ?? 0 }))];
  return {
    matched: found.matched,
    unmatched: unmatched
      .toSorted((a, b) => a.line - b.line)
      .map(({ line, why, ...rest }) => ({
        ...rest,
        why: several && line > 0 ? `Line ${line}: ${why}` : why,
      })),
  };
}

/** Headings alone, or one of addresses among whatever else stands there: a person is called none of them. */
function isHeading(cells: readonly string[]): boolean {
  const named = cells.filter((each) => each !== "");
  if (named.length === 0 || named.some((each) => each.includes("@"))) return false;
  if (named.length > 1 && named.some((each) => EMAIL_HEADING.test(each))) return true;
  return named.every((each) => isAddressHeading(each) || HEADING.test(each));
}

function isAddressHeading(cell: string): boolean {
  return EMAIL_HEADING.test(cell) || ADDRESS_HEADING.test(cell);
}

function inColumn(line: number, cells: readonly string[], column: number): Entry {
  const cell = cells[column] ?? "";
  if (isAddress(cell)) return { line, typed: bare(cell), why: null };
  const shown = cells.filter(Boolean).join(", ").slice(0, 80);
  return { line, typed: shown, why: `“${shown}” has no email address in the column that your heading names. Add it.` };
}

function clearLine({ line, text }: Line): readonly Entry[] {
  if (text.includes("\t")) return ofColumns(line, cellsOf(text, "\t"));
  const entries = text.split(";").flatMap(entriesInText);
  return entries
    .map((each) => bare(each.replace(/,\s*$/, "")))
    .filter((each) => each !== "")
    .map((typed) => ({ line, typed, why: null }));
}

/** A row that a spreadsheet pasted. Addresses and nothing else are a list; beside other columns there must be one. */
function ofColumns(line: number, all: readonly string[]): readonly Entry[] {
  const cells = all.filter((each) => each !== "");
  const addresses = cells.filter(isAddress);
  if (addresses.length === cells.length) return addresses.map((each) => ({ line, typed: bare(each), why: null }));
  const [only, ...more] = addresses;
  if (more.length > 0) {
    const typed = cells.join(", ").slice(0, 80);
    return [{ line, typed, why: `There are ${addresses.length} addresses in this row. Keep the one that you mean.` }];
  }
  if (only !== undefined) return [{ line, typed: bare(only), why: null }];
  return [{ line, typed: cells.join(" "), why: null }]; // names in two columns, or somebody whom the row names without an address
}

/** A comma before the only address is part of the name, as in `Counsel, Clara <clara@…>`; after it comes somebody else. */
function entriesInText(text: string): readonly string[] {
  const at = text.indexOf("@");
  if (at < 0) return [text];
  if (at !== text.lastIndexOf("@")) return cellsOf(text, ",");
  const comma = text.indexOf(",", at);
  const [head, tail] = comma < 0 ? [text, []] : [text.slice(0, comma), cellsOf(text.slice(comma + 1), ",")];
  if (head.includes("<")) return [head, ...tail];
  return [cellsOf(head, ",").find(isAddress) ?? head, ...tail]; // name,address
}

/** The cells of a row, without the quotation marks that spreadsheets put around cells; what is quoted is not split. */
function cellsOf(text: string, separator: "\t" | ","): readonly string[] {
  const cells: string[] = [];
  let cell = "";
  let quoted = false;
  for (const character of text) {
    if (character === '"') quoted = !quoted;
    if (character === separator && !quoted) {
      cells.push(cell);
      cell = "";
    } else cell += character;
  }
  return [...cells, cell].map((each) =>
    each
      .trim()
      .replace(/^"(.*)"$/s, "$1")
      .replaceAll('""', '"')
      .trim(),
  );
}

function isAddress(cell: string): boolean {
  return /^[^\s@<>]+@[^\s@<>]+$/.test(bare(cell)) || /<[^\s@<>]+@[^\s@<>]+>$/.test(cell);
}

/** `mailto:` and angle brackets are no part of an address. */
function bare(entry: string): string {
  return entry
    .trim()
    .replace(/^mailto:/i, "")
    .replace(/^<([^<>]*)>$/, "$1")
    .trim();
}
