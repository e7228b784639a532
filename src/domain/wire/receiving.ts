import type { Channel } from "../contact.ts";
import type { RecipientState, TransferState } from "../transfer.ts";
import type { PasskeySignature } from "./sending.ts";

// JSON between the server and a receiving client. All under /api/r/:id, for a session that proved the recipient's mailbox
// or is the member's own. Arrive, opened, verified, receipt and problem answer the view as it is then. What is over answers 410, what is paused 409,
// both with an `ErrorAnswer` whose message says what to do.

/** GET /api/r/:id */
export interface ReceivingView {
  readonly id: string;
  readonly reference: string;
  readonly transferState: TransferState;
  readonly state: RecipientState;
  readonly organisation: string;
  readonly rpId: string;
  readonly sender: { readonly name: string; readonly address: string };
  readonly recipient: { readonly name: string; readonly address: string; readonly team: boolean };
  readonly access: "account" | "words";
  readonly expiresAt: string;
  /** SHA-256 of the waybill, hexadecimal, before arrival too: what the `arrive` statement is about. */
  readonly waybillDigest: string;
  /** Canonical JSON of the waybill; null before arrival. */
  readonly waybill: string | null;
  /** Standard base64; null before arrival. */
  readonly grant: string | null;
  /** SHA-256 of the receipt token that is in it, hexadecimal: finds this recipient's place in the waybill before it is opened. Null before arrival. */
  readonly tokenHash: string | null;
  /**
   * The key made at arrival (P-256 SPKI, base64url): tells this device whether it is the one that can sign the receipt. Null for members,
   * who sign with a passkey or device key of theirs.
   */
  readonly arrivalKey: string | null;
  readonly bodySize: number;
  /** Damage or a loss was reported, and not everything was verified again since: until then there is no receipt. */
  readonly mustVerify: boolean;
  /** SIS-24: how to handle it, in the recipient's language: acknowledged with the receipt. */
  readonly handling: readonly string[];
}

/**
 * POST /api/r/:id/code, by whoever holds the link: mails a code to the mailbox. Answers what the link's page shows, and how far codes go.
 * What is no link of an outside recipient's, or is over, answers 404 alike; too many codes or wrong ones 429.
 */
export interface CodeAnswer {
  readonly reference: string;
  readonly organisation: string;
  readonly sender: { readonly name: string; readonly address: string };
  /** Such as c…@chambers.example. */
  readonly mailbox: string;
  /** A code is good once, for so many minutes; after so many wrong ones none is taken for `pauseMinutes`. */
  readonly minutes: number;
  readonly tries: number;
  readonly pauseMinutes: number;
}

/** POST /api/r/:id/prove with the emailed code answers the bearer token of this recipient's session; 422 for a wrong code, which counts. */
export interface ProveAnswer {
  readonly token: string;
}

/**
 * GET /api/r/:id/words: how the six words will be told, and what is recorded of it (ISO 8601). POST /api/r/:id/ask asks the sender for
 * them again; it answers nothing.
 */
export interface WordsNews {
  readonly channel: Channel;
  /** Last digits of the checked number; null where there is none. */
  readonly ending: string | null;
  readonly toldAt: string | null;
  readonly noAnswerAt: string | null;
  readonly askedAt: string | null;
  /** SDT-13: the name of who tells them: the sender, or a stand-in once the sender has left; null where nobody can. Earlier servers do not say. */
  readonly teller: string | null | undefined;
}

/** POST /api/r/:id/nonce answers a nonce for the next statement. */
export interface NonceAnswer {
  readonly nonce: string;
}

/** Who signs a recipient's statement: the key made at arrival, a member's passkey, or a member's command-line key. */
export type RecipientSignature =
  | { readonly arrivalKey: string; readonly signature: string }
  | { readonly passkey: PasskeySignature }
  | { readonly device: { readonly keyId: string; readonly signature: string } };

/**
 * POST /api/r/:id/arrive: a statement of kind `arrive`, role `recipient`, empty answer, over the waybill's digest; `arrivalKey` is the new
 * public key. The grant is handed out with the answer. On another device it is confirmed again, with that device's key; then that key
 * alone signs the receipt. Members sign with a passkey or a device key, never with an arrival key.
 */
export interface ArriveBody {
  readonly nonce: string;
  /** Who is reading, for a team mailbox; otherwise empty. */
  readonly reader: string;
  readonly by: RecipientSignature;
}

/**
 * POST /api/r/:id/opened: the receipt token out of the grant, base64url.
 * POST /api/r/:id/verified: the same; says that every piece was read and verified again after a report of damage or a loss. Refused with 409
 * unless every byte of the body was handed out since the report.
 */
export interface OpenedBody {
  readonly token: string;
}

/**
 * POST /api/r/:id/receipt: a statement of kind `receive`, role `recipient`, answer as `receiptAnswer` makes it, by the key of the latest arrival.
 * GET /api/r/:id/manifest and /body serve bytes after arrival; the body in single byte ranges too, and to HEAD.
 */
export interface ReceiptBody {
  readonly nonce: string;
  readonly token: string;
  readonly by: RecipientSignature;
  /** The statement’s answer holds the mark of the token (`openedMark`); left out by clients of earlier versions. */
  readonly signsToken?: boolean;
  /** The lines that were shown, a newline between; left out by clients that show none. The statement's answer holds their digest: `receiptAnswer`. */
  readonly handling?: string;
}

/** POST /api/r/:id/problem: said by the recipient, or by their client when content did not verify. */
export interface ProblemBody {
  readonly kind: "missing" | "damaged" | "other";
  readonly detail: string;
}

/** GET /api/inbox: what a member has been sent, newest first, 50 at a time; `?offset=` goes on. */
export interface InboxAnswer {
  readonly entries: readonly InboxEntry[];
  /** The offset of the next page; null at the end. */
  readonly next: number | null;
}

export interface InboxEntry {
  /** The recipient's row: what /api/r/:id takes. */
  readonly id: string;
  readonly reference: string;
  readonly transferState: TransferState;
  readonly state: RecipientState;
  readonly sender: { readonly name: string; readonly address: string };
  readonly classification: string;
  readonly releasedAt: string;
  readonly expiresAt: string;
  readonly totals: { readonly items: number; readonly bytes: number };
}
