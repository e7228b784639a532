import { isUnconfirmed } from "../../domain/lifecycle/key-offer.ts";
import type { Reader } from "../../domain/records.ts";
import type { Recipient } from "../../domain/transfer.ts";
import { hasKey } from "./match-recipients.ts";

/**
 * OXM-22: whoever was invited to register first and has a key by now, which a sender has confirmed where they are outside, gets in with it; the others come back as they are.
 * Nothing is saved: the caller saves the rows where it takes an arrow.
 */
export async function withRegistered(read: Reader, recipients: readonly Recipient[]): Promise<readonly Recipient[]> {
  return Promise.all(
    recipients.map(async (each) => {
      if (!each.registerFirst) return each;
      const member = await read.memberByAddress(each.address);
      if (!member || !(await hasKey(read, member))) return each;
      return { ...each, party: { kind: "member", memberId: member.id }, access: "account", registerFirst: false };
    }),
  );
}

/** The ids of those who were waited for and have registered, and whose key no sender has decided on yet. */
export async function unconfirmedAmong(read: Reader, recipients: readonly Recipient[]): Promise<readonly string[]> {
  const found = await Promise.all(
    recipients.map(async ({ id, address, registerFirst }) => {
      const member = registerFirst ? await read.memberByAddress(address) : null;
      return member?.state === "active" && isUnconfirmed(member) ? [id] : [];
    }),
  );
  return found.flat();
}
