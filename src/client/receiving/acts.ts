import type { ProblemBody, ReceivingView, RecipientSignature } from "../../domain/wire/receiving.ts";
import { openedMark, receiptAnswer } from "../../log/receipt-answer.ts";
import type { Statement } from "../../log/statement.ts";
import { lying } from "../error.ts";
import type { Http } from "../http.ts";
import { nonceAnswer } from "../views.ts";
import type { OpenedTransfer } from "./reception.ts";

/** Signs a recipient's statement: with the key made at arrival, a passkey, or the command line's key. */
export type SignAsRecipient = (statement: Statement) => Promise<RecipientSignature>;

export interface RecipientParts {
  readonly http: Http;
  /** The host name that this client knows the organisation by. */
  readonly rpId: string;
  readonly sign: SignAsRecipient;
}

/**
 * Confirms that it has arrived. The waybill itself is only shown afterwards: keep the digest that is given back, and pass
 * it to `openTransfer`, which compares.
 * @param address the recipient's own, as this client knows it. @param reader who is reading a team mailbox, else empty.
 * @returns the waybill's digest that was signed.
 */
export async function confirmArrival(
  view: ReceivingView,
  address: string,
  reader: string,
  parts: RecipientParts,
): Promise<string> {
  if (view.rpId !== parts.rpId) throw lying("it names another site to sign for");
  if (view.recipient.address !== address) throw lying("it takes you for somebody else");
  const nonce = await askNonce(parts.http, view.id);
  const by = await parts.sign(statementOf("arrive", view.waybillDigest, "", address, parts.rpId, nonce));
  await parts.http.tell("POST", `/api/r/${view.id}/arrive`, { nonce, reader, by });
  return view.waybillDigest;
}

/** Says that the grant was opened, by showing the token that was in it. */
export function tellOpened(http: Http, opened: Pick<OpenedTransfer, "id" | "token">): Promise<void> {
  return http.tell("POST", `/api/r/${opened.id}/opened`, { token: opened.token });
}

/**
 * Says that every piece was read and verified again, by this client, after damage or a loss was reported: only then is a receipt taken.
 * Call it when `Items.all` of a newly made `Items` has ended without an error.
 */
export function tellVerified(http: Http, opened: Pick<OpenedTransfer, "id" | "token">): Promise<void> {
  return http.tell("POST", `/api/r/${opened.id}/verified`, { token: opened.token });
}

/**
 * The signed receipt (SDT-28): “I have opened it and it is complete”, and that its handling was read (SIS-24).
 * @param handling the lines that were shown; none: nothing is said of it
 */
export async function confirmReceipt(
  opened: Pick<OpenedTransfer, "id" | "token" | "waybill">,
  address: string,
  parts: RecipientParts,
  handling: readonly string[] = [],
): Promise<void> {
  const nonce = await askNonce(parts.http, opened.id);
  const read = handling.length === 0 ? null : handling.join("\n");
  const answer = receiptAnswer(read, openedMark(opened.token, nonce));
  const by = await parts.sign(statementOf("receive", opened.waybill.digest, answer, address, parts.rpId, nonce));
  const more = read === null ? {} : { handling: read };
  const body = { nonce, token: opened.token, by, signsToken: true, ...more };
  await parts.http.tell("POST", `/api/r/${opened.id}/receipt`, body);
}

/** Tells the sender that something is wrong: said by the recipient, or by their client when content did not verify. */
export function reportProblem(http: Http, id: string, problem: ProblemBody): Promise<void> {
  return http.tell("POST", `/api/r/${id}/problem`, problem);
}

async function askNonce(http: Http, id: string): Promise<string> {
  return (await http.send("POST", `/api/r/${id}/nonce`, {}, nonceAnswer)).nonce;
}

function statementOf(
  kind: "arrive" | "receive",
  digest: string,
  answer: string,
  signer: string,
  rpId: string,
  nonce: string,
): Statement {
  return { version: 1, kind, digest, role: "recipient", answer, signer, rpId, nonce };
}
