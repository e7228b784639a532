import type { Address } from "./address.ts";
import type { Language } from "./contact.ts";

export type Classification = "OFFICIAL" | "OFFICIAL-SENSITIVE";
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

/** What the sender states (SDT-4, SIS-5, OXM-1). None of it is sealed; pages say so. */
export interface Facts {
  readonly purpose: string;
  readonly necessity: string;
  readonly classification: Classification;
  readonly personal: boolean;
  readonly sensitive: boolean;
  readonly impact: {
    readonly individuals: "none" | "some" | "serious";
    readonly organisation: "none" | "some" | "serious";
  };
}

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

/** A transfer by secure link. `seal` fields are null until the client stored them. */
export interface Transfer {
  readonly reference: string;
  readonly state: TransferState;
  readonly senderId: string;
  readonly facts: Facts;
  readonly createdAt: string;
  readonly expiresAt: string;
  /** Standard base64 of the sender's grant: stored before the first byte of content leaves the device. */
  readonly senderGrant: string | null;
  /** The upload in progress or finished. */
  readonly uploadId: string | null;
  readonly sealed: SealedContent | null;
  /** A member who may read out the six words in the sender's place. */
  readonly standInId: string | null;
  /** Why executables or files with macros are in it, when they are. */
  readonly riskyReason: string | null;
  readonly waybill: { readonly text: string; readonly digest: string } | null;
  readonly releasedAt: string | null;
  readonly endedAt: string | null;
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
}
