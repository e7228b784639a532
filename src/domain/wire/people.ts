import type { RecoveryKeyLine } from "./recovery.ts";
import type { KeyLine, PasskeySignature } from "./sending.ts";

// JSON between the server and a member's own client, about keys and ways in. Each side treats what it reads as controlled by
// the other. All byte strings are URL-safe base64 unless said.

/** What enrolling needs: POST /api/set-up/options, /api/join/:token/options, /api/recovery/options, /api/account/options. */
export interface EnrolOptions {
  readonly nonce: string;
  readonly rpId: string;
  readonly organisation: string;
  /** `id` is the WebAuthn user handle. */
  readonly user: { readonly id: string; readonly address: string; readonly name: string };
  /** Passkeys that the member has: their authenticators refuse to make another. */
  readonly exclude: readonly string[];
}

/** What `navigator.credentials.create` answered. Its challenge is the `enrol` statement with role `passkey` and no digest. */
export interface PasskeyRegistration {
  readonly id: string;
  readonly clientDataJSON: string;
  readonly attestationObject: string;
  readonly transports: readonly string[];
}

/** A new passkey and its first signature, which shows that it works: an `enrol` statement over the public key's digest. */
export interface NewPasskey {
  readonly registration: PasskeyRegistration;
  readonly signature: PasskeySignature;
  /** Whether it gave a PRF output. */
  readonly prf: boolean;
  readonly name: string;
}

/** A key of the member, sealed for one way in. */
export interface NewWrap {
  /** An earlier key's id, or `new` for the key that is made with this request. */
  readonly keyId: string;
  readonly kind: "passkey" | "recovery-code" | "passphrase";
  readonly credentialId: string | null;
  /** Standard base64 of the age file. */
  readonly sealed: string;
  /** Ed25519 public key of the recovery code; `recovery-code` only. */
  readonly signIn: string | null;
}

/** POST /api/set-up, /api/join/:token: passkey, key pair and ways in at once. The digest is SHA-256 of the recipient's text. */
export interface EnrolBody {
  readonly nonce: string;
  readonly passkey: NewPasskey;
  readonly recipient: string;
  readonly wraps: readonly NewWrap[];
}

/** Where the browser goes on. */
export interface NextAnswer {
  readonly next: string;
}

/** GET /api/account/keys: what a member's own client opens its keys with. */
export interface MyKeys {
  readonly address: string;
  readonly rpId: string;
  readonly credentials: readonly MyCredential[];
  /** The main keys, newest first; those that a newer one replaced still open what was sealed to them. */
  readonly keys: readonly MyKey[];
  readonly wraps: readonly MyWrap[];
}
export interface MyCredential {
  readonly id: string;
  readonly transports: readonly string[];
  readonly prf: boolean;
  readonly name: string;
}
export interface MyKey {
  readonly id: string;
  readonly version: number;
  readonly recipient: string;
}
export interface MyWrap {
  readonly keyId: string;
  readonly kind: "passkey" | "recovery-code" | "passphrase";
  readonly credentialId: string | null;
  readonly sealed: string;
}

/** POST /api/account/passkeys. `by`: an earlier passkey's `enrol` statement, role `passkey`, answer `add`, over the digest of its COSE key's base64url. */
export interface AddPasskeyBody {
  readonly nonce: string;
  readonly passkey: NewPasskey;
  readonly by: PasskeySignature;
  readonly wraps: readonly NewWrap[];
}

/** POST /api/account/passkeys/wraps: seals the keys to a passkey that has none of them yet. `by` as above, over the passkey's id. */
export interface SealToPasskeyBody {
  readonly credentialId: string;
  readonly nonce: string;
  readonly by: PasskeySignature;
  readonly wraps: readonly NewWrap[];
}

/** POST /api/account/passkeys/remove: rotates the key pair. `by`: a remaining passkey's `enrol` statement over the new key. */
export interface RemovePasskeyBody {
  readonly credentialId: string;
  readonly nonce: string;
  readonly by: PasskeySignature;
  readonly recipient: string;
  readonly wraps: readonly NewWrap[];
}

/** POST /api/account/recovery: a new recovery code. `by`: an `enrol` statement, role `recovery-code`, over its sign-in key's digest. */
export interface NewRecoveryBody {
  readonly nonce: string;
  readonly by: PasskeySignature;
  readonly wraps: readonly NewWrap[];
}

/** POST /api/sign-in/options */
export interface SignInOptions {
  readonly nonce: string;
  readonly rpId: string;
}
/** POST /api/sign-in: a `sign-in` statement, role `member`. */
export interface SignInBody {
  readonly nonce: string;
  readonly passkey: PasskeySignature;
  /** A path of this site to go on to, or empty. */
  readonly next: string;
}

