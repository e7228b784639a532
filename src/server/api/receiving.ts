import { fromBase64Url } from "../../bytes/base64.ts";
import { sha256Hex } from "../../bytes/digest.ts";
import { DomainError } from "../../domain/error.ts";
import {
  arrive,
  arriveAgain,
  handOut,
  open,
  receive,
  reportProblem,
  verifyAgain,
} from "../../domain/lifecycle/recipient-arrows.ts";
import type { Step } from "../../domain/lifecycle/step.ts";
import type { Recipient, Transfer } from "../../domain/transfer.ts";
import type { NonceAnswer, ReceivingView } from "../../domain/wire/receiving.ts";
import { openedMark, receiptAnswer } from "../../log/receipt-answer.ts";
import type { Statement } from "../../log/statement.ts";
import { ServerError } from "../error.ts";
import { type RecipientVisit, type Row, row } from "../gate/row.ts";
import { reportByRecipient } from "../incidents/report-by-recipient.ts";
import type { Parts } from "../parts.ts";
import { newNonce, takeNonce } from "../passkeys/nonce.ts";
import { handlingTexts } from "../texts/receiving/handling.ts";
import { act, nothingToDo, type Standing, then } from "./receiving-act.ts";
import { arrivedUnderThis } from "./receiving-arrival.ts";
import { arriveBody, openedBody, problemBody, receiptBody } from "./receiving-bodies.ts";
import { tellSender } from "./receiving-news.ts";
import { refuseUnlessOpen } from "./receiving-open.ts";
import { reportStands } from "./receiving-report.ts";
import { forgetRead, wasReadWhole } from "./receiving-reread.ts";
import { type Signed, verifySignature } from "./receiving-signature.ts";
import { nowOf, receivingView } from "./receiving-view.ts";

const OFTEN = { times: 60, seconds: 600, by: "target" } as const;

/** What a receiving client asks and says; its JSON is in `domain/wire/receiving.ts`. */
export const receivingRows: readonly Row[] = [
  row({
    method: "GET",
    path: "/api/r/:id",
    who: "recipient",
    handle: async (visit): Promise<ReceivingView> => {
      const { parts, transfer, recipient } = visit;
      const { read } = parts.records;
      const sender = await read.member(transfer.senderId);
      refuseUnlessOpen(transfer, recipient, nowOf(parts), sender);
      return receivingView(visit, { transfer, recipient, sender }, await reportStands(read, recipient));
    },
  }),
  row({
    method: "POST",
    path: "/api/r/:id/nonce",
    who: "recipient",
    rates: [OFTEN],
    handle: async ({ parts, recipient }): Promise<NonceAnswer> => ({ nonce: await newNonce(parts, recipient.id) }),
  }),
  row({
    method: "POST",
    path: "/api/r/:id/arrive",
    who: "recipient",
    body: arriveBody,
    rates: [OFTEN],
    handle: async (visit, { nonce, reader, by }) => {
      const { parts, recipient } = visit;
      await takeNonce(parts, nonce, recipient.id);
      const signed = await verifySignature(visit, by, statementOf(visit, "arrive", "", nonce));
      return answer(visit, (standing) => arriveWith(parts, standing, signed, reader.trim()));
    },
  }),
  row({
    method: "POST",
    path: "/api/r/:id/opened",
    who: "recipient",
    body: openedBody,
    rates: [OFTEN],
    handle: (visit, { token }) =>
      answer(visit, async ({ transfer, recipient, taken }) => {
        await checkToken(token, recipient);
        return open(transfer, recipient, taken);
      }),
  }),
  row({
    method: "POST",
    path: "/api/r/:id/verified",
    who: "recipient",
    body: openedBody,
    rates: [OFTEN],
    handle: (visit, { token }) =>
      answer(visit, async ({ tx, transfer, recipient, taken }) => {
        await checkToken(token, recipient);
        if (!(await reportStands(tx, recipient))) return nothingToDo(transfer);
        const whole = await wasReadWhole(visit.parts, recipient, transfer.sealed?.bodySize ?? 0);
        return verifyAgain(transfer, recipient, whole, taken);
      }),
  }),
  row({
    method: "POST",
    path: "/api/r/:id/receipt",
    who: "recipient",
    body: receiptBody,
    rates: [OFTEN],
    handle: async (visit, { nonce, token, by, signsToken = false, handling = null }) => {
      const { parts, recipient } = visit;
      refuseUnlessShown(handling, visit.transfer);
      await takeNonce(parts, nonce, recipient.id);
      const opened = signsToken ? openedMark(token, nonce) : null;
      const said = receiptAnswer(handling, opened);
      const signed = await verifySignature(visit, by, statementOf(visit, "receive", said, nonce));
      return answer(visit, (standing) => receiveWith(parts, standing, withSaid(signed, handling, opened), token));
    },
  }),
  row({
    method: "POST",
    path: "/api/r/:id/problem",
    who: "recipient",
    body: problemBody,
    rates: [{ times: 10, seconds: 3600, by: "target" }],
    handle: (visit, { kind, detail }) =>
      answer(visit, async (standing) => {
        await tellSender(visit.parts, standing, "problem");
        const incident = kind === "other" ? "near-miss" : kind;
        await reportByRecipient(visit.parts, standing, { kind: incident, words: detail.trim(), stopped: null });
        if (kind !== "other") await forgetRead(visit.parts, standing.recipient);
        return reportProblem(standing.transfer, standing.recipient, { kind, text: detail.trim() }, standing.taken);
      }),
  }),
];

