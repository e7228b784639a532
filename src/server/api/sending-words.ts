import { Type } from "typebox";
import type { Reader } from "../../domain/records.ts";
import type { Recipient } from "../../domain/transfer.ts";
import type { WordsWay, WordsWays } from "../../domain/wire/sending.ts";
import { type Row, row } from "../gate/row.ts";
import { recordAttempt } from "../words/record-attempt.ts";
import { waysToTell } from "../words/ways-to-tell.ts";

/** SDT-13, OXM-23: every channel that there is but the link's own. Email is none of them. */
const CHANNELS = ["phone", "sms", "post", "teams", "in-person", "relay-uk"] as const;

const wordsBody = Type.Object({
  recipientId: Type.String({ maxLength: 64 }),
  told: Type.Boolean(),
  channel: Type.Union(CHANNELS.map((each) => Type.Literal(each))),
  ending: Type.String({ pattern: "^[0-9]{0,4}$" }),
});

/** How the six words can be told, and what a client of the sender (or stand-in) records of an attempt. The words are in neither. */
export const sendingWordsRows: readonly Row[] = [
  row({
    method: "GET",
    path: "/api/transfers/:ref/words",
    who: "teller",
    handle: async ({ parts, recipients }): Promise<WordsWays> => {
      const needing = recipients.filter(({ access }) => access === "words");
      const told = needing.map(async (each) => ({ id: each.id, ways: await waysOf(parts.records.read, each) }));
      return { recipients: await Promise.all(told) };
    },
  }),
  row({
    method: "POST",
    path: "/api/transfers/:ref/words",
    who: "teller",
    body: wordsBody,
    rates: [{ times: 120, seconds: 600, by: "target" }],
    handle: async (visit, body) => {
      await recordAttempt(visit, body);
      return {};
    },
  }),
];

async function waysOf(read: Reader, recipient: Recipient): Promise<readonly WordsWay[]> {
  return (await waysToTell(read, recipient)).map(({ channel, number, checked }) => ({ channel, number, checked }));
}
