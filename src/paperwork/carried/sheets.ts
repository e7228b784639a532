import { A4, type Block, facts, heading, list, type Paper, paragraph } from "../paper.ts";
import type { CarriedPaper } from "./carried-paper.ts";
import { countRow, SHEET_WORDS, type SheetWords, whomToCall } from "./sheet-words.ts";

/** One sheet of paper is what people keep together: narrow margins, and a code that a telephone still reads. */
const PAGE = { ...A4, margin: 12 };
const CODE_MM = 25;

/** The sheet that goes inside with what is carried (SDT-14, SDT-26, SIS-23, SIS-24): reference, counts, code, responsibilities, receipt. */
export function contentsSheet(about: CarriedPaper): Paper {
  const words = wordsFor(about);
  const { reference, pages, medium, organisation } = about;
  const call = whomToCall(organisation);
  return paper(about, words.sheetTitle(reference), [
    facts(
      [words.rows.reference, reference],
      [words.rows.from, organisation.name],
      [words.rows.to, whom(about)],
      countRow(about, words.rows),
      ...(pages === null ? [] : [[words.rows.pages, String(pages)] as const]),
      ...(medium === null ? [] : [[words.rows.medium, medium] as const]),
      [words.rows.call, call],
    ),
    ...confirming(about, words),
    paragraph(words.password),
    ...[heading(2, words.wrongTitle), list(...words.wrong(call))],
    ...handling(about, words),
    heading(2, words.receiptTitle),
    { kind: "blank", label: words.slip, lines: 1, height: 12 },
  ]);
}

/** SIS-24: what its classification asks for, and the recipient's duties: on what lies with the contents, and nowhere else. */
function handling(about: CarriedPaper, words: SheetWords): readonly Block[] {
  const { mine, complete } = words.duties;
  const back = about.medium === null ? [] : [returnText(about, words)];
  return [heading(2, words.dutiesTitle), list(mine, ...about.handling, complete, ...back)];
}

/** SDT-24: that the medium comes back, and to where. */
function returnText({ returnAddress }: CarriedPaper, { returnMedium, returnTo }: SheetWords): string {
  return returnAddress === null ? returnMedium : `${returnMedium} ${returnTo.medium}: ${returnAddress.join(", ")}.`;
}

/** The inner envelope's sheet, for double enveloping (SIS-12): it names the person and nothing of what is inside. */
export function innerSheet(about: CarriedPaper): Paper {
  const words = wordsFor(about);
  const { reference, returnAddress, organisation } = about;
  return paper(about, words.innerTitle, [
    ...(about.addresseeOnly ? [{ ...paragraph(words.addresseeOnly), style: "large" } as const] : []),
    { ...paragraph(whom(about)), style: "large" },
    facts(
      [words.rows.reference, reference],
      [words.rows.call, whomToCall(organisation)],
      ...(returnAddress === null ? [] : [[words.returnTo.undelivered, returnAddress.join("\n")] as const]),
    ),
    ...[heading(2, words.wrongTitle), list(...words.wrong(whomToCall(organisation)))],
  ]);
}

/** The first page of a fax (SIS-23, SIS-24): reference, originator, recipient, pages, handling, and what to do if it came to the wrong place. */
export function faxCover(about: CarriedPaper): Paper {
  const words = wordsFor(about);
  const { reference, organisation, originator, pages } = about;
  const call = whomToCall(organisation);
  return paper(about, words.faxTitle, [
    facts(
      [words.rows.reference, reference],
      [words.rows.from, `${originator.name}\n${organisation.name}\n${originator.phone}`],
      [words.rows.to, whom(about)],
      [words.rows.pages, words.faxPages(pages ?? 0)],
      [words.rows.call, call],
    ),
    ...[heading(2, words.wrongTitle), list(...words.wrong(call))],
    ...handling(about, words),
    ...confirming(about, words),
  ]);
}

function confirming({ host, origin, reference, recipient }: CarriedPaper, words: SheetWords): readonly Block[] {
  const { code } = recipient;
  const content = `${origin}/arrived?reference=${reference}&code=${code}`;
  return [
    heading(2, words.whenTitle),
    paragraph(words.when(host, code)),
    { kind: "code", content, says: words.scan(reference, code), size: CODE_MM },
  ];
}

function whom({ recipient: { name, organisation } }: CarriedPaper): string {
  return organisation === "" ? name : `${name}\n${organisation}`;
}

function wordsFor({ recipient }: CarriedPaper): SheetWords {
  return SHEET_WORDS[recipient.language];
}

function paper(
  { recipient, date, organisation, reference }: CarriedPaper,
  title: string,
  blocks: readonly Block[],
): Paper {
  const language = recipient.language === "cy" ? "cy" : "en-GB";
  return { title, language, date, author: organisation.name, foot: reference, page: PAGE, blocks };
}
