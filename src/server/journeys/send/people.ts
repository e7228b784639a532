import type { Reader } from "../../../domain/records.ts";
import type { Matched } from "../../drafts/match-recipients.ts";

/** One recipient as the page shows them: name and address always together (OXM-15). */
export interface Person extends Matched {
  /** Whether this person has to be looked at before anything is sealed to them. */
  readonly asks: boolean;
  readonly warnings: readonly string[];
}

/** What the sender should know of each recipient before sealing to them. */
export async function peopleOf(read: Reader, matched: readonly Matched[]): Promise<readonly Person[]> {
  return Promise.all(
    matched.map(async (each): Promise<Person> => {
      const warnings = await warningsFor(read, each);
      const outside = each.party.kind === "contact";
      return { ...each, warnings, asks: outside || each.registerFirst || warnings.length > 0 };
    }),
  );
}

async function warningsFor(read: Reader, { party, address, registerFirst }: Matched): Promise<readonly string[]> {
  if (party.kind === "member") {
    return registerFirst ? ["Has not set up a passkey yet: you can add the files once they have."] : [];
  }
  const contact = await read.contact(party.contactId);
  if (!contact) return [];
  const warnings: string[] = [];
  if (!contact.addresses.some((each) => each.address === address && each.verified)) {
    warnings.push("Nobody has recorded how this address was checked.");
  }
  // OXM-8: words are told on a number that was checked.
  if (!registerFirst && !contact.phones.some(({ verified }) => verified) && !contact.impossible.includes("phone")) {
    warnings.push("There is no checked telephone number to tell the six words on. Check one under Contacts first.");
  }
  return warnings;
}
