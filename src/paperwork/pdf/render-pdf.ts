import { PaperworkError } from "../error.ts";
import type { Block, Paper } from "../paper.ts";
import { drawBlank, drawFacts, drawHeading, drawList, drawParagraph, drawTable, drawTitle } from "./draw-blocks.ts";
import { drawCode } from "./draw-code.ts";
import { drawLabels } from "./draw-labels.ts";
import { type Fonts, installedFonts } from "./installed-fonts.ts";
import { Pen } from "./pen.ts";

const WORDS = {
  "en-GB": {
    page: (page: number, pages: number) => `Page ${page} of ${pages}`,
    replaced:
      "Characters that this document’s type has no shape for stand as their Unicode numbers in brackets, such as [U+738B]. Read aloud by a screen reader, they are as they were written.",
  },
  cy: {
    page: (page: number, pages: number) => `Tudalen ${page} o ${pages}`,
    replaced:
      "Mae nodau nad oes gan deip y ddogfen hon ffurf ar eu cyfer yn ymddangos fel eu rhifau Unicode mewn cromfachau, megis [U+738B]. O’u darllen yn uchel gan ddarllenydd sgrin, maent fel y’u hysgrifennwyd.",
  },
} as const;

/**
 * The paper as a tagged PDF (PDF 1.7; structure tree, language, title, alternative texts, embedded fonts; it claims PDF/UA-1): the same paper
 * and fonts make the same bytes. Takes some tens of milliseconds, more for hundreds of rows. Text never leaves its column or page.
 * Characters without a shape in the fonts stand as their numbers, and a sentence at the end says so.
 * @param fonts Noto Sans, as it is installed beside this program, unless said.
 * @throws PaperworkError `bad-document`, `does-not-fit`
 */
export async function renderPdf(paper: Paper, fonts?: Fonts): Promise<Uint8Array<ArrayBuffer>> {
  checkPaper(paper);
  const pen = new Pen(paper, fonts ?? (await installedFonts()));
  const words = WORDS[paper.language];
  const labelsOnly = paper.blocks.length > 0 && paper.blocks.every(({ kind }) => kind === "labels");
  if (!labelsOnly) {
    pen.newPage();
    drawTitle(pen, paper.title);
  }
  for (const block of paper.blocks) draw(pen, block);
  if (labelsOnly) return pen.pdf.bytes();
  if (pen.replaced) drawParagraph(pen, { kind: "paragraph", text: words.replaced, style: "small" });
  return pen.finish(paper.foot, words.page);
}

type Draw = { readonly [Kind in Block["kind"]]: (pen: Pen, block: Extract<Block, { kind: Kind }>) => void };

const DRAW: Draw = {
  heading: drawHeading,
  paragraph: drawParagraph,
  list: drawList,
  facts: drawFacts,
  table: drawTable,
  code: drawCode,
  blank: drawBlank,
  labels: drawLabels,
  "page-break": (pen) => pen.newPage(),
};

function draw<Kind extends Block["kind"]>(pen: Pen, block: Extract<Block, { kind: Kind }>): void {
  const drawn: (pen: Pen, block: Extract<Block, { kind: Kind }>) => void = DRAW[block.kind as Kind];
  drawn(pen, block);
}

/** @throws PaperworkError `bad-document` for what would be a document that screen readers stumble over, or none at all */
function checkPaper({ title, date, blocks }: Paper): void {
  const bad = (message: string) => new PaperworkError({ code: "bad-document", message });
  if (title.trim() === "") throw bad("A document has a title.");
  if (Number.isNaN(Date.parse(date))) throw bad("A document has the date of what it records.");
  let level = 1;
  for (const block of blocks) {
    if (block.kind === "heading") {
      if (block.level > level + 1) throw bad("A heading is two levels under the one before it.");
      level = block.level;
    }
    if (block.kind === "table" && block.rows.some(({ length }) => length !== block.head.length)) {
      throw bad("A row of a table has as many cells as its head.");
    }
  }
}
