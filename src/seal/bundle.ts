import { fieldsOf, PQ_IDENTITY, textOf, version1 } from "./fields.ts";
import { type OpenWith, TRANSFER_LOG_N } from "./opening.ts";
import { openJson, type SealedDocument, sealJson } from "./sealed-json.ts";
import type { SealTo } from "./sealing.ts";

/** A member's secret key. It is stored sealed only, one age file per way in: a passkey, a recovery code, words. */
export interface KeyBundle {
  readonly version: 1;
  /** `AGE-SECRET-KEY-PQ-1…` */
  readonly identity: string;
}

/** HKDF text for the identity that a passkey's PRF output gives (`identityFromSecret`). */
export const PASSKEY_INFO = "waybill/v1/passkey/seal";

/** Seals a key bundle to one way in. */
export function sealKeyBundle(bundle: KeyBundle, to: SealTo): Promise<SealedDocument> {
  return sealJson({ version: bundle.version, identity: bundle.identity }, to);
}

/** @throws SealError `damaged` (the server keeps it, and may have swapped it), `no-access`, `wrong-secret`. */
export async function openKeyBundle(sealed: Uint8Array, keys: OpenWith, digest?: string): Promise<KeyBundle> {
  const limits = { logN: TRANSFER_LOG_N, ...keys };
  const opened = await openJson(sealed, limits, { digest, strengths: ["pq", "passphrase"] });
  const fields = fieldsOf(opened, ["version", "identity"]);
  version1(fields);
  return { version: 1, identity: textOf(fields.identity, PQ_IDENTITY) };
}
