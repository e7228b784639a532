import { receives, whoIsColleague } from "../../../domain/colleague.ts";
import type { Reader } from "../../../domain/records.ts";
import type { Recipient } from "../../../domain/transfer.ts";
import { hasKey, matchRecipients } from "../../drafts/match-recipients.ts";

/**
 * SDT-13: the colleague who may tell the six words in the sender's place, as typed; no one where nothing was; or why it cannot be they. Nobody
 * from outside, registered or not, and nobody who receives it: the words reach each recipient by another channel than the link.
 */
export async function readStandIn(
  read: Reader,
  typed: string,
  senderId: string,
  recipients: readonly Pick<Recipient, "party" | "address">[],
): Promise<{ readonly id: string | null } | { readonly why: string }> {
  const entry = typed.trim();
  if (entry === "") return { id: null };
  const { matched, unmatched } = await matchRecipients(read, [entry]);
  const [found] = matched;
  if (!found) return { why: unmatched[0]?.why ?? "Give one colleague’s name or address" };
  const member = found.party.kind === "member" ? await read.member(found.party.memberId) : null;
  const inside = await whoIsColleague(read);
  if (!member || (member.state === "active" && !inside(member)))
    return { why: "Only a colleague with a work address can tell the words in your place" };
  if (member.id === senderId) return { why: "Name somebody else: you can tell the words yourself anyway" };
  if (!(await hasKey(read, member))) return { why: `${member.name} has not set up a key yet. Choose somebody else` };
  if (await receives(read, member, recipients))
    return { why: `${member.name} is to receive this themselves. Choose somebody else` };
  return { id: member.id };
}
