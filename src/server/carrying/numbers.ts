import type { Need } from "../../domain/assessment.ts";
import type { CarriedMethod } from "../../domain/carriage.ts";
import { type Contact, faxPhones, voicePhones } from "../../domain/contact.ts";
import type { Recipient, Transfer } from "../../domain/transfer.ts";

/**
 * What is dialled of a contact: SIS-20, OXM-8: numbers that somebody checked, in the order of the contact's entry; by fax those of fax
 * machines alone, and otherwise those at which a person answers.
 */
export function checkedNumbers(contact: Pick<Contact, "phones"> | null, method: CarriedMethod): readonly string[] {
  if (contact === null) return [];
  const phones = method === "fax" ? faxPhones(contact) : voicePhones(contact);
  return phones.flatMap(({ number, verified }) => (verified === null ? [] : [number]));
}

/**
 * SIS-20, OXM-8: which checked number is dialled is one, and chosen before the signature, which names it. Asked of contacts alone: of
 * colleagues no number is kept that somebody else checked. What was signed before this was asked is asked nothing.
 */
export function numberConditions(
  { carriage, state }: Transfer,
  recipients: readonly Recipient[],
): readonly (Need & { readonly met: boolean })[] {
  if (state !== "draft" || (carriage?.method !== "fax" && carriage?.method !== "telephone")) return [];
  const contacts = recipients.filter(({ party }) => party.kind === "contact");
  const missing = contacts.filter(({ id }) => !carriage.fixed.numbers?.[id]);
  if (contacts.length === 0) return [];
  const names = (missing.length === 0 ? contacts : missing).map(({ name }) => name).join(", ");
  return [
    {
      rule: "number-chosen",
      clauses: [carriage.method === "fax" ? "SIS-20" : "OXM-8"],
      need: "choose:number",
      says: `Choose the checked number on which you ${carriage.method === "fax" ? "fax" : "ring"} ${names}.`,
      met: missing.length === 0,
    },
  ];
}

/** Those that are not met yet. */
export function numberNeeds(transfer: Transfer, recipients: readonly Recipient[]): readonly Need[] {
  return numberConditions(transfer, recipients).flatMap(({ met, ...need }) => (met ? [] : [need]));
}
