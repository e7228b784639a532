import type { Blank, Facts, Heading, List, Paragraph, Table } from "../paper.ts";
import { drawRows } from "./draw-rows.ts";
import type { Pen, Type } from "./pen.ts";
import { MM } from "./tagged-pdf.ts";

export const NORMAL: Type = { weight: "regular", size: 10.5 };
export const BOLD: Type = { weight: "bold", size: 10.5 };
const [TITLE, H2, H3] = [
  { weight: "bold", size: 20 },
  { weight: "bold", size: 14 },
  { weight: "bold", size: 11.5 },
] as const satisfies readonly Type[];
const STYLES = {
  small: { weight: "regular", size: 8.5 },
  large: { weight: "bold", size: 13 },
  inset: NORMAL,
} as const satisfies Readonly<Record<string, Type>>;
const GAP = 6;
/** A heading stays with so many lines of what follows. */
const KEPT_WITH = 4;

export function drawTitle(pen: Pen, text: string): void {
  pen.write(pen.textElement("H1", pen.root, text), text, TITLE);
  pen.y += GAP;
}

export function drawHeading(pen: Pen, { level, text }: Heading): void {
  const type = level === 2 ? H2 : H3;
  const lines = pen.linesOf(text, pen.width, type).length;
  pen.room(GAP + lines * pen.lineHeight(type) + KEPT_WITH * pen.lineHeight(NORMAL));
  pen.y += GAP;
  pen.write(pen.textElement(`H${level}`, pen.root, text), text, type);
  pen.y += GAP / 2;
}

export function drawParagraph(pen: Pen, { text, style }: Paragraph): void {
  const type = style === undefined ? NORMAL : STYLES[style];
  if (style !== "inset") pen.write(pen.textElement("P", pen.root, text), text, type);
  else {
    const quoted = pen.textElement("P", pen.element("BlockQuote"), text);
    pen.write(quoted, text, type, { x: pen.left + 6 * MM, width: pen.width - 6 * MM });
  }
  pen.y += GAP;
}

export function drawList(pen: Pen, { items, numbered = false }: List): void {
  const list = pen.element("L");
  items.forEach((text, at) => {
    pen.room(pen.lineHeight(NORMAL));
    const item = pen.element("LI", list);
    const label = numbered ? `${at + 1}.` : "•";
    const { y } = pen;
    pen.element("Lbl", item).add(() => pen.drawLines([label], pen.left, y, NORMAL));
    const body = pen.textElement("P", pen.element("LBody", item), text);
    pen.write(body, text, NORMAL, { x: pen.left + 6 * MM, width: pen.width - 6 * MM });
    pen.y += GAP / 3;
  });
  pen.y += GAP;
}

/** Names to the left, as row headers. */
export function drawFacts(pen: Pen, { rows }: Facts): void {
  const table = pen.element("Table");
  drawRows(pen, {
    table,
    rows: rows.map(({ name, value }) => [name, value]),
    shares: [3, 7],
    head: null,
    cell: (at) => (at === 0 ? { tag: "TH", scope: "Row", type: BOLD } : { tag: "TD", type: NORMAL }),
  });
  pen.y += GAP;
}

export function drawTable(pen: Pen, { caption, head, rows, shares }: Table): void {
  const table = pen.element("Table");
  pen.room(KEPT_WITH * pen.lineHeight(BOLD));
  pen.write(pen.textElement("P", pen.element("Caption", table), caption), caption, BOLD);
  pen.y += GAP / 2;
  const small: Type = STYLES.small;
  drawRows(pen, {
    table,
    rows,
    shares: shares ?? head.map(() => 1),
    head: { cells: head, type: { ...small, weight: "bold" } },
    cell: () => ({ tag: "TD", type: small }),
  });
  pen.y += GAP;
}

/** A label, a box to tick and lines to write on. The box is said with the label. */
export function drawBlank(pen: Pen, { label, lines = 0, height = 8, box }: Blank): void {
  const [line, side] = [pen.lineHeight(NORMAL), NORMAL.size];
  pen.room(line);
  const { y } = pen;
  const inset = box === undefined ? 0 : 6 * MM;
  if (box !== undefined) {
    pen.artifact(() => {
      const { pdf, left } = pen;
      pdf
        .rect(left, y + 2, side, side)
        .lineWidth(1)
        .stroke("#0b0c0c");
      if (box === "ticked") {
        pdf
          .moveTo(left + side * 0.2, y + 2 + side * 0.5)
          .lineTo(left + side * 0.45, y + 2 + side * 0.8)
          .lineTo(left + side * 0.85, y + 2 + side * 0.15)
          .lineWidth(1.5)
          .stroke("#0b0c0c");
      }
    });
  }
  const said = box === undefined ? {} : { actual: `${box === "ticked" ? "☑" : "☐"} ${label}` };
  pen.write(pen.element("P", pen.root, said), label, NORMAL, { x: pen.left + inset, width: pen.width - inset });
  for (let drawn = 0; drawn < lines; drawn++) {
    pen.room(height * MM);
    pen.y += height * MM;
    pen.rule(pen.left + inset, pen.y, pen.width - inset);
  }
  pen.y += GAP;
}
