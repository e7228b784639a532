import type { Address } from "./address.ts";

export type Role =
  | "administrator"
  | "auditor"
  | "line-manager"
  | "senior-manager"
  | "information-asset-owner"
  | "privacy-team"
  | "operational-security"
  | "post-room";
export type MemberState = "invited" | "active" | "deactivated";

/** Someone inside. Only a member with a verified work address originates (SDT-17). */
export interface Member {
  readonly id: string;
  readonly address: Address;
  readonly name: string;
  readonly phone: string;
  readonly roles: readonly Role[];
  readonly lineManagerId: string | null;
  readonly state: MemberState;
  readonly createdAt: string;
  /** Set for somebody from outside: their key was offered after opening a transfer, or by registering from an invitation. */
  readonly offer: KeyOffer | null;
}

/**
 * A key that somebody from outside made. Nothing is sealed to it before a sender has confirmed it. `words`: made after opening a
 * transfer, with the receipt token that only who had the six words could open. `link`: made by whoever had the mailed invitation.
 */
export interface KeyOffer {
  readonly state: "offered" | "confirmed" | "refused" | "withdrawn";
  /** How it was proved to be theirs: the mailbox and six words, or the mailbox alone. */
  readonly how: "words" | "link";
  /** The transfer that was opened or that they were invited for, and their row in it; empty when it is not known. */
  readonly reference: string;
  readonly recipientId: string;
  readonly at: string;
  /** The sender who confirmed or refused it. */
  readonly decidedBy: string | null;
  readonly decidedAt: string | null;
}

/** A passkey of a member (SPG-2). The public key and counter are what the server verifies sign-ins and statements with. */
export interface Credential {
  /** WebAuthn credential id, base64url. */
  readonly id: string;
  readonly memberId: string;
  /** COSE public key, base64url. */
  readonly publicKey: string;
  readonly counter: number;
  readonly transports: readonly string[];
  /** Whether the authenticator gave a PRF result, so that the key pair is sealed to it. */
  readonly prf: boolean;
  readonly name: string;
  readonly createdAt: string;
  readonly removedAt: string | null;
}

/** A public key of a member: the main key pair (sealed to each way in) or one that lives in a device of theirs (CLI). */
export interface PublicKey {
  readonly id: string;
  readonly memberId: string;
  readonly kind: "main" | "device";
  readonly version: number;
  /** age1pq… */
  readonly recipient: string;
  /** Ed25519 public key for statements, base64url; device keys only. */
  readonly signing: string | null;
  readonly name: string;
  readonly createdAt: string;
  readonly removedAt: string | null;
}

/** The member's main key pair, sealed for one way in: an age file that the server cannot open. */
export interface KeyWrap {
  readonly id: string;
  readonly memberId: string;
  readonly keyId: string;
  readonly kind: "passkey" | "recovery-code" | "passphrase";
  /** The passkey's credential id, for `passkey`. */
  readonly credentialId: string | null;
  /** Standard base64 of the age file. */
  readonly sealed: string;
  /** Ed25519 public key that proves possession of the recovery code, base64url; `recovery-code` only. */
  readonly signIn: string | null;
  readonly createdAt: string;
}
