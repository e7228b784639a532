import { damaged, SealError } from "./error.ts";
import { fieldsOf, PQ_IDENTITY, REFERENCE, textOf, version1 } from "./fields.ts";
import { recipientStrength } from "./keys.ts";
import { openJson, type SealedDocument, sealJson } from "./sealed-json.ts";

/** What the organisation's recovery key opens: the transfer key of one transfer, and no receipt token. */
export interface RecoveryGrant {
  readonly version: 1;
  readonly reference: string;
  /** The transfer key. */
  readonly identity: string;
}

/**
 * Seals the transfer key to the organisation's recovery key.
 * @throws SealError `mixed-strength` for a key that is not post-quantum, `bad-key`.
 */
export async function sealRecoveryGrant(grant: RecoveryGrant, recipient: string): Promise<SealedDocument> {
  if (recipientStrength(recipient) !== "pq") {
    const message = "A recovery key has to be post-quantum (age1pq1…). Make one with: npx waybill keygen";
    throw new SealError({ code: "mixed-strength", message });
  }
  const { version, reference, identity } = grant;
  return sealJson({ version, reference, identity }, { recipients: [recipient] });
}

/**
 * Opens it, offline. Whoever carried it here could have exchanged it for another transfer's.
 * @param identities of the recovery key's secret half, and of those before it.
 * @throws SealError `no-access`; `damaged`, also for another transfer's.
 */
export async function openRecoveryGrant(
  sealed: Uint8Array,
  identities: readonly string[],
  expected: { readonly reference: string },
): Promise<RecoveryGrant> {
  const fields = fieldsOf(await openJson(sealed, { identities }, { strengths: ["pq"] }), [
    "version",
    "reference",
    "identity",
  ]);
  version1(fields);
  const reference = textOf(fields.reference, REFERENCE);
  if (reference !== expected.reference) throw damaged("its access belongs to another transfer");
  return { version: 1, reference, identity: textOf(fields.identity, PQ_IDENTITY) };
}
