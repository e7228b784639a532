import { whoIsColleague } from "../../domain/colleague.ts";
import type { Member } from "../../domain/member.ts";
import type { Reader } from "../../domain/records.ts";
import type { Transfer } from "../../domain/transfer.ts";

/** Who is told that a transfer is to be opened with the recovery key: its sender; once they have left, others in their place. */
export interface WhomToTell {
  readonly as: "sender" | "line-manager" | "privacy-team" | "nobody";
  readonly members: readonly Member[];
}

/** The sender; for one who has left their line manager, and where there is none any more the privacy team. */
export async function whomToTell(read: Reader, { senderId }: Pick<Transfer, "senderId">): Promise<WhomToTell> {
  const sender = await read.member(senderId);
  if (sender?.state === "active") return { as: "sender", members: [sender] };
  const manager = sender?.lineManagerId ? await read.member(sender.lineManagerId) : null;
  const inside = await whoIsColleague(read); // SDT-17
  if (manager && inside(manager)) return { as: "line-manager", members: [manager] };
  const team = (await read.members()).filter((each) => inside(each) && each.roles.includes("privacy-team"));
  return team.length > 0 ? { as: "privacy-team", members: team } : { as: "nobody", members: [] };
}

/** That in a sentence, as the pages of administrators say it before they sign. */
export function toldText({ as, members }: WhomToTell, senderName: string): string {
  const people = members.map(({ name, address }) => `${name} (${address})`).join(", ");
  if (as === "sender") return `${people} is told by email, with the reason, and sees each step.`;
  if (as === "line-manager")
    return `${senderName} has left, so nobody reads their mail: ${people}, their line manager, is told by email, with the reason.`;
  if (as === "privacy-team")
    return `${senderName} has left, so nobody reads their mail: the privacy team is told by email, with the reason: ${people}.`;
  return `${senderName} has left, and there is neither a line manager nor a privacy team who could be told. It stays in the record.`;
}
