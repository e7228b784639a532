import { type Ground, groundText } from "../../domain/reading-text.ts";
import { type Block, facts, heading, type Paper, paragraph } from "../paper.ts";
import { unmarkedLine } from "./unmarked-line.ts";

/** A checklist as it is printed, to be filled in by hand and entered later. */
export interface ChecklistPaper {
  readonly reference: string;
  /** ISO 8601 */
  readonly date: string;
  readonly organisation: string;
  readonly method: string;
  /** Of the transfer's record: names of rows and their values. Never classification or contents: the paper lies about. */
  readonly record: readonly (readonly [name: string, value: string])[];
  /** As the rules say them: `unmarkedLine` is what is printed. */
  readonly lines: readonly (Ground & { readonly need?: string; readonly says: string; readonly done: boolean })[];
  /** What is written in by hand, such as a tracking number. */
  readonly blanks: readonly string[];
  /** The address of the form that takes it afterwards, such as waybill.example.gov.uk/transfers/WB-…/paper. */
  readonly enterAt: string;
}

/** Everything that the rules ask of one method, with boxes, and the record's fields to fill in (SIS-14, SIS-21 … SIS-23). */
export function checklistPaper(about: ChecklistPaper): Paper {
  const { reference, date, organisation, method, record, lines, blanks, enterAt } = about;
  return {
    title: `${method}: checklist`,
    language: "en-GB",
    date,
    author: organisation,
    foot: reference,
    blocks: [
      paragraph(
        `Fill this in as you go, and enter it afterwards at ${enterAt}. Write nothing of the contents on it, and keep it with the record.`,
      ),
      facts(["Reference", reference], ...record),
      heading(2, "What the rules ask"),
      ...lines.map(unmarkedLine).map(
        ({ says, done, ...ground }): Block => ({
          kind: "blank",
          label: `${says}${ground.clauses.length === 0 ? "" : ` (${groundText(ground)})`}`,
          box: done ? "ticked" : "empty",
        }),
      ),
      heading(2, "What happened"),
      ...blanks.map((label): Block => ({ kind: "blank", label, lines: 1 })),
      { kind: "blank", label: "Filled in by: name, signature, date", lines: 1 },
    ],
  };
}
