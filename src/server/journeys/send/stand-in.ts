import type { Reader } from "../../../domain/records.ts";
import { hasKey, matchRecipients } from "../../drafts/match-recipients.ts";

/** The colleague who may tell the six words in the sender's place, as typed; no one where nothing was; or why it cannot be they. */
export async function readStandIn(
  read: Reader,
  typed: string,
  senderId: string,
): Promise<{ readonly id: string | null } | { readonly why: string }> {
  const entry = typed.trim();
  if (entry === "") return { id: null };
  const { matched, unmatched } = await matchRecipients(read, [entry]);
  const [found] = matched;
  if (!found) return { why: unmatched[0]?.why ?? "Give one colleague’s name or address" };
  const member = found.party.kind === "member" ? await read.member(found.party.memberId) : null;
  if (!member) return { why: "Only a colleague can tell the words in your place" };
  if (member.id === senderId) return { why: "Name somebody else: you can tell the words yourself anyway" };
  if (!(await hasKey(read, member))) return { why: `${member.name} has not set up a key yet. Choose somebody else` };
  return { id: member.id };
}
