import { encode } from "uqr";
import type { Code } from "../paper.ts";
import { NORMAL } from "./draw-blocks.ts";
import type { Pen } from "./pen.ts";
import { type Element, MM } from "./tagged-pdf.ts";

/** ISO/IEC 18004: four modules of white on every side. */
const QUIET = 4;
const SIZE_MM = 30;

/** A QR code, and under it the same in words. */
export function drawCode(pen: Pen, { content, says, size = SIZE_MM }: Code): void {
  const side = withQuietZone(content, size * MM);
  pen.room(side + 2 * pen.lineHeight(NORMAL));
  drawModules(pen, pen.root, { content, says }, [pen.left, pen.y, size * MM]);
  pen.y += side;
  pen.write(pen.textElement("P", pen.root, says), says, NORMAL);
  pen.y += 6;
}

/** How wide a code is with its quiet zone, where it is so wide without. */
function withQuietZone(content: string, side: number): number {
  const { size } = matrixOf(content);
  return (side * (size + 2 * QUIET)) / size;
}

/**
 * The code as rectangles. The quiet zone is left free within the place, to the left and above.
 * @param place left, top, and width without the quiet zone
 */
export function drawModules(
  pen: Pen,
  parent: Element,
  { content, says }: { readonly content: string; readonly says: string },
  [left, top, side]: readonly [number, number, number],
): void {
  const { size, data } = matrixOf(content);
  const module = side / size;
  const [x, y] = [left + QUIET * module, top + QUIET * module];
  const figure = pen.element("Figure", parent, { alt: says, bbox: [x, y, x + side, y + side] });
  figure.add(() => {
    data.forEach((row, down) => {
      for (const [from, to] of runsOf(row)) {
        pen.pdf.rect(x + from * module, y + down * module, (to - from) * module, module);
      }
    });
    pen.pdf.fill("#000000");
  });
}

/** No more than a quarter lost may be read all the same. */
function matrixOf(content: string) {
  return encode(content, { ecc: "Q", border: 0 });
}

/** Where modules are dark, as [from, to). */
function runsOf(row: readonly boolean[]): readonly (readonly [number, number])[] {
  const runs: [number, number][] = [];
  row.forEach((dark, at) => {
    const last = runs.at(-1);
    if (dark && last?.[1] === at) last[1] = at + 1;
    else if (dark) runs.push([at, at + 1]);
  });
  return runs;
}
