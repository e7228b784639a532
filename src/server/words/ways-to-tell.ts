import { type Channel, type Contact, voicePhones } from "../../domain/contact.ts";
import { takesTexts } from "../../domain/phone.ts";
import type { Reader } from "../../domain/records.ts";
import type { Recipient } from "../../domain/transfer.ts";

/** One way of telling the six words. Email is none: the link went by it (SDT-13, OXM-23). */
export interface Way {
  /** `<channel>` or `<channel> <number>`. */
  readonly value: string;
  readonly channel: Channel;
  /** E.164; empty where the channel has none. */
  readonly number: string;
  /** OXM-8: where the number is from, who checked it, and when (ISO 8601). Null where there is no number. */
  readonly checked: { readonly how: string; readonly by: string; readonly at: string } | null;
}

/** Channels that need a number. */
export const BY_NUMBER: readonly Channel[] = ["phone", "sms", "relay-uk"];
const WITHOUT: readonly Channel[] = ["teams", "in-person", "post"];

/**
 * The ways that work for a recipient, the preferred channel first; channels that are impossible for them are left out, and
 * so is every number that nobody checked (OXM-8). Relay UK is for those whom a plain call is no use to.
 */
export async function waysToTell(read: Reader, recipient: Recipient): Promise<readonly Way[]> {
  const { party } = recipient;
  const contact = party.kind === "contact" ? await read.contact(party.contactId) : null; // a member needs no words
  if (!contact) return order([], "phone", []);
  return order(await checkedNumbers(read, contact), contact.preferred, contact.impossible);
}

function order(
  numbers: readonly Pick<Way, "number" | "checked">[],
  preferred: Channel,
  impossible: readonly Channel[],
): readonly Way[] {
  const relay = preferred === "relay-uk" || impossible.includes("phone");
  const channels = [...BY_NUMBER, ...WITHOUT].filter(
    (each) => !impossible.includes(each) && (each !== "relay-uk" || relay),
  );
  const first = channels.filter((each) => each === preferred);
  return [...first, ...channels.filter((each) => each !== preferred)].flatMap((channel) =>
    BY_NUMBER.includes(channel)
      ? numbers
          .filter(({ number }) => channel !== "sms" || takesTexts(number))
          .map((each) => ({ ...each, channel, value: `${channel} ${each.number}` }))
      : [{ channel, value: channel, number: "", checked: null }],
  );
}

async function checkedNumbers(read: Reader, contact: Contact): Promise<readonly Pick<Way, "number" | "checked">[]> {
  const found = voicePhones(contact).flatMap(({ number, verified }) => (verified ? [{ number, verified }] : []));
  return Promise.all(
    found.map(async ({ number, verified: { how, byMemberId, at } }) => {
      const by = (await read.member(byMemberId))?.name ?? "a former colleague";
      return { number, checked: { how, by, at } };
    }),
  );
}
