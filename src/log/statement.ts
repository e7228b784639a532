import { canonicalJson } from "../bytes/canonical-json.ts";
import { sha256 } from "../bytes/digest.ts";
import { utf8 } from "../bytes/text.ts";

/** What a signature means. A signature of one kind is accepted nowhere else. */
export const STATEMENT_KINDS = [
  "sign-in",
  "enrol",
  "send",
  "approve",
  "refuse",
  "recall",
  "arrive",
  "receive",
  "problem",
  "destroy",
  "recover",
  "remove",
] as const;
export type StatementKind = (typeof STATEMENT_KINDS)[number];

/**
 * What a person signs: with a passkey, with the key made at arrival, or with a device key of the command line. `destroy` and `remove` are
 * signed by the organisation, with the log's key.
 */
export interface Statement {
  /** 2 of what a deputy signs, with `inPlaceOf`; 1 of everything else. */
  readonly version: 1 | 2;
  readonly kind: StatementKind;
  /** What it is about, SHA-256 in hexadecimal: the waybill for send to destroy, the public key for enrol, empty for sign-in. */
  readonly digest: string;
  /** sender, recipient, member, line-manager, … */
  readonly role: string;
  /** The answer given, when there is a choice: `complete`, `missing`, `damaged`, `enrol`, `remove`, …; otherwise empty. */
  readonly answer: string;
  /** Who signs: a member's or recipient's address. Empty at sign-in, where the passkey says who it is. */
  readonly signer: string;
  /** WebAuthn relying party id: the host name of the organisation's deployment. */
  readonly rpId: string;
  /** From the server, base64url, used once. */
  readonly nonce: string;
  /** The address of the member for whom a deputy answers. There in version 2 and never empty, and in version 1 not there. */
  readonly inPlaceOf?: string;
}

/** What says in a statement in whose place it is signed. @param address empty for who answers in their own right */
export function standingInFor(address: string): Pick<Statement, "version" | "inPlaceOf"> {
  return address === "" ? { version: 1 } : { version: 2, inPlaceOf: address };
}

/** The exact bytes that are signed: UTF-8 of the canonical JSON (RFC 8785). */
export function statementBytes(statement: Statement): Uint8Array<ArrayBuffer> {
  return utf8(statementText(statement));
}

/** Its canonical JSON (RFC 8785). */
export function statementText(statement: Statement): string {
  const { version, kind, digest, role, answer, signer, rpId, nonce, inPlaceOf } = statement;
  const stead = inPlaceOf === undefined ? {} : { inPlaceOf };
  return canonicalJson({ version, kind, digest, role, answer, signer, rpId, nonce, ...stead });
}

/** SHA-256 of the statement: the WebAuthn challenge of a passkey signature. */
export async function statementChallenge(statement: Statement): Promise<Uint8Array<ArrayBuffer>> {
  return sha256(statementBytes(statement));
}
