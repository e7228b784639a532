import { sha256Hex } from "../bytes/digest.ts";
import { utf8 } from "../bytes/text.ts";
import type { Member } from "../domain/member.ts";
import type { StatedFacts } from "../domain/transfer.ts";
import type { SendingView, SigningOptions } from "../domain/wire/sending.ts";
import type { Statement } from "../log/statement.ts";
import type { EnrolledPasskey } from "./enrolled-passkey.ts";
import { sampleFacts } from "./samples.ts";
import { type SealedTransfer, sealTransfer } from "./sealed-transfer.ts";
import type { Answer, Visitor } from "./visitor.ts";

/** A sender's browser, signed in, and the passkey that signs for it. */
export interface SigningSender {
  readonly member: Member;
  readonly visitor: Visitor;
  readonly passkey: EnrolledPasskey;
}

export interface SignedTransfer extends SealedTransfer {
  readonly reference: string;
}

/** Stated otherwise than in facts that no rule minds. */
export interface Stated {
  readonly facts?: Partial<StatedFacts>;
  /** Of every recipient. */
  readonly expecting?: boolean;
  readonly legitimateNeed?: string;
  /** The organisation's, to seal to as well. */
  readonly recoveryKey?: string | null;
}

/**
 * Sends one small file the whole way through the API: described, sealed, uploaded, signed; and released, unless somebody has to
 * agree to what is stated.
 */
export async function signedTransfer(
  sender: SigningSender,
  addresses: readonly string[],
  file = { name: "statement.txt", text: "Witness statement" },
  stated: Stated = {},
): Promise<SignedTransfer> {
  const { visitor } = sender;
  const sealed = await sealedDraft(visitor, addresses, file, stated);
  const path = `/api/transfers/${sealed.reference}`;
  const options = good(await visitor.api("POST", `${path}/sign/options`, {})).json<SigningOptions>();
  const passkey = await sender.passkey.sign(await sendStatement(options));
  good(await visitor.api("POST", `${path}/sign`, { nonce: options.nonce, passkey }));
  return sealed;
}

/** The same as far as the signature: described, sealed and uploaded. */
export async function sealedDraft(
  visitor: Visitor,
  addresses: readonly string[],
  file = { name: "statement.txt", text: "Witness statement" },
  { facts: changes = {}, recoveryKey = null, ...more }: Stated = {},
): Promise<SignedTransfer> {
  const facts = sampleFacts({ purpose: "A hearing", necessity: "Counsel needs it", ...changes });
  const recipients = addresses.map((address) => ({ address, ...more }));
  const started = good(await visitor.api("POST", "/api/transfers", { facts, recipients }));
  const { reference } = started.json<{ reference: string }>();
  const path = `/api/transfers/${reference}`;
  const sealed = await sealTransfer(
    good(await visitor.get(path)).json<SendingView>(),
    file.name,
    file.text,
    recoveryKey,
  );
  good(await visitor.api("PUT", `${path}/sender-grant`, { grant: sealed.senderGrant }));
  const made = good(await visitor.api("POST", `${path}/upload`, { size: sealed.body.length }));
  const headers = {
    "tus-resumable": "1.0.0",
    "content-type": "application/offset+octet-stream",
    "upload-offset": "0",
    "x-waybill-token": await visitor.token(),
  };
  good(await visitor.ask("PATCH", made.json<{ url: string }>().url, headers, sealed.body));
  good(await visitor.api("PUT", `${path}/content`, sealed.content));
  return { ...sealed, reference };
}

/** The statement over the waybill that the options show. */
export async function sendStatement({ waybill, nonce, rpId, signer }: SigningOptions): Promise<Statement> {
  const digest = await sha256Hex(utf8(waybill));
  return { version: 1, kind: "send", digest, role: "sender", answer: "", signer, rpId, nonce };
}

function good(answer: Answer): Answer {
  if (answer.status >= 300) throw new Error(`The server answered ${answer.status}: ${answer.text}`);
  return answer;
}
