import type {
  advice,
  agreement,
  approval,
  arrangement,
  deputy,
  fixedWaybill,
  keptDocument,
  releasedAssessment,
} from "./agreeing-columns.ts";
import type { RowOf } from "./columns.ts";
import type { event, message } from "./event-columns.ts";
import type { hold, keeping, removal } from "./governance-columns.ts";
import type { incident } from "./incident-columns.ts";
import type { controlReview, recordedException } from "./oversight-columns.ts";
import type { contact, credential, keyWrap, member, organisation, publicKey } from "./people-columns.ts";
import type { recoveryExport, recoveryKey } from "./recovery-columns.ts";
import type { faxMachine, incomingPost, keptFaxReport, medium } from "./register-columns.ts";
import type { recipient, transfer } from "./transfer-columns.ts";

/** The organisation's records, as Kysely sees them; in the database the names are in snake_case. */
export interface RecordTables {
  /** One row, whose id is 1. */
  organisation: RowOf<typeof organisation> & { readonly id: number };
  member: RowOf<typeof member>;
  credential: RowOf<typeof credential>;
  publicKey: RowOf<typeof publicKey>;
  keyWrap: RowOf<typeof keyWrap>;
  contact: RowOf<typeof contact>;
  /** The addresses inside `contact.addresses`, once more: unique, and found by index. */
  contactAddress: { readonly address: string; readonly contactId: string };
  transfer: RowOf<typeof transfer>;
  /** With the party's id once more, for the references to it and the inbox. */
  recipient: RowOf<typeof recipient> & { readonly memberId: string | null; readonly contactId: string | null };
  approval: RowOf<typeof approval>;
  deputy: RowOf<typeof deputy>;
  fixedWaybill: RowOf<typeof fixedWaybill>;
  releasedAssessment: RowOf<typeof releasedAssessment>;
  /** Of a policy that decided, canonical JSON, by its digest. */
  policyText: { readonly digest: string; readonly text: string };
  arrangement: RowOf<typeof arrangement>;
  agreement: RowOf<typeof agreement>;
  agreementDocument: RowOf<typeof keptDocument>;
  advice: RowOf<typeof advice>;
  hold: RowOf<typeof hold>;
  /** One row, whose id is 1; none before somebody has said how long records are kept. */
  keeping: RowOf<typeof keeping> & { readonly id: number };
  removal: RowOf<typeof removal>;
  recoveryKey: RowOf<typeof recoveryKey>;
  /** With the time of asking once more, to order by. */
  recoveryExport: RowOf<typeof recoveryExport> & { readonly askedAt: string };
  /** `expectedOn` of each transfer that has one, YYYY-MM-DD. */
  carriedExpected: { readonly reference: string; readonly expected: string };
  medium: RowOf<typeof medium>;
  faxMachine: RowOf<typeof faxMachine>;
  incomingPost: RowOf<typeof incomingPost>;
  faxReport: RowOf<typeof keptFaxReport>;
  incident: RowOf<typeof incident>;
  /** The references inside `incident.transfers`, once more: found by index. */
  incidentTransfer: { readonly incidentId: string; readonly reference: string };
  /** The numbers inside `incident.reports`, once more. */
  incidentReport: { readonly number: string; readonly incidentId: string };
  /** What transfers are found by (see `record-terms.ts`); `at` is when the transfer was begun. */
  recordTerm: { readonly kind: string; readonly term: string; readonly at: string; readonly reference: string };
  /** What is counted by day, YYYY-MM-DD. */
  tally: { readonly kind: string; readonly key: string; readonly day: string; readonly count: number };
  recordedException: RowOf<typeof recordedException>;
  controlReview: RowOf<typeof controlReview>;
  /** How far each receiver of the live feed has got. */
  feedPosition: { readonly receiver: string; readonly seq: number; readonly at: string };
  event: RowOf<typeof event>;
  /** One row: the number of the next event. Numbers have no gaps, so that a missing event shows. */
  nextEvent: { readonly id: number; readonly seq: number };
  /** The entry of event `seq` in the log, base64 of its digest; it stays when the event goes. */
  logEntry: { readonly seq: number; readonly digest: string };
  /** The log's hashes from level 1 up, each over 256 of the level below. */
  logHash: { readonly level: number; readonly at: number; readonly hash: string };
  /** Signed heads of the log; see `EventLog`. */
  logCheckpoint: { readonly size: number; readonly root: string; readonly note: string; readonly at: string };
  /** What witnesses said to them. */
  logCosignature: {
    readonly size: number;
    readonly name: string;
    readonly keyId: number;
    readonly time: number;
    readonly line: string;
  };
  /** `dueAt`: when it may be leased (again). */
  outbox: RowOf<typeof message> & { readonly dueAt: string };
}

export interface EphemeralTables {
  ephemeral: {
    readonly kind: string;
    readonly key: string;
    readonly owner: string;
    readonly value: string;
    readonly expiresAt: string;
  };
  counter: { readonly kind: string; readonly key: string; readonly count: number; readonly expiresAt: string };
}
