import { PaperworkError } from "../error.ts";
import type { Label, LabelGrid, LabelSheet, Paper } from "../paper.ts";
import type { CarriedPaper } from "./carried-paper.ts";

/** A4 sheets of eight labels of 99.1 × 67.7 mm, and the 102 × 152 mm of label printers. */
export const LABEL_GRIDS = {
  a4: {
    ...{ page: { width: 210, height: 297 }, label: { width: 99.1, height: 67.7 }, columns: 2, rows: 4 },
    ...{ left: 4.65, top: 13, across: 2.5, down: 0 },
  },
  printer: {
    ...{ page: { width: 102, height: 152 }, label: { width: 102, height: 152 }, columns: 1, rows: 1 },
    ...{ left: 0, top: 0, across: 0, down: 0 },
  },
} as const satisfies Record<string, LabelGrid>;
export type LabelSize = keyof typeof LABEL_GRIDS;

/** The first free label of a sheet, counted from 1 along its rows; the first one for what is none. @param typed in an address: anybody's */
export function firstFree(typed: string | undefined): number {
  const { columns, rows } = LABEL_GRIDS.a4;
  const first = /^\d$/.test(typed ?? "") ? Number(typed) : 1;
  return first >= 1 && first <= columns * rows ? first : 1;
}

/** One sheet, or as many as the labels take. @param first free label of the first A4 sheet; printers of labels have one on each. */
function sheetOf(labels: readonly Label[], size: LabelSize, first: number): LabelSheet {
  return { kind: "labels", grid: LABEL_GRIDS[size], skip: size === "a4" ? first - 1 : 0, labels };
}

/**
 * The outer label (SIS-7, SIS-8, SIS-11): addressee, return address, ADDRESSEE ONLY where it is called for, the
 * reference, and the service by which the post room sends it (SIS-31); nothing else.
 * @param by whether it goes by DX
 * @param first the first free label of an A4 sheet, from 1
 * @throws PaperworkError `bad-document` where an address is missing
 */
export function outerLabel(about: CarriedPaper, size: LabelSize, by: "post" | "dx", first = 1): Paper {
  return labelPaper(about, [sheetOf([outer(about, by)], size, first)]);
}

function outer(about: CarriedPaper, by: "post" | "dx"): Label {
  const { recipient, returnAddress, reference, service } = about;
  if (returnAddress === null) throw missing("No return address is configured (post.returnAddress)");
  const place = by === "dx" ? (recipient.dx === "" ? [] : [recipient.dx]) : recipient.postal;
  if (place.length === 0)
    throw missing(`No ${by === "dx" ? "DX" : "postal"} address of ${recipient.name} is on record`);
  const named = recipient.organisation !== "" && !place.includes(recipient.organisation);
  return {
    lines: [
      ...(about.addresseeOnly ? [{ text: "ADDRESSEE ONLY", size: "large" } as const] : []),
      { text: recipient.name, size: "large" },
      ...(named ? [{ text: recipient.organisation, size: "normal" } as const] : []),
      ...place.map((text) => ({ text, size: "normal" }) as const),
      { text: `Our reference ${reference}`, size: "small" },
      ...(service === "" ? [] : [{ text: service, size: "small" } as const]),
      { text: `If undelivered, return to: ${returnAddress.join(", ")}`, size: "small" },
    ],
    // SIS-9: for the post room's scanner: the reference, which stands there too, and no code with which arrival is confirmed.
    code: { content: reference, says: reference },
  };
}

/** Labels of media (SDT-23): the serial, whose it is, and the serial as a QR code. @param media in the order of the sheet @param first as of `outerLabel` */
export function mediumLabels(
  media: readonly { readonly serial: string; readonly owner: string }[],
  about: { readonly organisation: string; readonly phone: string; readonly date: string },
  size: LabelSize,
  first = 1,
): Paper {
  const labels = media.map(
    ({ serial, owner }): Label => ({
      lines: [
        { text: serial, size: "large" },
        { text: `Belongs to ${owner}, ${about.organisation}`, size: "normal" },
        { text: `If found, call ${about.phone}. Do not open it.`, size: "small" },
      ],
      code: { content: serial, says: `Serial ${serial}` },
    }),
  );
  return {
    ...{ title: "Labels of media", language: "en-GB", date: about.date, author: about.organisation, foot: "" },
    blocks: [sheetOf(labels, size, first)],
  };
}

function labelPaper(about: CarriedPaper, blocks: readonly LabelSheet[]): Paper {
  const { reference, organisation, date } = about;
  return {
    ...{ title: `Label ${reference}`, language: "en-GB", date, author: organisation.name, foot: reference },
    blocks,
  };
}

function missing(what: string): PaperworkError {
  return new PaperworkError({
    code: "bad-document",
    message: `${what}. Nothing was printed: put that right, then print again.`,
  });
}
