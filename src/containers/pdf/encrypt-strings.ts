import {
  PDFArray,
  PDFCatalog,
  type PDFContext,
  PDFDict,
  PDFHexString,
  type PDFObject,
  PDFPageLeaf,
  PDFPageTree,
  type PDFRef,
  PDFStream,
  PDFString,
} from "@cantoo/pdf-lib";
import { toHex } from "../../bytes/hex.ts";

type Encrypt = (plain: Uint8Array) => Uint8Array;

/**
 * Encrypts the strings that pdf-lib leaves as they are: it encrypts streams only, and so whatever it gathers in object streams, but not the
 * strings of the catalog, of pages, and of the dictionaries of streams. Left alone they would be readable by anyone (annotations are often part
 * of their page), and garbage to every reader, which decrypts them (ISO 32000-2, 7.6.2). Changes the document: save it next, with object streams.
 */
export function encryptStrings(context: PDFContext, encrypt: Encrypt): void {
  for (const [ref, object] of context.enumerateIndirectObjects()) {
    if (ref === context.trailerInfo.Encrypt || !standsAlone(ref, object)) continue;
    encryptWithin(object instanceof PDFStream ? object.dict : object, encrypt);
  }
}

/** Whether pdf-lib writes an object by itself instead of into an object stream (its PDFStreamWriter). */
function standsAlone(ref: PDFRef, object: PDFObject): boolean {
  const alone = [PDFStream, PDFCatalog, PDFPageTree, PDFPageLeaf].some((kind) => object instanceof kind);
  return alone || ref.generationNumber !== 0;
}

function encryptWithin(object: PDFObject, encrypt: Encrypt): void {
  if (object instanceof PDFDict) {
    for (const [key, value] of object.entries()) {
      const sealed = encrypted(value, encrypt);
      if (sealed === null) encryptWithin(value, encrypt);
      else object.set(key, sealed);
    }
  } else if (object instanceof PDFArray) {
    for (const [at, value] of object.asArray().entries()) {
      const sealed = encrypted(value, encrypt);
      if (sealed === null) encryptWithin(value, encrypt);
      else object.set(at, sealed);
    }
  }
}

function encrypted(value: PDFObject, encrypt: Encrypt): PDFHexString | null {
  const text = value instanceof PDFString || value instanceof PDFHexString;
  return text ? PDFHexString.of(toHex(encrypt(value.asBytes()))) : null;
}
