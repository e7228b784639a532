import { toBase64Url } from "../../bytes/base64.ts";
import { sha256 } from "../../bytes/digest.ts";
import { utf8 } from "../../bytes/text.ts";
import { mayOffer } from "../../domain/lifecycle/key-offer.ts";
import type { Member } from "../../domain/member.ts";
import type { Reader } from "../../domain/records.ts";
import type { Recipient } from "../../domain/transfer.ts";

/** Who would have the key: the account that was there before, or the one that is to be made. */
export interface Offerer {
  readonly known: Member | null;
  readonly fresh: Pick<Member, "id" | "address" | "name">;
}

/**
 * Null unless this recipient may keep a key: somebody outside with a mailbox of their own, who has opened with the six words, and for
 * whose address there is no account.
 */
export async function offererOf(read: Reader, recipient: Recipient): Promise<Offerer | null> {
  const { party, access, team, openedAt, address, name } = recipient;
  if (party.kind === "member" || access !== "words" || team || openedAt === null) return null;
  const known = await read.memberByAddress(address);
  if (!mayOffer(known)) return null;
  const fresh = known ?? { id: await idFor(recipient.id), address, name };
  return { known, fresh };
}

/** The same for every request of one enrolment; the recipient's own id, which stands in their link, does not show in it. */
async function idFor(recipientId: string): Promise<string> {
  return toBase64Url((await sha256(utf8(`waybill/v1/key-offer ${recipientId}`))).slice(0, 16));
}
