import { PaperworkError } from "../error.ts";
import type { Label, LabelSheet } from "../paper.ts";
import { drawModules } from "./draw-code.ts";
import type { Pen, Type } from "./pen.ts";
import { MM } from "./tagged-pdf.ts";

const SIZES: Readonly<Record<Label["lines"][number]["size"], Type>> = {
  large: { weight: "bold", size: 16 },
  normal: { weight: "regular", size: 11 },
  small: { weight: "regular", size: 8 },
};
const [PADDING, SMALLEST, STEP] = [3 * MM, 6, 0.05];

interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** @throws PaperworkError `does-not-fit` rather than cut an address off */
export function drawLabels(pen: Pen, { grid, labels, skip = 0 }: LabelSheet): void {
  const perPage = grid.columns * grid.rows;
  labels.forEach((label, at) => {
    const place = (skip + at) % perPage;
    if (at === 0 || place === 0) pen.newPage([grid.page.width * MM, grid.page.height * MM]);
    const [column, row] = [place % grid.columns, Math.floor(place / grid.columns)];
    drawLabel(pen, label, {
      x: (grid.left + column * (grid.label.width + grid.across)) * MM + PADDING,
      y: (grid.top + row * (grid.label.height + grid.down)) * MM + PADDING,
      width: grid.label.width * MM - 2 * PADDING,
      height: grid.label.height * MM - 2 * PADDING,
    });
  });
  pen.y = Number.POSITIVE_INFINITY; // what follows begins a page
}

function drawLabel(pen: Pen, { lines, code }: Label, place: Place): void {
  const side = code ? Math.min(place.height, place.width / 3) : 0;
  const width = place.width - (code ? side + PADDING : 0);
  const set = fitting(pen, lines, width, place.height);
  const section = pen.element("Sect");
  let { y } = place;
  for (const { text, type, wrapped } of set) {
    const at = y;
    pen.textElement("P", section, text).add(() => pen.drawLines(wrapped, place.x, at, type));
    y += wrapped.length * pen.lineHeight(type);
  }
  // the quiet zone lies within the side that is kept free
  if (code) drawModules(pen, section, code, [place.x + width + PADDING, place.y, side * 0.78]);
}

/** The lines in the largest type in which all of them fit. */
function fitting(pen: Pen, lines: Label["lines"], width: number, height: number) {
  for (let scale = 1; scale > 0; scale -= STEP) {
    const set = lines.map(({ text, size }) => {
      const type = { ...SIZES[size], size: Math.max(SMALLEST, SIZES[size].size * scale) };
      return { text, type, wrapped: pen.linesOf(text, width, type) };
    });
    if (set.reduce((sum, { wrapped, type }) => sum + wrapped.length * pen.lineHeight(type), 0) <= height) return set;
    if (set.every(({ type }) => type.size === SMALLEST)) break;
  }
  const message = "What is to stand on a label is longer than the label. Nothing was printed. Use larger labels.";
  throw new PaperworkError({ code: "does-not-fit", message });
}
