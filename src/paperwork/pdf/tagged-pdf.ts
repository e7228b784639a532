import PDFDocument from "pdfkit";
import type { Paper } from "../paper.ts";

/** Points to the millimetre. */
export const MM = 72 / 25.4;

export type Element = PDFKit.PDFStructureElement;

/** What pdfkit takes for a structure element; its types lack the last two. */
export interface ElementOptions {
  readonly alt?: string;
  readonly actual?: string;
  readonly scope?: "Column" | "Row";
  /** Left, top, right, bottom, in points from the top. */
  readonly bbox?: readonly [number, number, number, number];
}

/** pdfkit's document, as PDF/UA wants it: tagged, with title and language, fonts embedded. */
export class TaggedPdf extends PDFDocument {
  readonly #chunks: Uint8Array[] = [];

  constructor({ title, language, author, date }: Paper, size: readonly [number, number]) {
    super({
      pdfVersion: "1.7",
      tagged: true,
      lang: language,
      displayTitle: true,
      bufferPages: true,
      autoFirstPage: false,
      size: [...size],
      margin: 0,
      subset: "PDF/UA",
      font: null, // none of the fonts that readers are to have
      info: { Title: title, Author: author, Producer: "Waybill", Creator: "Waybill", CreationDate: new Date(date) },
    } as unknown as PDFKit.PDFDocumentOptions); // its types know neither this subset nor that there may be no font
    this.on("data", (chunk: Uint8Array) => this.#chunks.push(chunk));
  }

  /** pdfkit puts title and author into XML as they are. */
  override endMetadata(): void {
    const { info } = this;
    this.info = { ...info, Title: escaped(info.Title), Author: escaped(info.Author) };
    super.endMetadata();
    this.info = info;
  }

  /** Ends the document, and answers its bytes. */
  async bytes(): Promise<Uint8Array<ArrayBuffer>> {
    const ended = new Promise<void>((resolve, reject) => {
      this.once("end", resolve);
      this.once("error", reject);
    });
    this.end();
    await ended;
    const whole = new Uint8Array(this.#chunks.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const chunk of this.#chunks) {
      whole.set(chunk, at);
      at += chunk.length;
    }
    return whole;
  }
}

function escaped(text = ""): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
