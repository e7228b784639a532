/** The largest scan of a fax machine's transmission report, bytes: its sealed file is kept in the database, beside its transfer. */
export const LARGEST_REPORT = 5_000_000;

/** What a report may be: what people scan and photograph, and browsers show without running anything in it. */
export const REPORT_TYPES = ["application/pdf", "image/png", "image/jpeg"] as const;
export type ReportType = (typeof REPORT_TYPES)[number];

/**
 * SIS-25: what became of the transmission report of a fax. Either it is attached, sealed on the sender's device to the sender and
 * whoever agreed, or it is kept on paper. What it shows (a number, a time, often a picture of the first page) is known to no server.
 */
export interface FaxReport {
  readonly reference: string;
  /** Where it is kept on paper; empty where it is attached. */
  readonly keptAt: string;
  /** SHA-256 of the sealed file, hexadecimal; empty where it is on paper. */
  readonly digest: string;
  /** Bytes of the sealed file; 0 where it is on paper. */
  readonly size: number;
  /** Members to whose keys it is sealed: the sender, and whoever agreed to what was sent. */
  readonly readers: readonly string[];
  readonly at: string;
  readonly byId: string;
}

/** With the sealed file: standard base64; empty where it is on paper. */
export interface KeptFaxReport extends FaxReport {
  readonly content: string;
}

/** What stands there now, as whoever puts another in its place has to name it: a digest, `paper`, or empty for nothing. */
export function reportNow(report: FaxReport | null): string {
  if (report === null) return "";
  return report.digest === "" ? "paper" : report.digest;
}

const SIGNATURES: readonly (readonly [ReportType, readonly number[]])[] = [
  ["application/pdf", [0x25, 0x50, 0x44, 0x46, 0x2d]],
  ["image/png", [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ["image/jpeg", [0xff, 0xd8, 0xff]],
];

/** What a file is by its first bytes, whatever its name says; null for anything else than a report may be. */
export function reportTypeOf(bytes: Uint8Array): ReportType | null {
  const found = SIGNATURES.find(([, signature]) => signature.every((byte, at) => bytes[at] === byte));
  return found?.[0] ?? null;
}
