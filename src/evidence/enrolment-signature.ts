import { fromBase64Url } from "../bytes/base64.ts";
import { fromUtf8 } from "../bytes/text.ts";
import type { EventRecord } from "../log/event-digest.ts";
import type { Statement } from "../log/statement.ts";
import { EvidenceError } from "./error.ts";
import { whyNotSigned } from "./passkey-assertion.ts";
import { readStatement } from "./read-evidence.ts";

/**
 * The answer of a statement that agrees to a further passkey. Without it one over the digest of a credential's id, which a server names as it
 * likes, could be taken for one over the digest of a public key.
 */
export const AGREED = "add";

/** What an event of an enrolment holds of the signature under it, and of the agreement of a passkey that was there before. */
const ENROLMENT = {
  answer: "",
  statement: "statement",
  publicKey: "signedBy",
  signature: "signature",
  clientDataJSON: "clientDataJSON",
  authenticatorData: "authenticatorData",
} as const;
const AGREEMENT = {
  answer: AGREED,
  statement: "agreedStatement",
  publicKey: "agreedBy",
  signature: "agreedSignature",
  clientDataJSON: "agreedClientDataJSON",
  authenticatorData: "agreedAuthenticatorData",
} as const;

/** Where it was signed, and as whom. */
interface Signing {
  readonly rpId: string;
  /** Null: any that the host of the rpId has, since a server may have moved to another port. */
  readonly origin: string | null;
  readonly signer: string;
}

/**
 * By which passkey (COSE key, base64url) an `enrol` statement of this person in this role was signed that stands in the event, and over which
 * digest; null where none was, or it does not count. That the digest is what the event is about, and the passkey theirs, is the caller's to see.
 */
export async function enrolSignedBy(
  event: Pick<EventRecord, "detail">,
  { role, ...signing }: Signing & { readonly role: "member" | "device" },
): Promise<{ readonly by: string; readonly digest: string } | null> {
  const signed = await signedIn(event, ENROLMENT, signing);
  return signed?.statement.role === role ? { by: signed.by, digest: signed.statement.digest } : null;
}

/** By which passkey it was agreed that the event's passkey is this person's too; null where by none, or it does not count. */
export async function agreedBy(event: Pick<EventRecord, "detail">, signing: Signing): Promise<string | null> {
  const signed = await signedIn(event, AGREEMENT, signing);
  const counts = signed?.statement.role === "passkey" && signed.statement.digest === event.detail.publicKey;
  return counts ? signed.by : null;
}

async function signedIn(
  { detail }: Pick<EventRecord, "detail">,
  names: typeof ENROLMENT | typeof AGREEMENT,
  { rpId, origin, signer }: Signing,
): Promise<{ readonly by: string; readonly statement: Statement } | null> {
  const held = (name: Exclude<keyof typeof names, "answer">): string => {
    const value = detail[names[name]];
    return typeof value === "string" ? value : "";
  };
  let statement: Statement;
  try {
    statement = readStatement(held("statement"));
  } catch (error) {
    if (error instanceof EvidenceError) return null;
    throw error;
  }
  const { version, kind, answer } = statement;
  if (version !== 1 || kind !== "enrol" || answer !== names.answer) return null;
  if (statement.rpId !== rpId || statement.signer !== signer) return null;
  const by = held("publicKey");
  const shown = {
    publicKey: by,
    signature: held("signature"),
    clientDataJSON: held("clientDataJSON"),
    authenticatorData: held("authenticatorData"),
  };
  const at = origin ?? originOf(shown.clientDataJSON, rpId);
  return (await whyNotSigned(statement, at, shown)) === null ? { by, statement } : null;
}

/** The origin that a browser wrote into what it had signed, where its host is the rpId's; otherwise one that is nobody's. */
function originOf(clientDataJSON: string, rpId: string): string {
  try {
    const { origin } = JSON.parse(fromUtf8(fromBase64Url(clientDataJSON))) as { readonly origin?: unknown }; // null throws
    return typeof origin === "string" && new URL(origin).hostname === rpId ? origin : "";
  } catch {
    return ""; // base64, UTF-8, JSON or an address of somebody's choosing
  }
}
