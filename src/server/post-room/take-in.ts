import { isColleague } from "../../domain/colleague.ts";
import { DomainError } from "../../domain/error.ts";
import { isOver } from "../../domain/lifecycle/transfer-arrows.ts";
import type { Member } from "../../domain/member.ts";
import type { Reader } from "../../domain/records.ts";
import { parseReference } from "../../domain/reference.ts";

/** For whom something may be that has come, as a transfer of ours says. */
export interface Awaited {
  /** Of the recipient; null: it came back to whoever sent it. */
  readonly recipientId: string | null;
  readonly member: Pick<Member, "id" | "name">;
}

/** What Waybill knows of a reference that stands on something that came. */
export interface Incoming {
  /** Of ours, by post, on its way; null: Waybill does not know it. */
  readonly reference: string | null;
  readonly otherReference: string;
  /** Whom of ours it may be for; nobody where it is no transfer of ours. */
  readonly awaited: readonly Awaited[];
  /** SIS-8: what is on record calls for it. */
  readonly addresseeOnly: boolean;
}

/**
 * SIS-9: what is known of it by its reference: addressees, and nothing of the contents. A transfer of ours to people outside that comes
 * in has come back. @param typed from a scanner or a keyboard; empty: nothing stands on it
 * @returns what to say where it can be no reference
 */
export async function lookUpIncoming(read: Reader, typed: string): Promise<Incoming | string> {
  const text = typed.trim();
  const transfer = await transferOf(read, text);
  const carrier = transfer?.carriage?.fixed.carrier ?? null;
  if (transfer?.state !== "released" || carrier === null || carrier === "by-hand") {
    const other = { reference: null, otherReference: text, awaited: [], addresseeOnly: false };
    return text === "" || /^[\p{L}\p{N}][\p{L}\p{N} ./-]{0,39}$/u.test(text) ? other : NO_REFERENCE;
  }
  const { reference, senderId, facts } = transfer;
  const waited = (await read.recipients(reference)).filter((each) => !isOver(each) && each.state !== "received");
  const members = await Promise.all(
    waited.map(async ({ id, party }) => {
      const member = party.kind === "member" ? await read.member(party.memberId) : null;
      return member === null ? [] : [{ recipientId: id, member }];
    }),
  );
  const sender = await read.member(senderId);
  const back = sender === null ? [] : [{ recipientId: null, member: sender }];
  const found = members.flat();
  const awaited = found.length > 0 ? found : back;
  return { reference, otherReference: "", awaited, addresseeOnly: facts.personal || facts.sensitive };
}

const NO_REFERENCE =
  "Type the reference as it stands on the label: letters, digits, hyphens and slashes, 40 characters at the most. Leave it empty if there is none";

async function transferOf(read: Reader, text: string) {
  try {
    return text === "" ? null : await read.transfer(parseReference(text));
  } catch (error) {
    if (error instanceof DomainError) return null; // no reference of ours
    throw error;
  }
}

/** The colleague who has that work address, or is the only one of that name; null where nobody is, or it is not plain who. */
export async function colleagueFor(
  read: Reader,
  workDomains: readonly string[],
  { name, address }: { readonly name: string; readonly address: string },
): Promise<Member | null> {
  const here = (await read.members()).filter((each) => isColleague(each, workDomains));
  const same = (one: string, other: string) => one.trim().toLowerCase() === other.trim().toLowerCase();
  const found = here.filter((each) => (address === "" ? same(each.name, name) : same(each.address, address)));
  const [only, ...others] = found;
  return others.length === 0 ? (only ?? null) : null;
}
