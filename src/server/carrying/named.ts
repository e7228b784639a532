import type { Carriage } from "../../domain/carriage.ts";
import type { Named } from "../../domain/carried-waybill.ts";
import type { Contact } from "../../domain/contact.ts";
import { isOver } from "../../domain/lifecycle/transfer-arrows.ts";
import type { Reader } from "../../domain/records.ts";
import type { Recipient } from "../../domain/transfer.ts";
import { contactsOf } from "../assessing/gather-facts.ts";
import { checkedNumbers } from "./numbers.ts";

/** What the registers call the medium and the fax machine of a carriage, and where its recipients are, now. */
export async function namedBy(read: Reader, carriage: Carriage, recipients: readonly Recipient[]): Promise<Named> {
  const { fixed } = carriage;
  const medium = fixed.mediumId === null ? null : await read.medium(fixed.mediumId);
  const machine = fixed.faxMachineId === null ? null : await read.faxMachine(fixed.faxMachineId);
  const contact = await contactsOf(read, recipients);
  return {
    medium: medium?.serial ?? null,
    fax: machine?.number ?? null,
    places: recipients.map((each) => placeOf(carriage, each, contact(each))),
  };
}

/** Where it goes for one of them: what stands on the label (SIS-11), or the one checked number that is dialled (SIS-20, OXM-8). */
function placeOf({ method, fixed }: Carriage, recipient: Recipient, contact: Contact | null): string {
  if (method === "fax" || method === "telephone") {
    const checked = checkedNumbers(contact, method);
    if (fixed.numbers === null) return checked.join(", ");
    return checked.find((each) => each === fixed.numbers?.[recipient.id]) ?? "";
  }
  const goesByCarrier = (method === "post" || method === "removable-media") && fixed.carrier !== "by-hand";
  if (!goesByCarrier) return "";
  return (fixed.carrier?.startsWith("dx") ? contact?.dx : contact?.postal) ?? "";
}

/** SIS-20, SDT2-4: what is dialled for each of them who still waits, E.164; empty where no number of theirs is checked. None by other methods. */
export async function dialledFor(
  read: Reader,
  carriage: Carriage,
  recipients: readonly Recipient[],
): Promise<readonly { readonly name: string; readonly number: string }[]> {
  if (carriage.method !== "fax" && carriage.method !== "telephone") return [];
  const live = recipients.filter((each) => !isOver(each));
  const { places } = await namedBy(read, carriage, live);
  return live.map(({ name }, at) => ({ name, number: places[at] ?? "" }));
}
