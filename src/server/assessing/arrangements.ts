import type { Approval, Arrangement } from "../../domain/facts.ts";
import type { Member } from "../../domain/member.ts";
import type { Reader } from "../../domain/records.ts";
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

/** What arrangements would count as, if they cover: for asking who holds a role. */
export function arrangedApprovals(arrangements: readonly Arrangement[]): readonly Approval[] {
  return arrangements.map(({ role, by }) => ({ role, by }));
}
