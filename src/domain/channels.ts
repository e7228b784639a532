import type { Channel } from "./contact.ts";

/** Every channel by which words can be told, with what pages call it. Email is none: the link goes there (OXM-8, OXM-23). */
export const CHANNELS = {
  phone: "Telephone call",
  sms: "SMS from your own phone",
  "relay-uk": "Relay UK",
  teams: "Teams message",
  "in-person": "In person",
  post: "Letter",
} as const satisfies Record<Channel, string>;

/** The channels among some texts that a form sent. */
export function channelsIn(texts: readonly string[]): readonly Channel[] {
  return (Object.keys(CHANNELS) as Channel[]).filter((channel) => texts.includes(channel)); // its keys are the channels
}
