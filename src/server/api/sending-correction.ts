import { Type } from "typebox";
import { randomId } from "../../bytes/random.ts";
import { DomainError } from "../../domain/error.ts";
import { type Correction, correctAddress } from "../../domain/lifecycle/correction-arrow.ts";
import { isOver } from "../../domain/lifecycle/transfer-arrows.ts";
import { needText } from "../../domain/need-text.ts";
import type { Reader } from "../../domain/records.ts";
import type { Recipient, Transfer } from "../../domain/transfer.ts";
import { correctedWaybill, fixWaybill, grantDigest, type Waybill } from "../../domain/waybill.ts";
import type { CorrectionAsk, CorrectionBody, CorrectionOptions } from "../../domain/wire/sending.ts";
import { assessTransfer } from "../assessing/assess-transfer.ts";
import { newRecipient } from "../drafts/draft.ts";
import { type Matched, matchRecipients } from "../drafts/match-recipients.ts";
import { act } from "../drafts/take-back.ts";
import { ServerError } from "../error.ts";
import { type MemberVisit, type Row, row, type SenderVisit } from "../gate/row.ts";
import { refuseUnlessWorkAddress } from "../gate/work-address.ts";
import { notice } from "../notices/notices.ts";
import { nonceBody, passkeySignatureBody } from "../passkeys/bodies.ts";
import { takeNonce } from "../passkeys/nonce.ts";
import { provedBySender, signingOptions } from "./sending-proof.ts";
import { sealedFile } from "./sending-sealed-files.ts";

const base64 = (maxLength: number) => Type.String({ maxLength, pattern: "^[A-Za-z0-9+/]+={0,2}$" });
const ask = { recipientId: Type.String({ maxLength: 64 }), address: Type.String({ maxLength: 300 }) };
const MIB = 1024 * 1024;
const RATES = [{ times: 30, seconds: 600, by: "target" }] as const;

const correctionBody = Type.Object({
  ...ask,
  id: Type.String({ pattern: "^[A-Za-z0-9_-]{22}$" }),
  grant: base64(64 * 1024),
  tokenHash: Type.String({ pattern: "^[0-9a-f]{64}$" }),
  senderGrant: base64(MIB),
  nonce: nonceBody,
  passkey: passkeySignatureBody,
});

/** Correcting the address of a recipient after release: new access for the right one, under a waybill signed anew. */
export const sendingCorrectionRows: readonly Row[] = [
  row({
    method: "POST",
    path: "/api/transfers/:ref/correction/options",
    who: "sender",
    body: Type.Object(ask),
    rates: RATES,
    handle: async (visit, body): Promise<CorrectionOptions> => {
      refuseUnlessWorkAddress(visit.member, visit.organisation);
      const { transfer, recipients } = visit;
      const { wrong, matched } = await found(visit.parts.records.read, recipients, body);
      await refuseUnlessStillAllowed(visit, visit.parts.records.read, transfer, recipients, { wrong, matched });
      const id = randomId();
      const options = await signingOptions(visit, signedWaybill(transfer), nonceOwner(visit, id));
      const { name, address } = matched;
      return { ...options, right: { id, name, address }, wrongToken: wrong.tokenHash ?? "" };
    },
  }),
  row({
    method: "POST",
    path: "/api/transfers/:ref/correction",
    who: "sender",
    body: correctionBody,
    bodyLimit: 2 * MIB,
    rates: RATES,
    handle: async (visit, body) => {
      await correct(visit, body);
      return {};
    },
  }),
];

async function correct(visit: SenderVisit, body: CorrectionBody): Promise<void> {
  const { parts, member, organisation } = visit;
  refuseUnlessWorkAddress(member, organisation);
  await takeNonce(parts, body.nonce, nonceOwner(visit, body.id));
  sealedFile(body.grant, "passphrase", "The new access");
  sealedFile(body.senderGrant, "pq", "Your own access");
  const seen = await correctionOf(parts.records.read, visit.transfer, visit.recipients, body);
  const { proof, passkey } = await provedBySender(visit, seen.waybill.digest, body);
  await act(visit, async ({ tx, transfer, recipients, taken }) => {
    const correction = await correctionOf(tx, transfer, recipients, body);
    await refuseUnlessStillAllowed(visit, tx, transfer, recipients, await found(tx, recipients, body));
    if (correction.waybill.digest !== seen.waybill.digest) {
      throw new DomainError({ code: "changed", message: "This transfer was changed meanwhile. Load the page again." });
    }
    if (passkey) await tx.saveCredential(passkey);
    const step = correctAddress(transfer, correction, proof, taken);
    const told = { transfer: step.transfer, recipient: correction.right, sender: member, organisation };
    await tx.post(notice({ ...told, place: parts.place, at: taken.at }));
    return step;
  });
}

