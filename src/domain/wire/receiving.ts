import type { RecipientState, TransferState } from "../transfer.ts";
import type { PasskeySignature } from "./sending.ts";

// JSON between the server and a receiving client. All under /api/r/:id, for a session that proved the recipient's mailbox
// or is the member's own.

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
  /** The key made at arrival (P-256 SPKI, base64url): tells this device whether it is the one that can sign the receipt. */
  readonly arrivalKey: string | null;
  readonly bodySize: number;
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

/** POST /api/r/:id/arrive: a statement of kind `arrive` over the waybill's digest; `arrivalKey` is the new public key. */
export interface ArriveBody {
  readonly nonce: string;
  /** Who is reading, for a team mailbox; otherwise empty. */
  readonly reader: string;
  readonly by: RecipientSignature;
}

/** POST /api/r/:id/opened: the receipt token out of the grant, base64url. */
export interface OpenedBody {
  readonly token: string;
}

/** POST /api/r/:id/receipt: a statement of kind `receive`, answer `complete`. GET /api/r/:id/manifest and /body serve bytes. */
export interface ReceiptBody {
  readonly nonce: string;
  readonly token: string;
  readonly by: RecipientSignature;
}

/** POST /api/r/:id/problem: said by the recipient, or by their client when content did not verify. */
export interface ProblemBody {
  readonly kind: "missing" | "damaged" | "other";
  readonly detail: string;
}
