import { isWorkAddress } from "../../domain/address.ts";
import type { Language } from "../../domain/contact.ts";
import type { Member } from "../../domain/member.ts";
import type { Organisation } from "../../domain/organisation.ts";
import type { Reader } from "../../domain/records.ts";

/**
 * What a member reads: a colleague English; somebody from outside the language of their contact, or of the transfer from which
 * their key comes. Null where nobody has said.
 */
export async function languageOfMember(
  reader: Reader,
  { address, offer }: Pick<Member, "address" | "offer">,
  { workDomains }: Pick<Organisation, "workDomains">,
): Promise<Language | null> {
  if (isWorkAddress(address, workDomains)) return "en";
  const contact = await reader.contactByAddress(address);
  if (contact) return contact.language;
  return offer?.recipientId ? ((await reader.recipient(offer.recipientId))?.language ?? null) : null;
}
