import type { ApproverKeys } from "./agreeing.ts";

/** GET /api/transfers/:ref/fax-report/readers: whom the report is sealed to, the sender first; keys are those that their browsers open with. */
export interface ReportReadersAnswer {
  readonly readers: readonly ApproverKeys[];
  /** What stands there now: a digest, `paper`, or empty for nothing. */
  readonly now: string;
}

/** POST /api/transfers/:ref/fax-report */
export interface ReportBody {
  /** The sealed file, standard base64. */
  readonly content: string;
  /** SHA-256 of the sealed file, hexadecimal. */
  readonly digest: string;
  /** Ids of the members to whose keys it is sealed. */
  readonly readers: readonly string[];
  /** As `now` of the readers' answer. */
  readonly replaces: string;
}

/** POST /api/transfers/:ref/fax-report/open and /api/to-agree/:id/fax-report/open: hands out the sealed file, which is an event. */
export interface SealedReportView {
  readonly reference: string;
  readonly digest: string;
  /** Standard base64. */
  readonly content: string;
}
