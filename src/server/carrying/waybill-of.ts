import { buildCarriedWaybill } from "../../domain/carried-waybill.ts";
import type { Member } from "../../domain/member.ts";
import type { Reader } from "../../domain/records.ts";
import type { Recipient, Transfer } from "../../domain/transfer.ts";
import { type Assessed, buildWaybill, type Waybill } from "../../domain/waybill.ts";
import { namedBy } from "./named.ts";

/** The waybill of a draft by whichever method it goes. @throws DomainError `incomplete` when something of it is missing */
export async function waybillOf(
  read: Reader,
  transfer: Transfer,
  recipients: readonly Recipient[],
  sender: Member,
  organisation: string,
  assessed: Assessed,
): Promise<Waybill> {
  const { carriage } = transfer;
  if (!carriage) return buildWaybill(transfer, recipients, sender, organisation, assessed);
  return buildCarriedWaybill(
    transfer,
    recipients,
    sender,
    organisation,
    assessed,
    await namedBy(read, carriage, recipients),
  );
}
