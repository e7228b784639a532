import { type Address, isWorkAddress } from "../../../domain/address.ts";
import type { Contact } from "../../../domain/contact.ts";
import { type KnownAddress, type LookAlikeReason, lookAlikes } from "../../../domain/look-alike.ts";
import type { Organisation } from "../../../domain/organisation.ts";
import type { Reader } from "../../../domain/records.ts";

const WHY = {
  confusable: "looks the same as",
  near: "differs by a letter or two from",
  "other-domain": "has the same name before the @ as",
  "near-domain": "has a domain that is almost that of",
} as const satisfies Record<LookAlikeReason, string>;

/** One warning: the new address, and the known one that it could be mistaken for, with whose it is. */
export interface Similar {
  readonly address: Address;
  readonly why: string;
  readonly known: KnownAddress;
}

/** OXM-15: what new addresses could be confused with: contacts, colleagues, and the organisation's own domains. */
export async function similarTo(
  reader: Reader,
  organisation: Organisation,
  addresses: readonly Address[],
  except: Contact | null,
): Promise<readonly Similar[]> {
  const contacts = (await reader.contacts()).filter(({ id }) => id !== except?.id);
  const members = (await reader.members()).filter(({ state }) => state !== "deactivated");
  const known: KnownAddress[] = [
    ...contacts.flatMap(({ name, addresses: theirs }) => theirs.map(({ address }) => ({ name, address }))),
    ...members.map(({ name, address }) => ({ name, address })),
    ...organisation.workDomains.map((domain) => ({ name: organisation.name, address: `@${domain}` })),
  ];
  return addresses.flatMap((address) =>
    lookAlikes(address, known)
      .filter(({ reason }) => reason !== "near-domain" || !isWorkAddress(address, organisation.workDomains))
      .slice(0, 5)
      .map(({ reason, known: similar }) => ({ address, why: WHY[reason], known: similar })),
  );
}

/** Who has one of these addresses already, in words for the page; null when nobody has. */
export async function takenBy(
  reader: Reader,
  addresses: readonly Address[],
  except: Contact | null,
): Promise<string | null> {
  for (const address of addresses) {
    const contact = await reader.contactByAddress(address);
    if (contact && contact.id !== except?.id) return `${contact.name} has ${address} already: find them under Contacts`;
    const member = await reader.memberByAddress(address);
    if (member?.state === "active") return `${member.name} (${address}) is a colleague: choose them when you send`;
  }
  return null;
}
