import { isWorkAddress } from "./address.ts";
import type { Member } from "./member.ts";
import type { Reader } from "./records.ts";
import type { Recipient, Transfer } from "./transfer.ts";

/**
 * Whether somebody acts for the organisation now (SDT-17): active, and with a work address. A member from outside who registered (OXM-22)
 * receives and does nothing else, and so does whose mail domain is the organisation's no longer.
 */
export function isColleague({ state, address }: Pick<Member, "state" | "address">, workDomains: readonly string[]) {
  return state === "active" && isWorkAddress(address, workDomains);
}

/** That question, with the work domains as they are on record now; nobody is one before set-up. */
export async function whoIsColleague(
  read: Pick<Reader, "organisation">,
): Promise<(member: Pick<Member, "state" | "address">) => boolean> {
  const organisation = await read.organisation();
  return (member) => organisation !== null && isColleague(member, organisation.workDomains);
}

/** Everybody who acts for the organisation now. */
export async function colleaguesOf(read: Pick<Reader, "organisation" | "members">): Promise<readonly Member[]> {
  return (await read.members()).filter(await whoIsColleague(read));
}

/**
 * The colleague who may tell the six words of a transfer in its sender's place now (SDT-13): never one of those who receive it, since what
 * the words are for is another channel. Null where nobody was named, or they may not any more.
 */
export async function standInOf(
  read: Pick<Reader, "organisation" | "member" | "contactByAddress">,
  { standInId }: Pick<Transfer, "standInId">,
  recipients: readonly Pick<Recipient, "party" | "address">[],
): Promise<Member | null> {
  const member = standInId === null ? null : await read.member(standInId);
  if (member === null || !(await whoIsColleague(read))(member)) return null;
  return (await receives(read, member, recipients)) ? null : member;
}

/** Whether a member is among recipients: as a member, by their address, or as the contact who has that address beside others. */
export async function receives(
  read: Pick<Reader, "contactByAddress">,
  { id, address }: Pick<Member, "id" | "address">,
  recipients: readonly Pick<Recipient, "party" | "address">[],
): Promise<boolean> {
  const contactId = (await read.contactByAddress(address))?.id ?? null;
  return recipients.some(
    (each) =>
      each.address === address ||
      (each.party.kind === "member" ? each.party.memberId === id : each.party.contactId === contactId),
  );
}