async function correctionOf(
  read: Reader,
  transfer: Transfer,
  recipients: readonly Recipient[],
  body: CorrectionBody,
): Promise<Correction> {
  const { wrong, matched } = await found(read, recipients, body);
  const position = Math.max(...recipients.map((each) => each.position)) + 1;
  const fresh = newRecipient(transfer.reference, asBefore(wrong, matched), position);
  const right: Recipient = { ...fresh, id: body.id, grant: body.grant, tokenHash: body.tokenHash };
  const { name, address, access } = right;
  const signed = JSON.parse(signedWaybill(transfer)) as Waybill; // our own text, fixed at signing
  const entry = { name, address, access, token: body.tokenHash };
  const before = { name: wrong.name, address: wrong.address, access: wrong.access, token: wrong.tokenHash ?? "" };
  const waybill = await fixWaybill(await correctedWaybill(signed, before, entry, await grantDigest(right)));
  return { wrong, right, waybill, senderGrant: body.senderGrant };
}

/** The wrong recipient, and the contact who takes their place (OXM-15). @throws ServerError, DomainError saying what to do */
export async function found(
  read: Reader,
  recipients: readonly Recipient[],
  { recipientId, address }: CorrectionAsk,
): Promise<{ readonly wrong: Recipient; readonly matched: Matched }> {
  const wrong = recipients.find(({ id }) => id === recipientId);
  const { matched, unmatched } = await matchRecipients(read, [address]);
  const [right] = matched;
  if (!wrong) throw refused("There is no such recipient.");
  if (!right) throw refused(unmatched[0]?.why ?? "Give one address.");
  if (right.access !== "words") {
    throw refused(
      `${right.name} has a passkey here. End the wrong access, then send it to them in a transfer of its own.`,
    );
  }
  if (recipients.some((each) => each.address === right.address && !isOver(each))) {
    throw new DomainError({
      code: "already-there",
      message: `${right.address} is a recipient already. Nothing was changed.`,
    });
  }
  return { wrong, matched: right };
}

/**
 * Policy is asked about the corrected transfer. What others agreed to names the other address, so then there is no correcting.
 * @throws DomainError `unmet` saying to take it back and send it again
 */
export async function refuseUnlessStillAllowed(
  { parts, member: sender }: MemberVisit,
  read: Reader,
  transfer: Transfer,
  recipients: readonly Recipient[],
  { wrong, matched }: { readonly wrong: Recipient; readonly matched: Matched },
): Promise<void> {
  const instead = "Take it back and send it again, to the right address. Nothing was changed.";
  const { needs } = JSON.parse(signedWaybill(transfer)) as Waybill; // our own text, fixed at signing
  if (needs.length > 0) {
    const message = `What others agreed to names ${wrong.address}, so the address cannot be corrected. ${instead}`;
    throw new DomainError({ code: "unmet", message });
  }
  const right = newRecipient(transfer.reference, asBefore(wrong, matched), wrong.position);
  const corrected = recipients.map((each) => (each.id === wrong.id ? right : each));
  const { answer } = await assessTransfer(parts, read, { transfer, recipients: corrected, sender });
  if (answer.verdict === "ready") return;
  const whys = answer.needs.map(needText);
  throw new DomainError({
    code: "unmet",
    message: `For ${right.address} something is missing: ${whys.join(" ")} ${instead}`,
  });
}

/** The same person at another address still expects it, and may still have it. */
function asBefore({ name, expecting, legitimateNeed }: Recipient, matched: Matched): Matched {
  return matched.name === name ? { ...matched, expecting, legitimateNeed } : matched;
}

function signedWaybill(transfer: Transfer): string {
  if (transfer.waybill) return transfer.waybill.text;
  throw new DomainError({ code: "not-now", message: "This transfer is not signed yet: change the draft instead." });
}

function refused(message: string): ServerError {
  return new ServerError({ code: "bad-request", message: `${message} Nothing was changed.` });
}

/** A nonce for one correction by one new row signs nothing else. */
function nonceOwner({ member, transfer }: SenderVisit, id: string): string {
  return `${member.id} ${transfer.reference} ${id}`;
}
