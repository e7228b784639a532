import type { RecipientState, StatedFacts, TransferState } from "../transfer.ts";

// JSON between the server and a sending client (browser or CLI). The server writes the answers, the client the requests;
// each side treats what it reads as controlled by the other.

/** A public key line, as clients check it against the key log before they seal to it. */
export interface KeyLine {
  readonly id: string;
  readonly address: string;
  readonly kind: "main" | "device";
  readonly version: number;
  readonly recipient: string;
}

/** POST /api/transfers: starts a draft. Addresses are those of colleagues and contacts; every other is refused with what to do. */
export interface StartBody {
  /** What is left out is not stated. */
  readonly facts: Pick<StatedFacts, "purpose" | "necessity" | "classification" | "personal" | "sensitive" | "impact"> &
    Partial<StatedFacts>;
  readonly recipients: readonly StartRecipient[];
  /** The organisation's usual days when absent. */
  readonly expiresDays?: number;
}
export interface StartRecipient {
  readonly address: string;
  /** SIS-13; left out: not stated. */
  readonly expecting?: boolean;
  /** SDT-7; left out: as their contact says. */
  readonly legitimateNeed?: string;
}
export interface StartAnswer {
  readonly reference: string;
}

/** GET /api/transfers: what this member sends, newest first, 50 at a time; `?offset=` goes on. */
export interface TransferListAnswer {
  readonly transfers: readonly TransferSummary[];
  /** The offset of the next page; null at the end. */
  readonly next: number | null;
}
export interface TransferSummary {
  readonly reference: string;
  readonly state: TransferState;
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly purpose: string;
  readonly recipients: readonly { readonly name: string; readonly address: string; readonly state: RecipientState }[];
}

/** GET /api/transfers/:ref/status; POST /api/transfers/:ref/recall answers it too. */
export interface StatusView extends TransferSummary {
  /** Who is asked to agree and has not answered: the role in words, who was asked, and by when (ISO 8601). */
  readonly waitsFor: readonly { readonly role: string; readonly names: readonly string[]; readonly dueAt: string }[];
  /**
   * What happened, oldest first. `recipient` is an address, or null when it is about the whole transfer. `says` and `more` are the line of the
   * sender's page, and what it adds or empty; `says` is null for what has no line there.
   */
  readonly events: readonly {
    readonly at: string;
    readonly kind: string;
    readonly recipient: string | null;
    readonly says: string | null;
    readonly more: string;
  }[];
}

/** GET /api/transfers/:ref, also for the stand-in */
export interface SendingView {
  readonly reference: string;
  readonly state: TransferState;
  readonly organisation: string;
  /** Whether people or another service carry it: nothing of it is sealed or uploaded then. An earlier server says nothing of it. */
  readonly carried: boolean;
  /** Every active public key of the sender (and of the stand-in): the sender's grant is sealed to all of them. */
  readonly senderKeys: readonly KeyLine[];
  /** Who may tell the words in the sender's place now, if anybody: no other keys than theirs are beside the sender's. */
  readonly standIn: { readonly name: string; readonly address: string } | null;
  readonly recipients: readonly SendingRecipient[];
  /** Standard base64; null until stored. */
  readonly senderGrant: string | null;
  readonly upload: { readonly url: string; readonly offset: number; readonly size: number } | null;
  readonly sealed: {
    readonly content: string;
    readonly items: number;
    readonly bytes: number;
    readonly bodySize: number;
  } | null;
  readonly expiresAt: string;
  /** The largest body that this server takes, bytes. */
  readonly bodyLimit: number;
}

export interface SendingRecipient {
  readonly id: string;
  readonly name: string;
  readonly address: string;
  readonly access: "account" | "words";
  /** Empty for `words`. */
  readonly keys: readonly KeyLine[];
  readonly state: RecipientState;
}

/** POST /api/transfers/:ref/assessment: what policy says of a draft with so many bytes, before they are sealed. Changes nothing. */
export interface SizeBody {
  readonly bytes: number;
}
export interface SizeAnswer {
  /** The verdict in words, such as "Ready once 2 things are done", and how it is coloured. */
  readonly tag: { readonly text: string; readonly classes: string };
  /** Why it cannot go this way with so many bytes; none where it can. */
  readonly refusals: readonly RuledSentence[];
  /** What is left to do. */
  readonly needs: readonly RuledSentence[];
  readonly advice: readonly RuledSentence[];
}
/** One sentence of the rules, with its clauses. */
export interface RuledSentence {
  readonly says: string;
  readonly clauses: readonly string[];
  /** Whose reading of its clauses it is, and why: `readingText`; empty where they say it themselves. */
  readonly reading: string;
  /** Whether it is a rule of the organisation's own that no clause says. */
  readonly local: boolean;
}

