import { fromBase64 } from "../../bytes/base64.ts";
import type { SealedReportView } from "../../domain/wire/fax-report.ts";
import { openReport, type ReportFile } from "../../seal/fax-report.ts";
import { ClientError, lying } from "../error.ts";
import type { Http } from "../http.ts";
import { sealTrouble } from "../receiving/seal-trouble.ts";
import { record, type Shape, text } from "../shape.ts";

const sealedReport: Shape<SealedReportView> = record({ reference: text, digest: text, content: text });

/** The report that a page is about. */
export interface ReportToOpen {
  /** `/api/transfers/:ref/fax-report` or `/api/to-agree/:id/fax-report`. */
  readonly path: string;
  readonly reference: string;
  /** SHA-256 of the sealed file, hexadecimal, as its event and the page name it. */
  readonly digest: string;
}

/**
 * SIS-25: asks for the sealed report, which is put on record, and opens it here.
 * @param identities the reader's secret keys, newest first
 * @throws ClientError `no-access`, `damaged`, `lying-server`, `refused`, `offline`
 */
export async function openFaxReport(
  http: Http,
  { path, reference, digest }: ReportToOpen,
  identities: readonly string[],
): Promise<ReportFile> {
  const view = await http.send("POST", `${path}/open`, {}, sealedReport);
  if (view.reference !== reference || view.digest !== digest)
    throw lying("it hands out another report than this page names");
  const sealed = bytesOf(view.content);
  return sealTrouble(() => openReport(sealed, identities, { reference, digest }));
}

function bytesOf(content: string): Uint8Array<ArrayBuffer> {
  try {
    return fromBase64(content);
  } catch (cause) {
    const message = "The report is damaged. Nothing was opened. Whoever sent the fax can attach it again.";
    throw new ClientError({ code: "damaged", message, cause });
  }
}