/** SIS-24: what was acknowledged is what our own pages say. @throws ServerError `bad-request` */
function refuseUnlessShown(handling: string | null, { facts }: Transfer): void {
  if (handling === null || handlingTexts(facts.classification).some((each) => each.join("\n") === handling)) return;
  const message = "How to handle it was changed since the page was loaded. Nothing was signed: load it again.";
  throw new ServerError({ code: "bad-request", message });
}

/** What was acknowledged, and the mark of the token, stand beside the signature, whose answer holds them. */
function withSaid({ proof, passkey }: Signed, handling: string | null, opened: string | null): Signed {
  const said = { ...(opened === null ? {} : { opened }), ...(handling === null ? {} : { handling }) };
  return { proof: { ...proof, ...said }, passkey };
}

async function answer(
  visit: RecipientVisit,
  take: (standing: Standing) => Promise<Step> | Step,
): Promise<ReceivingView> {
  const rows = await act(visit.parts, visit.recipient.id, "recipient", take);
  return receivingView(visit, rows, await reportStands(visit.parts.records.read, rows.recipient));
}

/** DESIGN: only now is the grant handed out, and only now the sender asked to tell the six words (SDT-13, OXM-23). */
async function arriveWith(parts: Parts, standing: Standing, { proof, passkey }: Signed, reader: string): Promise<Step> {
  const { tx, transfer, recipient, taken } = standing;
  const key = { publicKey: proof.keyKind === "arrival" ? proof.publicKey : "", reader };
  const sameKey = recipient.arrival?.publicKey === key.publicKey;
  if (sameKey && (await arrivedUnderThis(tx, transfer, recipient))) return nothingToDo(transfer); // said again after a lost answer
  if (passkey) await tx.saveCredential(passkey);
  if (recipient.arrival) return arriveAgain(transfer, recipient, key, proof, taken);
  if (recipient.access === "words") await tellSender(parts, standing, "arrived");
  return then(arrive(transfer, recipient, key, proof, taken), (after, arrived) => handOut(after, arrived, taken));
}

async function receiveWith(parts: Parts, standing: Standing, { proof, passkey }: Signed, token: string): Promise<Step> {
  const { tx, transfer, recipient, taken } = standing;
  await checkToken(token, recipient);
  if (proof.keyKind === "arrival" && recipient.arrival && recipient.arrival.publicKey !== proof.publicKey) {
    throw new DomainError({
      code: "changed",
      message:
        "Arrival was confirmed on another device since. Nothing is lost: confirm receipt there, or confirm arrival on this device again.",
    });
  }
  if (recipient.state === "received") return nothingToDo(transfer);
  if (passkey) await tx.saveCredential(passkey);
  await tellSender(parts, standing, "received");
  return receive(transfer, recipient, proof, taken, await reportStands(tx, recipient)); // SDT-28
}

function statementOf(visit: RecipientVisit, kind: "arrive" | "receive", answered: string, nonce: string): Statement {
  return {
    version: 1,
    kind,
    digest: visit.transfer.waybill?.digest ?? "",
    role: "recipient",
    answer: answered,
    signer: visit.recipient.address,
    rpId: visit.parts.place.rpId,
    nonce,
  };
}

/** The token is inside the grant: whoever shows it has opened that. @throws ServerError `bad-signature` */
export async function checkToken(token: string, recipient: Recipient): Promise<void> {
  let digest = "";
  try {
    digest = await sha256Hex(fromBase64Url(token));
  } catch {
    // not base64: no digest fits
  }
  if (recipient.tokenHash !== null && digest === recipient.tokenHash) return;
  throw new ServerError({
    code: "bad-signature",
    message: "That is not the receipt token of this package. Nothing was changed: open the package again.",
  });
}
