import { Type } from "typebox";
import { type Row, row } from "../gate/row.ts";
import { recordAttempt } from "../words/record-attempt.ts";

/** SDT-13, OXM-23: every channel that there is but the link's own. Email is none of them. */
const CHANNELS = ["phone", "sms", "post", "teams", "in-person", "relay-uk"] as const;

const wordsBody = Type.Object({
  recipientId: Type.String({ maxLength: 64 }),
  told: Type.Boolean(),
  channel: Type.Union(CHANNELS.map((each) => Type.Literal(each))),
  ending: Type.String({ pattern: "^[0-9]{0,4}$" }),
});

/** What a client of the sender (or stand-in) records about an attempt to tell the six words. The words are not in it. */
export const sendingWordsRows: readonly Row[] = [
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
