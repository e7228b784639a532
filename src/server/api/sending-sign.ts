import { Type } from "typebox";
import { DomainError } from "../../domain/error.ts";
import type { Facts } from "../../domain/facts.ts";
import { request } from "../../domain/lifecycle/transfer-arrows.ts";
import { isPersonal } from "../../domain/people-in.ts";
import type { Reader } from "../../domain/records.ts";
import { fixWaybill } from "../../domain/waybill.ts";
import type { SignBody, SigningOptions } from "../../domain/wire/sending.ts";
import type { Policy } from "../../policy/policy.ts";
import { noticeBasis } from "../advice/advice-basis.ts";
import { closeNotices, tellPrivacyTeam } from "../advice/ask-advice.ts";
import { shownFacts } from "../advice/shown-facts.ts";
import { assessTransfer, isMetBySigning, recordAssessment, refuseUnlessMet } from "../assessing/assess-transfer.ts";
import { policyNow } from "../assessing/policy-now.ts";
import { carryOut } from "../carry-out.ts";
import { waybillOf } from "../carrying/waybill-of.ts";
import { readDraft, takenBy } from "../drafts/draft.ts";
import { type Row, row, type SenderVisit } from "../gate/row.ts";
import { refuseUnlessWorkAddress } from "../gate/work-address.ts";
import { deviceSignatureBody, nonceBody, passkeySignatureBody } from "../passkeys/bodies.ts";
import { takeNonce } from "../passkeys/nonce.ts";
import { refuseStaleRecovery } from "../recovery-key/sealed-to-it.ts";
import { agreeOrAsk } from "../release-gate/release.ts";
import { provedBySender, signingOptions } from "./sending-proof.ts";

const signBody = Type.Union([
  Type.Object({ nonce: nonceBody, passkey: passkeySignatureBody }),
  Type.Object({ nonce: nonceBody, device: deviceSignatureBody }),
]);

const RATES = [{ times: 60, seconds: 600, by: "target" }] as const;

/** Fixing the waybill and the sender's signature over it (SIS-23); then agreement and release. */
export const sendingSignRows: readonly Row[] = [
  row({
    method: "POST",
    path: "/api/transfers/:ref/sign/options",
    who: "sender",
    rates: RATES,
    handle: async (visit): Promise<SigningOptions> => {
      const { parts, member, organisation, transfer } = visit;
      refuseUnlessWorkAddress(member, organisation);
      const { text } = await waybillNow(visit, parts.records.read);
      return signingOptions(visit, text, nonceOwner(visit, transfer.reference));
    },
  }),
  row({
    method: "POST",
    path: "/api/transfers/:ref/sign",
    who: "sender",
    body: signBody,
    rates: RATES,
    handle: async (visit, body) => {
      await sign(visit, body);
      return {};
    },
  }),
];

/**
 * Signs the waybill as it is now: it is built again inside the transaction, so that a change since the options were given
 * makes the signature one over something else.
 * @throws ServerError `bad-signature`; DomainError `changed`, `not-now`, `incomplete`, `not-work-address`
 */
async function sign(visit: SenderVisit, body: SignBody): Promise<void> {
  const { parts, member, organisation } = visit;
  const { reference } = visit.transfer;
  refuseUnlessWorkAddress(member, organisation);
  await takeNonce(parts, body.nonce, nonceOwner(visit, reference));
  const seen = await waybillNow(visit, parts.records.read);
  const { proof, passkey } = await provedBySender(visit, seen.digest, body);
  const taken = takenBy(parts, member);
  await parts.records.write(async (tx) => {
    const { transfer, recipients } = await readDraft(tx, reference);
    const { waybill, text, digest, assessment, found } = await waybillNow(visit, tx);
    if (digest !== seen.digest) {
      const message =
        "The transfer was changed in another window meanwhile. Nothing was sent: check it again, then sign.";
      throw new DomainError({ code: "changed", message });
    }
    if (passkey) await tx.saveCredential(passkey);
    await carryOut(tx, request(transfer, recipients, { text, digest }, proof, taken));
    if (isToldToPrivacyTeam(policyNow(parts), found.facts)) {
      const basis = await noticeBasis(found.facts, transfer.facts.lawfulBasis);
      const shown = await shownFacts(parts, tx, transfer);
      const now = { facts: found.facts, carriage: transfer.carriage };
      await tellPrivacyTeam(tx, { reference, basis, now, shown, sender: member, place: parts.place }, taken);
    } else await closeNotices(tx, reference, null, taken);
    const fixed = { digest, reference, text, assessment, at: taken.at };
    await agreeOrAsk({ parts, tx, reference, sender: member, organisation, taken }, waybill, fixed);
  });
}

/** SDT2-5: whether it is personal data to a third party, under rules that have somebody told of it. */
function isToldToPrivacyTeam({ rules }: Policy, facts: Facts): boolean {
  return (
    isPersonal(facts) &&
    facts.recipients.some(({ kind }) => kind === "third-party") &&
    rules.some((rule) => isMetBySigning({ rule: rule.id }))
  );
}

/** The waybill as it would be fixed now. @throws DomainError `unmet` naming what the sender has to do first, with each clause */
async function waybillNow({ parts, transfer, member, organisation }: SenderVisit, read: Reader) {
  const { reference } = transfer;
  const now = await read.transfer(reference);
  if (now?.state !== "draft") {
    throw new DomainError({ code: "not-now", message: "This transfer was signed already. Nothing was changed." });
  }
  await refuseStaleRecovery(read, now);
  const recipients = await read.recipients(reference);
  const found = await assessTransfer(parts, read, { transfer: now, recipients, sender: member });
  refuseUnlessMet(found.answer);
  const { text: assessment, assessed } = await recordAssessment(now, found);
  const waybill = await waybillOf(read, now, recipients, member, organisation.name, assessed);
  return { waybill, assessment, found, ...(await fixWaybill(waybill)) };
}

/** A nonce for one transfer signs no other. */
function nonceOwner({ member }: SenderVisit, reference: string): string {
  return `${member.id} ${reference}`;
}
