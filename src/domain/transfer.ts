import type { Address } from "./address.ts";
import type { Carriage } from "./carriage.ts";
import type { Language } from "./contact.ts";
import type { Classification, Impact, SecretChannel } from "./facts.ts";
import type { StatedBasis } from "./lawful-bases.ts";

export type TransferState =
  | "draft"
  | "requested"
  | "approved"
  | "released"
  | "closed"
  | "refused"
  | "recalled"
  | "expired";
export type RecipientState =
  | "named" // on the draft or waiting for release
  | "released" // told, has not confirmed arrival
  | "arrived"
  | "opened"
  | "received"
  | "paused" // somebody with the link alone said "not for me": the sender is asked
  | "misdirected"
  | "dropped"
  | "recalled"
  | "expired"
  | "closed";

/**
 * What the sender states of the information (SDT-4, SIS-5, OXM-1). None of it is sealed; pages say so. Null is "not stated", and
 * policy never counts it as met. What the records know (recipients, agreements, approvals, sizes) is not stated here.
 */
export interface StatedFacts {
  readonly purpose: string;
  readonly necessity: string;
  readonly classification: Classification;
  readonly personal: boolean;
  readonly sensitive: boolean;
  readonly special: boolean | null;
  readonly offences: boolean | null;
  readonly namesWithAddresses: boolean | null;
  /** Whose records are in it: declared, until content is read. */
  readonly people: number | null;
  readonly impact: { readonly individuals: Impact; readonly organisation: Impact };
  readonly criminalJustice: boolean | null;
  /** SDT-6: nothing is in it that the purpose does not need. */
  readonly minimised: boolean | null;
  /** SDT-5: the reference of an entry of the register, or why there is none. */
  readonly agreement: { readonly reference: string } | { readonly none: string } | null;
  readonly destinationStorage: string | null;
  /** By which channel the six words will be told (SDT-13); null: as each contact prefers. */
  readonly secretChannel: SecretChannel | null;
  /** Where the record copy is kept: this transfer destroys its own. */
  readonly recordCopy: string | null;
  /** Of personal data that leaves the organisation, by the configured list. */
  readonly lawfulBasis: StatedBasis | null;
}

/** What nobody has stated yet. */
export const NOT_STATED = {
  special: null,
  offences: null,
  namesWithAddresses: null,
  people: null,
  criminalJustice: null,
  minimised: null,
  agreement: null,
  destinationStorage: null,
  secretChannel: null,
  recordCopy: null,
  lawfulBasis: null,
} as const satisfies Partial<StatedFacts>;

/** What is sealed, as far as the server may know it. */
export interface SealedContent {
  /** The upload that holds the body. */
  readonly bodyId: string;
  readonly bodySize: number;
  /** Standard base64 of the sealed manifest. */
  readonly manifest: string;
  /** SHA-256 of the sealed manifest, hexadecimal: the waybill's content digest. */
  readonly content: string;
  /** As the sender's client states them; the server cannot count. */
  readonly totals: { readonly items: number; readonly bytes: number };
}

/** The transfer key, sealed to the organisation's recovery key. */
export interface RecoveryAccess {
  /** SHA-256 of the public key's text, hexadecimal: the waybill names it. */
  readonly key: string;
  /** Standard base64; null once it is destroyed with the other access. */
  readonly grant: string | null;
}

/** The transfer key, sealed to somebody who is asked to agree: the sender lets them see the files before they answer. */
export interface ApproverAccess {
  readonly memberId: string;
  /** As the waybill names them. */
  readonly name: string;
  readonly address: string;
  /** Standard base64; null once agreeing is over. */
  readonly grant: string | null;
}

/** A transfer. `seal` fields are null until the client stored them. */
export interface Transfer {
  readonly reference: string;
  readonly state: TransferState;
  readonly senderId: string;
  readonly facts: StatedFacts;
  /** 128 random bits, base64url: makes the digest of the assessment unguessable. */
  readonly salt: string;
  readonly createdAt: string;
  readonly expiresAt: string;
  /** Standard base64 of the sender's grant: stored before the first byte of content leaves the device. */
  readonly senderGrant: string | null;
  /** The upload in progress or finished. */
  readonly uploadId: string | null;
  readonly sealed: SealedContent | null;
  /** What is sealed to the organisation's recovery key, where it has one when the files are sealed. */
  readonly recovery: RecoveryAccess | null;
  /** Who may see the files before they answer, by the sender's choice; the waybill names them. */
  readonly shownTo: readonly ApproverAccess[];
  /** A member who may read out the six words in the sender's place. */
  readonly standInId: string | null;
  /** How it goes where it does not go by the secure link; null for the secure link. */
  readonly carriage: Carriage | null;
  /** Why executables or files with macros are in it, when they are. */
  readonly riskyReason: string | null;
  readonly waybill: { readonly text: string; readonly digest: string } | null;
  readonly releasedAt: string | null;
  readonly endedAt: string | null;
  /**
   * Of what was sealed, once it has ended: kept because of a hold, destroyed, or destroyed and signed for by the organisation. Null
   * before, and for what ended before there were certificates.
   */
  readonly destruction: "held" | "done" | "certified" | null;
}

export type Party =
  | { readonly kind: "member"; readonly memberId: string }
  | { readonly kind: "contact"; readonly contactId: string };

/** One recipient of one transfer. `id` is 128 random bits and stands in their link, which opens nothing by itself. */
export interface Recipient {
  readonly id: string;
  readonly reference: string;
  readonly position: number;
  readonly party: Party;
  readonly name: string;
  readonly address: Address;
  readonly organisation: string;
  readonly language: Language;
  readonly team: boolean;
  readonly state: RecipientState;
  /** `account`: a public key is known. `words`: six words, told by another channel (SDT-13, OXM-23). */
  readonly access: "account" | "words";
  /** The transfer waits until this contact has registered a passkey (OXM-22). */
  readonly registerFirst: boolean;
  /** SIS-13: they know that it is coming; null: not stated. */
  readonly expecting: boolean | null;
  /** SDT-7: why they may have it; empty: not stated. */
  readonly legitimateNeed: string;
  /** Standard base64 of their grant; handed out only after arrival; deleted at the end. */
  readonly grant: string | null;
  /** SHA-256 of their receipt token, hexadecimal. */
  readonly tokenHash: string | null;
  /** The signing key made for this transfer on their device (P-256 SPKI, base64url), and who is reading a team mailbox. */
  readonly arrival: { readonly publicKey: string; readonly reader: string; readonly at: string } | null;
  readonly wordsToldAt: string | null;
  readonly releasedAt: string | null;
  readonly handedOutAt: string | null;
  readonly openedAt: string | null;
  readonly receivedAt: string | null;
  /** SDT-28: a confirmation that came another way, as the sender recorded it: they say that they have it, and nothing is proved. */
  readonly confirmation: Confirmation | null;
}

/** How somebody confirmed receipt without the button. `on`: the day, YYYY-MM-DD. */
export interface Confirmation {
  readonly how: (typeof CONFIRMATION_WAYS)[number];
  readonly on: string;
  readonly recordedAt: string;
}
export const CONFIRMATION_WAYS = ["email", "paper", "phone"] as const;
