import type { Pen, Type } from "./pen.ts";
import { type Element, MM } from "./tagged-pdf.ts";

/** Between columns, and above and below the text of a row. */
const [GUTTER, PADDING] = [3 * MM, 2.5];

interface Rows {
  readonly table: Element;
  readonly rows: readonly (readonly string[])[];
  readonly shares: readonly number[];
  /** Drawn again at the top of every page. */
  readonly head: { readonly cells: readonly string[]; readonly type: Type } | null;
  readonly cell: (at: number) => { readonly tag: "TH" | "TD"; readonly scope?: "Row"; readonly type: Type };
}

interface Column {
  readonly x: number;
  readonly width: number;
}

/** Draws rows of cells in columns; what does not fit on a page goes on over the next, in the middle of a row where it must. */
export function drawRows(pen: Pen, { table, rows, shares, head, cell }: Rows): void {
  const columns = columnsOf(pen, shares);
  const drawHead = (elements: readonly Element[] | null) => {
    if (head === null) return;
    const cells = head.cells.map((text, at) => pen.linesOf(text, columns[at]?.width ?? 0, head.type));
    const height = Math.max(...cells.map(({ length }) => length)) * pen.lineHeight(head.type);
    const { y } = pen;
    cells.forEach((lines, at) => {
      const draw = () => pen.drawLines(lines, columns[at]?.x ?? 0, y + PADDING, head.type);
      if (elements === null) pen.artifact(draw, "Pagination");
      else elements[at]?.add(draw);
    });
    pen.y += height + 2 * PADDING;
    pen.rule(pen.left, pen.y, pen.width);
  };
  if (head !== null) {
    const row = pen.element("TR", table);
    drawHead(head.cells.map((text) => pen.textElement("TH", row, text, { scope: "Column" })));
  }
  for (const cells of rows) {
    const row = pen.element("TR", table);
    const drawn = cells.map((text, at) => {
      const { tag, scope, type } = cell(at);
      const element = pen.textElement(tag, row, text, scope === undefined ? {} : { scope });
      return { element, type, lines: pen.linesOf(text, columns[at]?.width ?? 0, type), x: columns[at]?.x ?? 0 };
    });
    const [first] = drawn;
    const height = pen.lineHeight(first?.type ?? cell(0).type);
    const most = Math.max(1, ...drawn.map(({ lines }) => lines.length));
    for (let done = 0; done < most; ) {
      // a short row stays whole
      if (pen.y + 2 * PADDING + Math.min(most - done, 4) * height > pen.bottom) {
        pen.newPage();
        drawHead(null);
      }
      const fit = Math.max(1, Math.floor((pen.bottom - pen.y - 2 * PADDING) / height));
      const { y } = pen;
      for (const { element, type, lines, x } of drawn) {
        const some = lines.slice(done, done + fit);
        if (some.length > 0) element.add(() => pen.drawLines(some, x, y + PADDING, type));
      }
      pen.y += Math.min(fit, most - done) * height + 2 * PADDING;
      done += fit;
    }
    pen.rule(pen.left, pen.y, pen.width);
  }
}

function columnsOf(pen: Pen, shares: readonly number[]): readonly Column[] {
  const room = pen.width - GUTTER * (shares.length - 1);
  const whole = shares.reduce((sum, each) => sum + each, 0);
  let x = pen.left;
  return shares.map((share) => {
    const column = { x, width: (room * share) / whole };
    x += column.width + GUTTER;
    return column;
  });
}
