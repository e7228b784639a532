import {
  GlobalWorkerOptions,
  getDocument,
  InvalidPDFException,
  PasswordException,
  type PDFDocumentProxy,
} from "pdfjs-dist/legacy/build/pdf.mjs";
import { startWorker } from "../../start-worker.ts";
import { suppliesTelling } from "./supplies.ts";

/** Why a PDF cannot be shown. */
export type Reason = "password" | "broken" | "unexpected";

/** Pictures of more pixels than this are left out: a small file can claim a picture that no device has memory for. */
const MOST_PIXELS = 100_000_000;

/**
 * Reads a PDF. The sender controls its bytes. Of what can be in one, pages are drawn and their text is read; scripts, forms,
 * links, attachments and addresses are not handed to anything that could act on them.
 * Once in a frame.
 * @param lacking is called when something cannot be drawn as it should be.
 */
export function openDocument(data: ArrayBuffer, lacking: () => void): Promise<PDFDocumentProxy> {
  const worker = startWorker("pdf");
  GlobalWorkerOptions.workerPort = worker;
  const failed = new Promise<never>((_, reject) => {
    worker.addEventListener("error", ({ message }) => reject(new Error(message))); // PDF.js would wait for it for ever
  });
  const { promise } = getDocument({
    data,
    BinaryDataFactory: suppliesTelling(lacking),
    useWorkerFetch: false,
    useSystemFonts: true,
    disableWorkerRendering: true, // drawing in a second worker would need that one's code too
    enableXfa: false,
    maxImageSize: MOST_PIXELS,
    verbosity: 0,
  });
  return Promise.race([promise, failed]);
}

export function reasonOf(error: unknown): Reason {
  if (error instanceof PasswordException) return "password";
  if (error instanceof InvalidPDFException) return "broken";
  return "unexpected";
}
