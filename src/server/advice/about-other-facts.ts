import type { AdviceRequest } from "../../domain/advice.ts";
import type { RecordedAssessment } from "../../domain/recorded-assessment.ts";
import type { Reader } from "../../domain/records.ts";
import type { Transfer } from "../../domain/transfer.ts";
import { assessTransfer } from "../assessing/assess-transfer.ts";
import type { Parts } from "../parts.ts";
import { isNoticeOf, restsOn } from "./advice-basis.ts";

const CHANGEABLE: readonly string[] = ["draft", "requested", "approved", "refused"];

/**
 * SIS-15, SDT2-6: tells what was asked, or told, about other facts than the transfer has: an answer to it does not count. What has gone
 * has the facts that were signed.
 */
export async function aboutOtherFacts(
  parts: Parts,
  read: Reader,
  transfer: Transfer,
): Promise<(advice: AdviceRequest) => boolean> {
  const signed = transfer.state === "draft" ? null : await signedFacts(read, transfer);
  const facts = CHANGEABLE.includes(transfer.state) ? await factsNow(parts, read, transfer) : signed;
  if (facts === null) return () => false;
  const { reference, carriage } = transfer;
  const stale = new Set<string>();
  for (const { id, question, basis } of await read.adviceOf(reference)) {
    const isNow =
      question === ""
        ? await isNoticeOf(basis, signed ?? facts, transfer.facts.lawfulBasis)
        : await restsOn(basis, { facts, carriage });
    if (!isNow) stale.add(id);
  }
  return ({ id }) => stale.has(id);
}

async function factsNow(parts: Parts, read: Reader, transfer: Transfer) {
  const sender = await read.member(transfer.senderId);
  if (sender === null) return null;
  const recipients = await read.recipients(transfer.reference);
  return (await assessTransfer(parts, read, { transfer, recipients, sender })).facts;
}

async function signedFacts(read: Reader, { waybill }: Transfer) {
  const fixed = waybill ? await read.fixedWaybill(waybill.digest) : null;
  return fixed && (JSON.parse(fixed.assessment) as RecordedAssessment).facts; // written by this server
}
