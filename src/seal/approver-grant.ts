import { damaged, SealError } from "./error.ts";
import { fieldsOf, PQ_IDENTITY, REFERENCE, textOf, version1 } from "./fields.ts";
import { recipientStrength } from "./keys.ts";
import { openJson, type SealedDocument, sealJson } from "./sealed-json.ts";

/** What somebody who is asked to agree opens: the transfer key, and no receipt token. It serves as no other kind of access. */
export interface ApproverGrant {
  readonly version: 1;
  readonly reference: string;
  /** The transfer key. */
  readonly identity: string;
  /** Whom it is for. */
  readonly approver: string;
}

/** @throws SealError `mixed-strength` for a key that is not post-quantum, `bad-key`. */
export async function sealApproverGrant(grant: ApproverGrant, recipients: readonly string[]): Promise<SealedDocument> {
  if (recipients.some((each) => recipientStrength(each) !== "pq")) {
    const message = "Access to a transfer is only given to post-quantum keys (age1pq1…). Ask for such a key.";
    throw new SealError({ code: "mixed-strength", message });
  }
  const { version, reference, identity, approver } = grant;
  return sealJson({ version, reference, identity, approver }, { recipients });
}

/**
 * Opens it. The server hands it out and could hand out another's.
 * @throws SealError `no-access`; `damaged`, also for another transfer's or approver's.
 */
export async function openApproverGrant(
  sealed: Uint8Array,
  identities: readonly string[],
  expected: Pick<ApproverGrant, "reference" | "approver">,
): Promise<ApproverGrant> {
  const opened = await openJson(sealed, { identities }, { strengths: ["pq"] });
  const fields = fieldsOf(opened, ["version", "reference", "identity", "approver"]);
  version1(fields);
  const reference = textOf(fields.reference, REFERENCE);
  const { approver } = fields;
  if (reference !== expected.reference || approver !== expected.approver) {
    throw damaged("its access belongs to another transfer or person");
  }
  return { version: 1, reference, identity: textOf(fields.identity, PQ_IDENTITY), approver: expected.approver };
}
