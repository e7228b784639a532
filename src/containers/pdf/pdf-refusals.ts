import {
  decodePDFRawStream,
  PDFArray,
  PDFDict,
  type PDFDocument,
  PDFName,
  PDFNumber,
  PDFRawStream,
} from "@cantoo/pdf-lib";
import { ContainerError } from "../error.ts";

const name = (text: string) => PDFName.of(text);
const SIGNATURES_EXIST = 1;

/**
 * Refuses a document that would not stay what it is. Whoever made the PDF chose every object in it.
 * @throws ContainerError `not-kept`, `wrong-kind`
 */
export function refuseUnkeepable(document: PDFDocument): void {
  const form = document.catalog.lookupMaybe(name("AcroForm"), PDFDict);
  const flags = form?.lookupMaybe(name("SigFlags"), PDFNumber)?.asNumber() ?? 0;
  if (flags & SIGNATURES_EXIST || document.catalog.has(name("Perms")) || anySignature(document)) {
    throw notKept("It is signed, and a password would break the signature.");
  }
  if (form?.has(name("XFA"))) throw notKept("It is a form of the XFA kind, which would lose its fields.");
  if (claimsArchive(document)) throw notKept("It is a PDF/A, which may not have a password.");
  if (document.catalog.lookupMaybe(name("Pages"), PDFDict) === undefined) {
    throw new ContainerError({ code: "wrong-kind", message: "This PDF has no pages: send it in a zip instead." });
  }
}

function anySignature(document: PDFDocument): boolean {
  return document.context
    .enumerateIndirectObjects()
    .some(([, object]) => object instanceof PDFDict && isSignature(object));
}

function isSignature(dict: PDFDict): boolean {
  const [type, range] = [dict.get(name("Type")), dict.get(name("ByteRange"))];
  return type === name("Sig") || type === name("DocTimeStamp") || range instanceof PDFArray;
}

/** Whether the document's metadata says that it conforms to PDF/A (ISO 19005-1, 6.7.11). */
function claimsArchive(document: PDFDocument): boolean {
  const metadata = document.catalog.lookup(name("Metadata"));
  if (!(metadata instanceof PDFRawStream)) return false;
  return new TextDecoder().decode(decodePDFRawStream(metadata).decode()).includes("pdfaid");
}

function notKept(why: string): ContainerError {
  return new ContainerError({
    code: "not-kept",
    message: `This PDF cannot be given a password. ${why} Send it in a zip instead.`,
  });
}
