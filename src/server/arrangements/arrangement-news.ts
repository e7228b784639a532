import type { Message } from "../../domain/mail.ts";
import type { Reader } from "../../domain/records.ts";
import type { StandingArrangement } from "../../domain/standing-arrangement.ts";
import { approversOf } from "../approvals/approvers.ts";
import type { Place } from "../parts.ts";
import { arrangementMail } from "./arrangement-mail.ts";

/**
 * The mail of what the clock does to an arrangement that nobody answers. Reminded: every manager who may answer, deputies too.
 * Lapsed: whoever asked. @param at ISO 8601
 */
export async function arrangementNews(
  read: Reader,
  arrangement: StandingArrangement,
  moment: "reminded" | "lapsed",
  place: Place,
  at: string,
): Promise<readonly Message[]> {
  const requester = await read.member(arrangement.requesterId);
  if (requester?.state !== "active") return [];
  if (moment === "lapsed") return [arrangementMail(moment, arrangement, requester, requester, place, at)];
  const approvers = await approversOf(read, arrangement.role, requester, at);
  return approvers.map(({ member }) => arrangementMail(moment, arrangement, member, requester, place, at));
}