/** POST /api/recovery/nonce. An address that is not known here gets the same answer. */
export interface RecoveryNonceBody {
  readonly address: string;
}
/** POST /api/recovery/open: a `sign-in` statement, role `recovery-code`, by the code's sign-in key. */
export interface RecoveryOpenBody {
  readonly address: string;
  readonly nonce: string;
  readonly signature: string;
}
export interface RecoveryAnswer {
  readonly options: EnrolOptions;
  readonly keys: readonly MyKey[];
  readonly wraps: readonly MyWrap[];
}
/** POST /api/recovery: as EnrolBody, and the code's `enrol` statement, role `recovery-code`, over the new public key's digest. */
export interface RecoveryBody extends EnrolBody {
  readonly address: string;
  readonly signature: string;
}

/** POST /api/devices, by a command line without any session. */
export interface DeviceBody {
  readonly name: string;
  /** age1pq… */
  readonly recipient: string;
  /** Ed25519 public key. */
  readonly signing: string;
}
export interface DeviceAnswer {
  readonly id: string;
  /** `deviceCode` of the two keys, such as `7F3K-Q2XV-9M4T`: both screens compute and show it. */
  readonly code: string;
  /** The bearer token for polling. */
  readonly pollToken: string;
  readonly expires: string;
}
/** GET /api/devices/poll, with the poll token as bearer. */
export type DevicePoll =
  | { readonly state: "pending" }
  | { readonly state: "enrolled"; readonly keyId: string; readonly address: string };
/** POST /api/devices/sign-in/nonce */
export interface DeviceNonceBody {
  readonly keyId: string;
}
export interface DeviceNonceAnswer {
  readonly nonce: string;
  readonly rpId: string;
}
/** POST /api/devices/sign-in: a `sign-in` statement, role `device`. */
export interface DeviceSignInBody {
  readonly keyId: string;
  readonly nonce: string;
  /** Ed25519, 64 bytes. */
  readonly signature: string;
}
export interface DeviceSignInAnswer {
  readonly token: string;
}

/** POST /api/account/devices/find: what waits under a code. */
export interface FindDeviceBody {
  readonly code: string;
}
export interface FoundDevice extends DeviceBody {
  readonly id: string;
}
/** POST /api/account/devices: `by` is an `enrol` statement, role `device`, over `deviceDigest`. */
export interface EnrolDeviceBody {
  readonly id: string;
  readonly nonce: string;
  readonly by: PasskeySignature;
}

/** GET /api/keys, oldest first: every key line ever published. */
export interface KeyLogLine extends KeyLine {
  readonly signing: string | null;
  readonly createdAt: string;
  readonly removedAt: string | null;
}
/** POST /api/keys/proofs: which lines of the key log to prove, and how large the log was that this client saw last (0: none). */
export interface KeyProofsBody {
  readonly ids: readonly string[];
  readonly from: number;
}
/** The event that published a key, with its random bits: its SHA-256 is an entry of the log (docs/evidence.md). */
export interface KeyEvent {
  readonly seq: number;
  readonly salt: string;
  readonly kind: string;
  readonly at: string;
  readonly actor: { readonly kind: string; readonly id: string };
  readonly reference: null;
  readonly recipientId: null;
  readonly detail: Readonly<Record<string, string | number | boolean | null>>;
}
export interface KeyProofsAnswer {
  /** The verifier key of the log, as `/log` shows it. */
  readonly key: string;
  /** A head of the log that covers all of them, as a signed note. */
  readonly head: string;
  /** Hashes that lead from a log of `from` entries to this one, standard base64. */
  readonly consistency: readonly string[];
  /** In the order of the ids; `proof` is a c2sp.org/tlog-proof with the same head. */
  readonly proofs: readonly { readonly id: string; readonly event: KeyEvent; readonly proof: string }[];
}

/** POST /api/keys/own: as `KeyProofsBody.from`. */
export interface OwnKeysBody {
  readonly from: number;
}
/** What the log has of the caller's own keys, and passkeys; a key as in `KeyProofsAnswer`. */
export interface OwnKeysAnswer {
  readonly address: string;
  readonly key: string;
  readonly head: string;
  readonly consistency: readonly string[];
  /** Every line of the key log of theirs, oldest first. */
  readonly lines: readonly KeyLogLine[];
  /** The COSE keys of their passkeys, base64url: earlier versions' events hold digests alone. */
  readonly passkeys: readonly { readonly id: string; readonly publicKey: string }[];
  /** In which their passkeys were added and their keys published, in the order of the log. */
  readonly proofs: readonly { readonly event: KeyEvent; readonly proof: string }[];
}

export interface KeyLogAnswer {
  readonly lines: readonly KeyLogLine[];
  /** The organisation's own lines: every recovery key that was ever active. */
  readonly recovery: readonly RecoveryKeyLine[];
}
