import type { Reader } from "../../domain/records.ts";
import { ROLES } from "../../domain/roles.ts";
import type { StandingArrangement } from "../../domain/standing-arrangement.ts";
import { holdersOf } from "../approvals/approvers.ts";

/**
 * SDT-3: why an arrangement that was agreed to covers nothing now, as a sentence: its last day has passed, or whoever agreed does not hold
 * the role any more for whoever described it. Null while it covers, and of one that was not agreed to. @param today YYYY-MM-DD
 */
export async function whyItCoversNothing(
  read: Reader,
  { state, role, ends, decidedBy, requesterId }: StandingArrangement,
  today: string,
): Promise<string | null> {
  if (state !== "agreed") return null;
  if (ends < today) return "Its last day has passed, so it covers nothing any more.";
  const by = decidedBy ? await read.member(decidedBy) : null;
  const requester = await read.member(requesterId);
  if (by === null || by.state !== "active") {
    return `${by?.name ?? "Whoever agreed to it"} has left since, so it covers nothing any more.`;
  }
  if (requester === null || (await holdersOf(read, role, requester)).some(({ id }) => id === by.id)) return null;
  const held = role === "line-manager" ? `${requester.name}’s line manager` : `a ${ROLES[role].toLowerCase()}`;
  return `${by.name}, who agreed to it, is not ${held} any more, so it covers nothing now.`;
}
