import { type Address, domainOf, isWorkAddress, parseAddress } from "../../domain/address.ts";
import type { Contact, Language } from "../../domain/contact.ts";
import { isUnconfirmed } from "../../domain/lifecycle/key-offer.ts";
import type { Member } from "../../domain/member.ts";
import type { Reader } from "../../domain/records.ts";
import type { Party, Recipient } from "../../domain/transfer.ts";

/** Somebody whom a draft can name. */
export interface Matched {
  readonly party: Party;
  readonly name: string;
  readonly address: Address;
  readonly organisation: string;
  readonly language: Language;
  readonly team: boolean;
  readonly access: Recipient["access"];
  /** OXM-22: they have no key yet, and there is no other way for them but to make one. */
  readonly registerFirst: boolean;
  /** SIS-13 and SDT-7, as the sender states them; not stated by matching. */
  readonly expecting: boolean | null;
  readonly legitimateNeed: string;
}

/** One entry that fits nobody, or several. `why` is a sentence that says what to do. */
export interface Unmatched {
  readonly typed: string;
  readonly why: string;
  /** An address of somebody outside who is no contact: it can be added as one. */
  readonly stranger?: Address;
}

const MOST = 1000;
const UNSTATED = { expecting: null, legitimateNeed: "" } as const;

/**
 * Matches addresses, `Name <address>` and plain names to colleagues and contacts; each person once, in the order given.
 * Nobody is guessed: what fits nobody or several comes back with what to do (OXM-15).
 */
export async function matchRecipients(
  read: Reader,
  entries: readonly string[],
): Promise<{ readonly matched: readonly Matched[]; readonly unmatched: readonly Unmatched[] }> {
  const matched = new Map<Address, Matched>();
  const unmatched: Unmatched[] = [];
  if (entries.length > MOST) {
    return { matched: [], unmatched: [{ typed: "", why: `Name ${MOST} recipients or fewer in one transfer.` }] };
  }
  for (const typed of entries) {
    const found = await matchOne(read, typed);
    if ("why" in found) unmatched.push(found);
    else matched.set(found.address, found);
  }
  return { matched: [...matched.values()], unmatched };
}

async function matchOne(read: Reader, typed: string): Promise<Matched | Unmatched> {
  const angled = /<([^<>]+)>\s*$/.exec(typed)?.[1];
  if (angled === undefined && !typed.includes("@")) return matchName(read, typed);
  let address: Address;
  try {
    address = parseAddress(angled ?? typed);
  } catch (error) {
    return { typed, why: error instanceof Error ? error.message : "This is not an email address." };
  }
  const member = await read.memberByAddress(address);
  if (member && !isUnconfirmed(member)) return ofMember(read, member, typed);
  const contact = await read.contactByAddress(address);
  if (contact) return ofContact(contact, address);
  const organisation = await read.organisation();
  const inside = organisation !== null && isWorkAddress(address, organisation.workDomains);
  if (inside) {
    return { typed, why: `No colleague has the address ${address}. Check it, or ask an administrator to invite them.` };
  }
  return {
    typed,
    stranger: address,
    why: `${address} is not one of your contacts. Add it under Contacts, with how you checked that it is theirs, then name it here.`,
  };
}

async function matchName(read: Reader, typed: string): Promise<Matched | Unmatched> {
  const wanted = plain(typed);
  const members = (await read.members()).filter(
    (each) => each.state !== "deactivated" && !isUnconfirmed(each) && plain(each.name) === wanted,
  );
  const contacts = (await read.contacts()).filter((each) => plain(each.name) === wanted);
  const addresses = [
    ...new Set([
      ...members.map(({ address }) => address),
      ...contacts.flatMap((each) => each.addresses.map(({ address }) => address)),
    ]),
  ];
  const [only] = addresses;
  if (only === undefined) {
    return {
      typed,
      why: `“${typed.slice(0, 80)}” is no colleague or contact. Give the whole name, or the email address.`,
    };
  }
  if (addresses.length > 1) {
    return {
      typed,
      why: `“${typed.slice(0, 80)}” could be ${addresses.toSorted().join(" or ")}. Give the address that you mean.`,
    };
  }
  return matchOne(read, only);
}

async function ofMember(read: Reader, member: Member, typed: string): Promise<Matched | Unmatched> {
  const { address, name } = member;
  if (member.state === "deactivated") {
    return { typed, why: `${name} (${address}) has left or may not sign in any more. Choose somebody else.` };
  }
  const { organisation, language } = await homeOf(read, member);
  return {
    party: { kind: "member", memberId: member.id },
    name,
    address,
    organisation,
    language,
    team: false,
    access: "account",
    registerFirst: !(await hasKey(read, member)),
    ...UNSTATED,
  };
}

/** Somebody who registered from outside (OXM-22) stays what they are under Contacts. */
async function homeOf(read: Reader, { address }: Member): Promise<{ organisation: string; language: Language }> {
  const own = await read.organisation();
  if (own && isWorkAddress(address, own.workDomains)) return { organisation: own.name, language: "en" };
  const contact = await read.contactByAddress(address);
  return { organisation: contact?.organisation ?? domainOf(address), language: contact?.language ?? "en" };
}

function ofContact(contact: Contact, address: Address): Matched {
  const { id, name, organisation, language, team } = contact;
  const party: Party = { kind: "contact", contactId: id };
  return { party, name, address, organisation, language, team, access: "words", registerFirst: false, ...UNSTATED };
}

/** Whether something can be sealed to them: they are active and have published a key, which is not one that was only offered. */
export async function hasKey(read: Reader, member: Member): Promise<boolean> {
  return member.state === "active" && !isUnconfirmed(member) && (await read.keysOf(member.id)).length > 0;
}

function plain(name: string): string {
  return name.normalize("NFKC").toLowerCase().replaceAll(/\s+/g, " ").trim();
}
