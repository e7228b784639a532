import type { RecoveryAct } from "../recovery-key.ts";
import type { PasskeySignature } from "./sending.ts";

// JSON about the organisation's recovery key, between the server and administrators' browsers, and between the server and everybody
// who seals. Each side treats what it reads as controlled by the other.

/** One line of the key log: a recovery key that was active once. */
export interface RecoveryKeyLine {
  readonly id: string;
  readonly version: number;
  /** age1pq… */
  readonly recipient: string;
  /** Addresses of the two administrators who enrolled it. */
  readonly enrolledBy: readonly string[];
  readonly enrolledAt: string;
  /** Null for the one that is active. */
  readonly removedAt: string | null;
}

/** POST /api/recovery-key/options */
export interface RecoverySigningOptions {
  readonly nonce: string;
  readonly rpId: string;
  readonly signer: string;
  readonly credentials: readonly { readonly id: string; readonly transports: readonly string[] }[];
}

/**
 * POST /api/recovery-key: one administrator's half. `by` is an `enrol` statement, role `recovery-key`, over SHA-256 of the public key's
 * text, whose answer is `act`. Both halves sign the same but for signer and nonce.
 */
export interface RecoveryKeyBody {
  readonly half: "propose" | "confirm";
  readonly act: RecoveryAct;
  readonly recipient: string;
  readonly nonce: string;
  readonly by: PasskeySignature;
}

/** POST /api/recovery-key/exports/:ref. `by` is a `recover` statement, role `recovery-key`, over the waybill's digest, without an answer. */
export interface RecoveryExportBody {
  readonly half: "ask" | "agree";
  /** Empty when agreeing. */
  readonly reason: string;
  readonly nonce: string;
  readonly by: PasskeySignature;
}

/** What the file format below begins with. */
export const RECOVERY_PACKAGE = "waybill-recovery/1";

/**
 * The first line of an exported package, as canonical JSON and a line feed; the sealed body follows it to the end of the file. Nothing in
 * it can be read without the recovery key's secret half, but for what is on the record anyway.
 */
export interface RecoveryPackageHead {
  readonly format: typeof RECOVERY_PACKAGE;
  readonly reference: string;
  /** Canonical JSON. */
  readonly waybill: string;
  /** Standard base64 of the transfer key, sealed to the recovery key. */
  readonly grant: string;
  /** Standard base64. */
  readonly manifest: string;
}
