import type { Channel } from "../../domain/contact.ts";
import { phoneEnding } from "../../domain/phone.ts";
import type { Way } from "./ways-to-tell.ts";

const HOW: Readonly<Record<Channel, string>> = {
  phone: "by phone",
  sms: "by text message from your own phone",
  "relay-uk": "through Relay UK (dial 18001 before the number)",
  teams: "on Teams",
  "in-person": "in person",
  post: "by letter",
};

/**
 * What a mail says of how to tell the six words: only ways that work for this recipient, what they prefer first, and numbers
 * that were checked by their last digits alone (OXM-8, OXM-23).
 */
export function howToTell(ways: readonly Way[]): string {
  const said = ways.map(({ channel, number }) =>
    number === "" ? HOW[channel] : `${HOW[channel]} on the checked number ending ${phoneEnding(number)}`,
  );
  const [first, ...others] = [...new Set(said)];
  if (first === undefined) return "No way that works for them is known: look at their entry under Contacts.";
  const or = others.length === 0 ? "" : ` It may also go ${others.join(", or ")}.`;
  const noNumber = ways.every(({ number }) => number === "") ? " No telephone number of theirs is checked." : "";
  return `Tell them ${first}.${or} Never by email: the link went that way.${noNumber}`;
}

/** The first thing to do before the words are shown, by the way that comes first. */
export function firstWay([way]: readonly Way[]): string {
  if (way?.channel === "phone") return "Ring first, and make sure who is speaking.";
  if (way?.channel === "relay-uk") return "Ring through Relay UK first, and make sure who is there.";
  if (way?.channel === "post") return "Make sure first where a letter reaches them and nobody else.";
  return "Get in touch first in one of the ways below, and make sure that it is them.";
}
