import { A4, type Paper } from "../paper.ts";
import { breakLines } from "./break-lines.ts";
import type { Fonts } from "./installed-fonts.ts";
import { shownText } from "./shown-text.ts";
import { type Element, type ElementOptions, MM, TaggedPdf } from "./tagged-pdf.ts";

/** How a text looks. `size` in points. */
export interface Type {
  readonly weight: "regular" | "bold";
  readonly size: number;
}

const [LEADING, FOOT_SIZE, FOOT_ROOM] = [1.35, 8, 9 * MM];
const [INK, GREY] = ["#0b0c0c", "#b1b4b6"];

/** Writes lines down a page, page after page, each into the structure element that it belongs to. Lengths in points, from the top left. */
export class Pen {
  readonly pdf: TaggedPdf;
  readonly root: Element;
  readonly left: number;
  readonly width: number;
  readonly bottom: number;
  readonly top: number;
  /** Where the next line begins. */
  y: number;
  /** Whether some character stands as its number. */
  replaced = false;
  readonly #has: (codePoint: number) => boolean;
  readonly #widths = new Map<string, number>();

  constructor(paper: Paper, fonts: Fonts) {
    const { width, height, margin } = paper.page ?? A4;
    const size = [width * MM, height * MM] as const;
    this.pdf = new TaggedPdf(paper, size);
    this.left = margin * MM;
    this.width = size[0] - 2 * this.left;
    this.top = this.left;
    this.bottom = size[1] - Math.max(this.left, FOOT_ROOM);
    this.y = Number.POSITIVE_INFINITY; // the first line begins the first page
    this.pdf.registerFont("regular", fonts.regular as unknown as ArrayBuffer); // any bytes are taken
    this.pdf.registerFont("bold", fonts.bold as unknown as ArrayBuffer);
    const shapes = (["regular", "bold"] as const).map((weight) => shapesOf(this.pdf.font(weight)));
    const known = new Map<number, boolean>();
    this.#has = (codePoint) => {
      const has = known.get(codePoint) ?? shapes.every((each) => each.hasGlyphForCodePoint(codePoint));
      known.set(codePoint, has);
      return has;
    };
    this.root = this.pdf.struct("Document");
    this.pdf.addStructure(this.root);
  }

  /** Begins a page. @param size in points, where it is another than the paper's */
  newPage(size?: readonly [number, number]): void {
    this.pdf.addPage(size ? { size: [...size], margin: 0 } : undefined);
    this.pdf.fillColor(INK);
    this.y = this.top;
  }

  /** Begins a page unless so much fits on this one. */
  room(height: number): void {
    if (this.y + height > this.bottom) this.newPage();
  }

  element(tag: string, parent: Element = this.root, options: ElementOptions = {}): Element {
    const element = this.pdf.struct(tag, options);
    parent.add(element);
    return element;
  }

  /** An element for a text; where characters of it stand as numbers, what is read aloud and copied is the text as it was. */
  textElement(tag: string, parent: Element, text: string, options: ElementOptions = {}): Element {
    return this.element(tag, parent, shownText(text, this.#has).replaced ? { ...options, actual: text } : options);
  }

  /** What is on the page and means nothing by itself: rules, boxes, page numbers. */
  artifact(draw: () => void, type: "Pagination" | "Layout" = "Layout"): void {
    this.pdf.markContent("Artifact", { type });
    draw();
    this.pdf.endMarkedContent();
  }

  rule(x: number, y: number, width: number): void {
    this.artifact(() =>
      this.pdf
        .moveTo(x, y)
        .lineTo(x + width, y)
        .lineWidth(0.5)
        .stroke(GREY),
    );
  }

  lineHeight({ size }: Type): number {
    return size * LEADING;
  }

  /** The lines of a text in a column so wide. */
  linesOf(text: string, width: number, type: Type): readonly string[] {
    const shown = shownText(text, this.#has);
    this.replaced ||= shown.replaced;
    return breakLines(shown.text, width, (each) => this.#widthOf(each, type));
  }

  #widthOf(text: string, { weight, size }: Type): number {
    const key = `${weight} ${text}`;
    const known = this.#widths.get(key);
    if (known !== undefined) return known * size;
    this.pdf.font(weight).fontSize(1);
    const width = this.pdf.widthOfString(text);
    this.#widths.set(key, width);
    return width * size;
  }

  /** Draws lines at a place; into whatever marked content is open. */
  drawLines(lines: readonly string[], x: number, y: number, type: Type): void {
    this.pdf.font(type.weight).fontSize(type.size);
    lines.forEach((line, at) => {
      this.pdf.text(line, x, y + at * this.lineHeight(type), { lineBreak: false });
    });
  }

  /** Writes a text under what is there, over as many pages as it takes. */
  write(element: Element, text: string, type: Type, { x = this.left, width = this.width } = {}): void {
    const lines = this.linesOf(text, width, type);
    const height = this.lineHeight(type);
    for (let at = 0; at < lines.length; ) {
      this.room(height);
      const fit = lines.slice(at, at + Math.max(1, Math.floor((this.bottom - this.y) / height)));
      const { y } = this;
      element.add(() => this.drawLines(fit, x, y, type));
      at += fit.length;
      this.y += fit.length * height;
    }
  }

  /** Foot and number on every page, then the whole document. */
  async finish(foot: string, pageOf: (page: number, pages: number) => string): Promise<Uint8Array<ArrayBuffer>> {
    const type: Type = { weight: "regular", size: FOOT_SIZE };
    const { start, count } = this.pdf.bufferedPageRange();
    for (let page = 0; page < count; page++) {
      this.pdf.switchToPage(start + page);
      const y = this.pdf.page.height - FOOT_ROOM;
      const number = pageOf(page + 1, count);
      const from = this.left + this.width - this.#widthOf(number, type);
      const [line = ""] = this.linesOf(foot, from - this.left - FOOT_SIZE, type);
      this.artifact(() => {
        this.drawLines([line], this.left, y, type);
        this.drawLines([number], from, y, type);
      }, "Pagination");
    }
    return this.pdf.bytes();
  }
}

/** The font that is chosen, as fontkit has it: pdfkit's types do not show it. */
function shapesOf(pdf: PDFKit.PDFDocument): { hasGlyphForCodePoint(codePoint: number): boolean } {
  return (pdf as unknown as { readonly _font: { readonly font: { hasGlyphForCodePoint(codePoint: number): boolean } } })
    ._font.font;
}
