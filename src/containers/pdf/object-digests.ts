import {
  PDFArray,
  PDFCatalog,
  type PDFContext,
  PDFDict,
  PDFHexString,
  PDFName,
  type PDFObject,
  PDFRawStream,
  PDFStream,
  PDFString,
} from "@cantoo/pdf-lib";
import { sha256 } from "@noble/hashes/sha2.js";
import { toHex } from "../../bytes/hex.ts";
import { utf8 } from "../../bytes/text.ts";

/** Streams that hold other objects, or say where they are: made anew whenever a PDF is written. */
const OF_THE_FILE = ["ObjStm", "XRef"].map((type) => PDFName.of(type));
/** What encrypting changes: a stream's length, and the catalog's note that the document needs a newer reader. */
const [LENGTH, EXTENSIONS, TYPE] = ["Length", "Extensions", "Type"].map((key) => PDFName.of(key));

/** A digest of each of a document's objects, by its reference: equal where it means the same, however its strings are written. */
export function objectDigests(context: PDFContext): ReadonlyMap<string, string> {
  const digests = new Map<string, string>();
  for (const [ref, object] of context.enumerateIndirectObjects()) {
    if (ref === context.trailerInfo.Encrypt || ofTheFile(object)) continue;
    const hash = sha256.create().update(utf8(written(object)));
    if (object instanceof PDFStream) hash.update(object.getContents());
    digests.set(ref.toString(), toHex(hash.digest()));
  }
  return digests;
}

function ofTheFile(object: PDFObject): boolean {
  const type = object instanceof PDFRawStream && TYPE !== undefined ? object.dict.get(TYPE) : undefined;
  return OF_THE_FILE.some((each) => each === type);
}

function written(object: PDFObject): string {
  if (object instanceof PDFString || object instanceof PDFHexString) return `<${toHex(object.asBytes())}>`;
  if (object instanceof PDFArray) return `[${object.asArray().map(written).join(" ")}]`;
  if (object instanceof PDFStream) return `stream ${dictionary(object.dict, LENGTH)}`;
  if (object instanceof PDFDict) return dictionary(object, object instanceof PDFCatalog ? EXTENSIONS : undefined);
  return object.toString();
}

function dictionary(dict: PDFDict, without: PDFName | undefined): string {
  const entries = dict.entries().filter(([key]) => key !== without);
  const lines = entries.map(([key, value]) => `${key.toString()} ${written(value)}`);
  return `<<${lines.sort().join("\n")}>>`;
}