/** PUT /api/transfers/:ref/sender-grant: before the first byte of content leaves. A new grant discards any upload begun under the old one. */
export interface SenderGrantBody {
  /** Standard base64. */
  readonly grant: string;
}

/** POST /api/transfers/:ref/upload answers 201 with this: an upload of exactly `size` bytes, then spoken to by tus 1.0. */
export interface UploadBody {
  readonly size: number;
}
export interface UploadAnswer {
  readonly url: string;
}

/** PUT /api/transfers/:ref/content: when the body is complete on the server. */
export interface ContentBody {
  /** Standard base64 of the sealed manifest. */
  readonly manifest: string;
  /** SHA-256 of it, hexadecimal. */
  readonly content: string;
  readonly totals: { readonly items: number; readonly bytes: number };
  /** By recipient id: standard base64 of the grant, and SHA-256 of the receipt token, hexadecimal. */
  readonly access: Readonly<Record<string, { readonly grant: string; readonly tokenHash: string }>>;
  /**
   * SHA-256 of the organisation's recovery key in hexadecimal, and standard base64 of the transfer key sealed to it. Null exactly where the
   * organisation has none; anything else is refused with `changed`.
   */
  readonly recovery: { readonly key: string; readonly grant: string } | null;
  /** Why executables or files with macros are sent; empty when there are none. */
  readonly riskyReason: string;
}

/** POST /api/transfers/:ref/sign/options: the client compares `waybill` with what it knows, then signs the statement. */
export interface SigningOptions {
  /** Canonical JSON. */
  readonly waybill: string;
  readonly nonce: string;
  readonly rpId: string;
  readonly signer: string;
  /** Credential ids that may sign, base64url. */
  readonly credentials: readonly { readonly id: string; readonly transports: readonly string[] }[];
}

/** A passkey's signature over a statement: the fields of AuthenticatorAssertionResponse, base64url. */
export interface PasskeySignature {
  readonly id: string;
  readonly clientDataJSON: string;
  readonly authenticatorData: string;
  readonly signature: string;
  readonly userHandle: string | null;
}

/** POST /api/transfers/:ref/sign. `device` is the command line's own key. */
export type SignBody = { readonly nonce: string } & (
  | { readonly passkey: PasskeySignature }
  | { readonly device: { readonly keyId: string; readonly signature: string } }
);

/** GET /api/transfers/:ref/words: how the six words can be told. Those who open with their own key are left out. */
export interface WordsWays {
  readonly recipients: readonly { readonly id: string; readonly ways: readonly WordsWay[] }[];
}

/** One channel with one number, the preferred channel first. */
export interface WordsWay {
  readonly channel: string;
  /** E.164, checked by somebody (OXM-8); empty where the channel has none. */
  readonly number: string;
  /** Null where there is no number. `at` is ISO 8601. */
  readonly checked: { readonly how: string; readonly by: string; readonly at: string } | null;
}

/** POST /api/transfers/:ref/words: what the sender's page records about an attempt to tell the six words. */
export interface WordsAttemptBody {
  readonly recipientId: string;
  readonly told: boolean;
  readonly channel: string;
  /** The last digits of the number used, at most four; empty when there is none. */
  readonly ending: string;
}

/** POST /api/transfers/:ref/correction/options, after release: `address` is a contact's and takes the place of the recipient's. */
export interface CorrectionAsk {
  readonly recipientId: string;
  readonly address: string;
}
/** The new recipient, to be given words, a token and a grant; the waybill as it is, which the client changes in this one place. */
export interface CorrectionOptions extends SigningOptions {
  readonly right: { readonly id: string; readonly name: string; readonly address: string };
  /** SHA-256 of the wrong recipient's receipt token: their place in the waybill. */
  readonly wrongToken: string;
}

/** POST /api/transfers/:ref/correction: the signature is over the corrected waybill. */
export type CorrectionBody = CorrectionAsk & {
  /** The new recipient's, from the options. */
  readonly id: string;
  /** Standard base64, sealed to the new six words. */
  readonly grant: string;
  readonly tokenHash: string;
  /** Standard base64, with the new recipient's words and token in it. */
  readonly senderGrant: string;
  readonly nonce: string;
  readonly passkey: PasskeySignature;
};

/** The body of every error answer. `reference` is there for 5xx: the key to the log entry. */
export interface ErrorAnswer {
  readonly code: string;
  readonly message: string;
  readonly reference?: string;
}
