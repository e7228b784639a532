import { receives } from "../../domain/colleague.ts";
import type { Approval, Arrangement } from "../../domain/facts.ts";
import type { Member } from "../../domain/member.ts";
import type { Reader } from "../../domain/records.ts";
import type { Recipient } from "../../domain/transfer.ts";
import { holdersOf } from "../approvals/approvers.ts";

/** The sender's standing arrangements that were agreed to, and whose givers hold their role still. Policy says what they cover. */
export async function arrangementsFor(read: Reader, sender: Member): Promise<readonly Arrangement[]> {
  const agreed = (await read.arrangementsOf(sender.id)).filter(({ state }) => state === "agreed");
  const found = await Promise.all(
    agreed.map(async (each): Promise<readonly Arrangement[]> => {
      const by = each.decidedBy ? await read.member(each.decidedBy) : null;
      const holds = (await holdersOf(read, each.role, sender)).some(({ id }) => id === by?.id);
      if (!by || !holds) return [];
      const { id, role, recipients, classification, people, bytes, method, ends } = each;
      return [{ reference: id, role, by: by.address, recipients, classification, people, bytes, method, ends }];
    }),
  );
  return found.flat();
}

/**
 * SDT-3: those of them whose giver does not receive this transfer: as a member, by their address, or as the contact who has that address beside
 * others.
 */
export async function notReceived(
  read: Reader,
  arrangements: readonly Arrangement[],
  recipients: readonly Recipient[],
): Promise<readonly Arrangement[]> {
  const found = await Promise.all(
    arrangements.map(async (each): Promise<readonly Arrangement[]> => {
      const by = await read.memberByAddress(each.by);
      return by === null || (await receives(read, by, recipients)) ? [] : [each];
    }),
  );
  return found.flat();
}

/** What arrangements would count as, if they cover: for asking who holds a role. */
export function arrangedApprovals(arrangements: readonly Arrangement[]): readonly Approval[] {
  return arrangements.map(({ role, by }) => ({ role, by }));
}
