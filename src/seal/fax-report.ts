import { canonicalJson, type Json } from "../bytes/canonical-json.ts";
import { concat } from "../bytes/concat.ts";
import { sha256Hex } from "../bytes/digest.ts";
import { fromUtf8, utf8 } from "../bytes/text.ts";
import { type ReportType, reportTypeOf } from "../domain/fax-report.ts";
import { parseHeader } from "../envelope/header.ts";
import { headerStrength } from "../envelope/strength.ts";
import { damaged, SealError } from "./error.ts";
import { fieldsOf, REFERENCE, textOf, version1 } from "./fields.ts";
import { recipientStrength } from "./keys.ts";
import { openBytes } from "./opening.ts";
import type { SealedDocument } from "./sealed-json.ts";
import { sealBytes } from "./sealing.ts";
import { platformCipher } from "./webcrypto-cipher.ts";

/** The longest first line that is read. */
const MOST_HEAD = 200;
const LINE_FEED = 0x0a;

/** A fax machine's transmission report: whose it is, and the scan as it was chosen. */
export interface ReportFile {
  readonly reference: string;
  readonly type: ReportType;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/**
 * SIS-25: one line of canonical JSON, which says whose report it is, and behind it the scan, as one age file.
 * @param recipients post-quantum keys (age1pq1…) of whoever may read it
 * @throws SealError `mixed-strength` for another key, `bad-key`, `bad-input` for a file that no report may be
 */
export async function sealReport(
  { reference, bytes }: Omit<ReportFile, "type">,
  recipients: readonly string[],
): Promise<SealedDocument> {
  if (recipients.some((each) => recipientStrength(each) !== "pq")) {
    const message = "A report is only sealed to post-quantum keys (age1pq1…). Ask for such a key.";
    throw new SealError({ code: "mixed-strength", message });
  }
  const type = reportTypeOf(bytes);
  if (type === null) {
    throw new SealError({
      code: "bad-input",
      message: "This is no PDF, PNG or JPEG. Scan the report as one of these.",
    });
  }
  const head = utf8(`${canonicalJson({ reference, type, version: 1 })}\n`);
  const sealed = await sealBytes(concat([head, bytes]), { recipients }, await platformCipher());
  return { bytes: sealed, digest: await sha256Hex(sealed) };
}

/**
 * Opens one that the server hands out. Nothing of it is believed before it is checked: its digest, its strength, whose it is, and that
 * it is what it says.
 * @throws SealError `no-access`; `damaged`, also for another transfer's
 */
export async function openReport(
  sealed: Uint8Array<ArrayBuffer>,
  identities: readonly string[],
  expected: { readonly reference: string; readonly digest: string },
): Promise<ReportFile> {
  if ((await sha256Hex(sealed)) !== expected.digest) throw damaged("it is not the one whose digest was recorded");
  const plain = await openBytes(sealed, { identities }, await platformCipher());
  const header = parseHeader(sealed);
  if (header === null || headerStrength(header) !== "pq") throw damaged("it is not sealed in the way that was agreed");
  const end = plain.subarray(0, MOST_HEAD).indexOf(LINE_FEED);
  if (end < 0) throw damaged("its content is not what it should be");
  const fields = fieldsOf(readJson(plain.subarray(0, end)), ["reference", "type", "version"]);
  version1(fields);
  const reference = textOf(fields.reference, REFERENCE);
  if (reference !== expected.reference) throw damaged("it is the report of another transfer");
  const bytes = new Uint8Array(plain.subarray(end + 1));
  const type = reportTypeOf(bytes);
  if (type === null || fields.type !== type) throw damaged("it is not the kind of file that it says");
  return { reference, type, bytes };
}

function readJson(bytes: Uint8Array): Json {
  try {
    return JSON.parse(fromUtf8(bytes)) as Json;
  } catch (cause) {
    throw damaged("its content is not what it should be", cause);
  }
}
