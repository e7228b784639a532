import { iso } from "../../domain/clock.ts";
import type { ReceivingView } from "../../domain/wire/receiving.ts";
import type { RecipientVisit } from "../gate/row.ts";
import type { Parts } from "../parts.ts";
import { handlingIn } from "../texts/receiving/handling.ts";
import type { Rows } from "./receiving-act.ts";

/**
 * What one recipient may know of a transfer: nothing of the others, and neither waybill nor grant before arrival (OXM-2).
 * @param reported whether their report of damage or a loss stands.
 */
export function receivingView(
  visit: Pick<RecipientVisit, "organisation" | "parts">,
  { transfer, recipient, sender }: Rows,
  reported: boolean,
): ReceivingView {
  const arrived = recipient.arrival !== null;
  return {
    id: recipient.id,
    reference: transfer.reference,
    transferState: transfer.state,
    state: recipient.state,
    organisation: visit.organisation.name,
    rpId: visit.parts.place.rpId,
    sender: { name: sender?.name ?? "", address: sender?.address ?? "" },
    recipient: { name: recipient.name, address: recipient.address, team: recipient.team },
    access: recipient.access,
    expiresAt: transfer.expiresAt,
    waybillDigest: transfer.waybill?.digest ?? "",
    waybill: arrived ? (transfer.waybill?.text ?? null) : null,
    grant: arrived ? recipient.grant : null,
    tokenHash: arrived ? recipient.tokenHash : null,
    arrivalKey: recipient.arrival?.publicKey || null,
    bodySize: transfer.sealed?.bodySize ?? 0,
    mustVerify: reported,
    handling: handlingIn(recipient.language, transfer.facts.classification),
  };
}

/** Now, as arrows take it. */
export function nowOf(parts: Parts): string {
  return iso(parts.clock.now());
}
