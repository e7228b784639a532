import type { Carriage } from "../../domain/carriage.ts";
import { buildCarriedWaybill } from "../../domain/carried-waybill.ts";
import { DomainError } from "../../domain/error.ts";
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
  const named = await namedBy(read, carriage, recipients);
  refuseUnchecked(carriage, recipients, named);
  return buildCarriedWaybill(transfer, recipients, sender, organisation, assessed, named);
}

/** SIS-20: a number that was chosen, and that nobody vouches for any more, is not signed. */
function refuseUnchecked(
  { fixed: { numbers } }: Carriage,
  recipients: readonly Recipient[],
  { places }: { readonly places: readonly string[] },
): void {
  const lost = recipients.find(({ id }, at) => numbers?.[id] !== undefined && places[at] === "");
  if (!lost) return;
  const message = `The number that you chose for ${lost.name} is not checked any more. Nothing was signed: choose another on the page of what goes, and how.`;
  throw new DomainError({ code: "incomplete", message });
}
