/**
 * What is printed, as a tree of plain values: what `pdf/render-pdf.ts` draws and `paper-text.ts` writes. Texts are plain; a line feed in one
 * begins a line. Nothing here knows what it will look like.
 */
export interface Paper {
  readonly title: string;
  readonly language: "en-GB" | "cy";
  /** ISO 8601. Stands in the file as the time that it was made: the same paper is the same bytes, so give the record's time and not the clock's. */
  readonly date: string;
  /** Who issues it; stands as the author. */
  readonly author: string;
  /** Stands at the foot of every page, with the page's number: a reference, never anything about contents. */
  readonly foot: string;
  /** A4 unless said. */
  readonly page?: PageSize;
  readonly blocks: readonly Block[];
}

/** Millimetres. */
export interface PageSize {
  readonly width: number;
  readonly height: number;
  readonly margin: number;
}

export const A4: PageSize = { width: 210, height: 297, margin: 20 };

export type Block = Heading | Paragraph | List | Facts | Table | Code | Blank | PageBreak | LabelSheet;

/** The title is level 1; levels may not be skipped on the way down. */
export interface Heading {
  readonly kind: "heading";
  readonly level: 2 | 3;
  readonly text: string;
}

export interface Paragraph {
  readonly kind: "paragraph";
  readonly text: string;
  /** `small` for what is machine's more than people's, `large` for the one sentence that matters, `inset` for what others wrote. */
  readonly style?: "small" | "large" | "inset";
}

export interface List {
  readonly kind: "list";
  readonly numbered?: boolean;
  readonly items: readonly string[];
}

/** Pairs of what and how much, such as Reference, WB-…; a table whose first column are headers. */
export interface Facts {
  readonly kind: "facts";
  readonly rows: readonly { readonly name: string; readonly value: string }[];
}

export interface Table {
  readonly kind: "table";
  readonly caption: string;
  readonly head: readonly string[];
  /** As many cells as `head` in each. */
  readonly rows: readonly (readonly string[])[];
  /** Shares of the width for each column; equal unless said. */
  readonly shares?: readonly number[];
}

/** A QR code with `content` in it, and the same for who cannot scan it in `says`. */
export interface Code {
  readonly kind: "code";
  readonly content: string;
  readonly says: string;
  /** Its width without the quiet zone, in millimetres; 30 unless said. */
  readonly size?: number;
}

/** Something to fill in by hand: a label, and ruled lines after it. `box`: one to tick, or ticked. */
export interface Blank {
  readonly kind: "blank";
  readonly label: string;
  readonly lines?: number;
  /** Of each line, in millimetres; 8 unless said. */
  readonly height?: number;
  readonly box?: "empty" | "ticked";
}

export interface PageBreak {
  readonly kind: "page-break";
}

/** Labels in a grid, on pages of their own. */
export interface LabelSheet {
  readonly kind: "labels";
  readonly grid: LabelGrid;
  /** So many places of the first page are left free: their labels are used up. None unless said. */
  readonly skip?: number;
  readonly labels: readonly Label[];
}

/** Millimetres. A printer of single labels has one column and one row, and no gaps. */
export interface LabelGrid {
  readonly page: { readonly width: number; readonly height: number };
  readonly label: { readonly width: number; readonly height: number };
  readonly columns: number;
  readonly rows: number;
  readonly left: number;
  readonly top: number;
  readonly across: number;
  readonly down: number;
}

export interface Label {
  readonly lines: readonly { readonly text: string; readonly size: "large" | "normal" | "small" }[];
  readonly code?: { readonly content: string; readonly says: string };
}

export const heading = (level: Heading["level"], text: string): Heading => ({ kind: "heading", level, text });
export const paragraph = (text: string): Paragraph => ({ kind: "paragraph", text });
export const list = (...items: readonly string[]): List => ({ kind: "list", items });
export const facts = (...rows: readonly (readonly [name: string, value: string])[]): Facts => ({
  kind: "facts",
  rows: rows.map(([name, value]) => ({ name, value })),
});
