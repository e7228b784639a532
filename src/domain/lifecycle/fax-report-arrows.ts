import type { NewEvent } from "../event.ts";
import { type FaxReport, type KeptFaxReport, reportNow } from "../fax-report.ts";
import type { Transfer } from "../transfer.ts";
import { happened, refuseUnless, type Taken } from "./step.ts";

export interface ReportStep {
  readonly report: KeptFaxReport;
  readonly event: NewEvent;
}

/** A sealed report, as the sender's browser made it. */
export interface SealedReport {
  /** SHA-256, hexadecimal, and standard base64 of the same bytes. */
  readonly digest: string;
  readonly size: number;
  readonly content: string;
  /** Members to whose keys it is sealed, the sender first, with the addresses that the event names. */
  readonly readers: readonly { readonly id: string; readonly address: string }[];
}

/** Whether a transmission report belongs to it: it went by fax, and was not taken back and has not lapsed. */
export function takesReport({ carriage, state }: Transfer): boolean {
  return carriage?.method === "fax" && carriage.dispatch !== null && (state === "released" || state === "closed");
}

/**
 * SIS-25: the transmission report of a fax that went is attached, in place of what stood there.
 * @param replaces what `reportNow` said when it was sealed: a request that is sent twice changes nothing
 */
export function attachReport(
  transfer: Transfer,
  before: FaxReport | null,
  { digest, size, content, readers }: SealedReport,
  replaces: string,
  taken: Taken,
): ReportStep {
  refuseUnlessTakes(transfer, before, replaces);
  const { reference, senderId } = transfer;
  const ids = readers.map(({ id }) => id);
  const detail = { digest, size, readers: readers.map(({ address }) => address).join(", "), replaces };
  return {
    report: { reference, keptAt: "", digest, size, content, readers: ids, at: taken.at, byId: senderId },
    event: happened("fax-report-attached", taken, reference, null, detail),
  };
}

/** SIS-25: it is kept on paper, where nobody comes by it who does not need it. */
export function keepReportOnPaper(
  transfer: Transfer,
  before: FaxReport | null,
  keptAt: string,
  replaces: string,
  taken: Taken,
): ReportStep {
  refuseUnlessTakes(transfer, before, replaces);
  refuseUnless(keptAt.trim() !== "", "Say where the report is kept.");
  refuseUnless(
    before === null || before.digest === "",
    "A sealed report is attached, which whoever agreed can open: no note takes its place. Attach another one, if it has to be.",
  );
  const { reference, senderId } = transfer;
  const where = keptAt.trim();
  const nothing = { digest: "", size: 0, content: "", readers: [] };
  return {
    report: { reference, keptAt: where, ...nothing, at: taken.at, byId: senderId },
    event: happened("fax-report-on-paper", taken, reference, null, { where, replaces }),
  };
}

function refuseUnlessTakes(transfer: Transfer, before: FaxReport | null, replaces: string): void {
  refuseUnless(
    takesReport(transfer),
    "A transmission report belongs to a fax that went and was not taken back. This is none.",
  );
  refuseUnless(
    replaces === reportNow(before),
    "Its report was recorded already, or changed since this page was loaded. Load the page again.",
  );
}
