import * as pdf from "@cantoo/pdf-lib";
import type { Bytes } from "../../seal/cipher.ts";
import { ContainerError } from "../error.ts";

const { PDFDocument, LineCapStyle, LineJoinStyle } = pdf;
const POINTS_PER_MM = 72 / 25.4;
/** How thick a pen is, in points. */
const PEN = 1.4;
/** Points of all lines: somebody who signs for minutes draws fewer. */
const MOST = 50_000;

/** A line that was drawn without lifting: points as shares of the field's width and height, from its top left. */
export type Stroke = readonly (readonly [x: number, y: number])[];

/** A place on the first page, in millimetres from its top left. */
export interface DrawnAt {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/**
 * The PDF with somebody's handwriting on its first page, as lines; it stays tagged, and to those who listen to it the drawing is an artifact.
 * @param document one that Waybill made
 * @throws ContainerError `too-large`, `wrong-kind`
 */
export async function drawSignature(document: Uint8Array, strokes: readonly Stroke[], at: DrawnAt): Promise<Bytes> {
  if (strokes.reduce((sum, { length }) => sum + length, 0) > MOST)
    throw new ContainerError({ code: "too-large", message: "What was drawn is too long for a signature: clear it." });
  const loaded = await PDFDocument.load(document, { updateMetadata: false });
  const page = loaded.getPage(0);
  const top = page.getHeight();
  const place = ([x, y]: Stroke[number]) =>
    [(at.left + within(x) * at.width) * POINTS_PER_MM, top - (at.top + within(y) * at.height) * POINTS_PER_MM] as const;
  page.pushOperators(
    pdf.pushGraphicsState(),
    pdf.beginMarkedContent("Artifact"),
    ...[pdf.setLineWidth(PEN), pdf.setLineCap(LineCapStyle.Round), pdf.setLineJoin(LineJoinStyle.Round)],
    ...strokes.flatMap((points) => {
      const [first, ...rest] = points.map(place);
      if (first === undefined) return [];
      // A dot is a line to where it is.
      return [
        pdf.moveTo(...first),
        ...(rest.length === 0 ? [first] : rest).map((each) => pdf.lineTo(...each)),
        pdf.stroke(),
      ];
    }),
    pdf.endMarkedContent(),
    pdf.popGraphicsState(),
  );
  return new Uint8Array(await loaded.save({ updateFieldAppearances: false, addDefaultPage: false }));
}

function within(share: number): number {
  return Math.min(1, Math.max(0, share));
}
