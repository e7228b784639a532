import type { Carriage } from "../../domain/carriage.ts";
import type { Channel } from "../../domain/contact.ts";
import type { Facts, SecretChannel } from "../../domain/facts.ts";
import type { Reader } from "../../domain/records.ts";
import type { Recipient, Transfer } from "../../domain/transfer.ts";
import { waysToTell } from "../words/ways-to-tell.ts";

/** Six words of the EFF large list carry 77 bits: the best that zxcvbn rates (SDT-20, OXM-20). */
const SIX_WORDS = 4;
const BY_NUMBER: readonly SecretChannel[] = ["phone", "sms"];

/**
 * SDT-13, SDT-21, OXM-8, OXM-23: how the six words, or the password of a package, will be told, as policy sees it; null where nobody needs any. Each recipient is told
 * as stated for the transfer, otherwise as their contact prefers; the worst of these plans stands for all.
 */
export async function secretPlan(
  read: Reader,
  transfer: Transfer,
  recipients: readonly Recipient[],
): Promise<Facts["secret"]> {
  const told = transfer.carriage ? withPassword(transfer.carriage, recipients) : recipients.filter(needsWords);
  const plans = await Promise.all(told.map((each) => planFor(read, transfer.facts.secretChannel, each)));
  const [first] = plans;
  return (
    plans.find((each) => each?.channel === null) ??
    plans.find((each) => each?.numberVerified === false) ??
    first ??
    null
  );
}

function needsWords({ access }: Recipient): boolean {
  return access === "words";
}

/** Who is told a password: everybody, by a method that may carry a package or a device that encrypts. */
function withPassword({ method }: Carriage, recipients: readonly Recipient[]): readonly Recipient[] {
  return method === "email" || method === "cjsm" || method === "removable-media" ? recipients : [];
}

async function planFor(read: Reader, stated: SecretChannel | null, recipient: Recipient): Promise<Facts["secret"]> {
  const { party } = recipient;
  const contact = party.kind === "contact" ? await read.contact(party.contactId) : null;
  const ways = await waysToTell(read, recipient);
  const preferred = contact && !contact.impossible.includes(contact.preferred) ? contact.preferred : null;
  const channel = stated ?? policyChannel(preferred ?? ways[0]?.channel ?? null);
  const numberVerified =
    channel !== null && BY_NUMBER.includes(channel)
      ? ways.some((way) => way.number !== "" && policyChannel(way.channel) === channel)
      : null;
  return { channel, numberVerified, strength: SIX_WORDS };
}

/** Relay UK is a telephone call. */
function policyChannel(channel: Channel | null): SecretChannel | null {
  return channel === "relay-uk" ? "phone" : channel;
}
