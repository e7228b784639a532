import { A4, facts, heading, list, type Paper, paragraph } from "../paper.ts";
import { SHEET_CY } from "./sheet-cy.ts";
import { SHEET_EN } from "./sheet-en.ts";
import { type SheetFacts, type SheetTexts, shortly } from "./sheet-texts.ts";

/** So many names of files have a line each. */
const LISTED = 12;
/** One sheet of paper is what people keep together. */
const PAGE = { ...A4, margin: 12 };

/** A sheet and what its files are called, without their endings. */
export interface InstructionSheet {
  readonly name: string;
  readonly paper: Paper;
}

/**
 * The instruction sheets that lie beside a package (SDT-14, SDT-26), in English and in Welsh: how to open it, the recipient's responsibilities, what
 * to do if it is not theirs, and whom to call. They know nothing of the contents, and so cannot tell (SDT-27).
 * @param date ISO 8601, of the sheets' making.
 */
export function instructionSheets(about: SheetFacts, date: string): readonly InstructionSheet[] {
  return [
    { name: `${about.reference}-how-to-open`, paper: sheet(about, SHEET_EN, "en-GB", date) },
    { name: `${about.reference}-sut-i-agor`, paper: sheet(about, SHEET_CY, "cy", date) },
  ];
}

function sheet(about: SheetFacts, texts: SheetTexts, language: Paper["language"], date: string): Paper {
  const { reference, organisation, call, files, format, toKeys, arrival, returnTo } = about;
  const names = texts.factNames;
  const password = toKeys ? [] : [heading(2, texts.passwordTitle), list(...texts.password)];
  const arrived = arrival === null ? texts.arrived(call) : texts.arrivedOnline(arrival.host, arrival.code, call);
  const steps = toKeys ? texts.key(about) : texts.open[format](about);
  return {
    title: texts.title(reference),
    language,
    date,
    author: organisation,
    foot: reference,
    page: PAGE,
    blocks: [
      paragraph(texts.lead(organisation)),
      facts(
        [names.reference, reference],
        [names.from, organisation],
        [names.call, call],
        [names.files, files.length > LISTED ? `${shortly(files)} (${files.length})` : files.join("\n")],
      ),
      ...[heading(2, texts.wrongTitle), list(...texts.wrong(call))],
      ...[heading(2, texts.arrivedTitle), paragraph(arrived)],
      ...[heading(2, texts.openTitle), { ...list(...steps), numbered: true }],
      ...password,
      ...[heading(2, texts.dutiesTitle), list(...texts.duties(returnTo))],
      ...[heading(2, texts.troubleTitle), paragraph(texts.trouble(call))],
    ],
  };
}
