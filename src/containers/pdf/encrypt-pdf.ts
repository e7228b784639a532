import { ParseSpeeds, PDFDocument } from "@cantoo/pdf-lib";
import { concat } from "../../bytes/concat.ts";
import type { Bytes } from "../../seal/cipher.ts";
import { ContainerError } from "../error.ts";
import { exactly } from "../inner-zip.ts";
import type { PackageItem } from "../package-item.ts";
import { encryptStrings } from "./encrypt-strings.ts";
import { objectDigests } from "./object-digests.ts";
import { refuseUnkeepable } from "./pdf-refusals.ts";

const READING = { updateMetadata: false, preserveXFA: true, parseSpeed: ParseSpeeds.Fastest };
/** Bytes behind which nothing may follow a PDF's end, as readers take it. */
const END_SIZE = 1024;
const EVERYTHING_ALLOWED = {
  printing: "highResolution",
  modifying: true,
  copying: true,
  annotating: true,
  fillingForms: true,
  contentAccessibility: true,
  documentAssembly: true,
} as const;

/**
 * A PDF that asks for a password when it is opened: AES-256, revision 6 (ISO 32000-2, 7.6.4), with nothing readable but how many objects and
 * pages it has and how large they are. Who has the password may do everything with it. The result is opened again here, and every object
 * compared, before it is given out.
 * @throws ContainerError `locked`, `not-kept`, `wrong-kind`, `changed`
 */
export async function encryptPdf(item: PackageItem, password: string): Promise<Bytes> {
  const document = await read(await whole(item));
  refuseUnkeepable(document);
  const before = objectDigests(document.context);
  document.encrypt({ userPassword: password, ownerPassword: password, permissions: EVERYTHING_ALLOWED });
  // One key for all objects: revision 6 derives none for each.
  const encrypt = document.context.security?.getEncryptFn(0, 0);
  if (encrypt === undefined) throw new Error("pdf-lib made no security handler");
  encryptStrings(document.context, encrypt);
  const made = await document.save({ useObjectStreams: true, updateFieldAppearances: false, addDefaultPage: false });
  const bytes = new Uint8Array(made);
  await refuseDifference(before, bytes, password);
  return bytes;
}

async function whole(item: PackageItem): Promise<Bytes> {
  const parts: Bytes[] = [];
  for await (const part of exactly(item)) parts.push(part);
  return concat(parts);
}

async function read(bytes: Bytes): Promise<PDFDocument> {
  let document: PDFDocument;
  try {
    refuseCutOff(bytes);
    document = await PDFDocument.load(bytes, { ...READING, ignoreEncryption: true, throwOnInvalidObject: true });
  } catch (cause) {
    const message = "This is no PDF, or a part of it is broken: send it in a zip instead.";
    throw new ContainerError({ code: "wrong-kind", message, cause });
  }
  if (!document.isEncrypted) return document;
  const message = "This PDF has a password already, or is locked against changes: send it in a zip instead.";
  throw new ContainerError({ code: "locked", message });
}

/** pdf-lib reads what is left of a file that was cut off, without its last objects (ISO 32000-2, 7.5.5: how a file ends). */
function refuseCutOff(bytes: Bytes): void {
  const end = new TextDecoder("latin1").decode(bytes.subarray(-END_SIZE));
  if (!/startxref\s+\d+\s+%%EOF/.test(end)) throw new Error("The file does not end as a PDF does.");
}

/** Opens what was made and compares it with what went in: a document that came out otherwise is not sent. */
async function refuseDifference(before: ReadonlyMap<string, string>, made: Bytes, password: string): Promise<void> {
  // pdf-lib takes the encryption dictionary, which is never encrypted, for an invalid object; others that are show in the comparison.
  const { context } = await PDFDocument.load(made, { ...READING, password, throwOnInvalidObject: false });
  const after = objectDigests(context);
  for (const [ref, digest] of before) {
    if (after.get(ref) === digest) continue;
    const message =
      "This PDF would not stay as it is when it gets a password. Nothing was kept: send it in a zip instead.";
    throw new ContainerError({ code: "not-kept", message });
  }
}
