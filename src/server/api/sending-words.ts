import { Type } from "typebox";
import { tellWords } from "../../domain/lifecycle/recipient-arrows.ts";
import { act } from "../drafts/take-back.ts";
import { ServerError } from "../error.ts";
import { type Row, row } from "../gate/row.ts";

/** SDT-13, OXM-23: every channel that there is but the link's own. Email is none of them. */
export const WORD_CHANNELS = ["phone", "sms", "post", "teams", "in-person", "relay-uk"] as const;

const wordsBody = Type.Object({
  recipientId: Type.String({ maxLength: 64 }),
  told: Type.Boolean(),
  channel: Type.Union(WORD_CHANNELS.map((each) => Type.Literal(each))),
  ending: Type.String({ pattern: "^[0-9]{0,4}$" }),
});

/** What the sender's (or stand-in's) page records about an attempt to tell the six words. The words are not in it. */
export const sendingWordsRows: readonly Row[] = [
  row({
    method: "POST",
    path: "/api/transfers/:ref/words",
    who: "teller",
    body: wordsBody,
    rates: [{ times: 120, seconds: 600, by: "target" }],
    handle: async (visit, { recipientId, told, channel, ending }) => {
      await act(visit, ({ transfer, recipients, taken }) => {
        const recipient = recipients.find(({ id }) => id === recipientId);
        if (!recipient)
          throw new ServerError({ code: "bad-request", message: "There is no such recipient. Nothing was changed." });
        return tellWords(transfer, recipient, { told, channel, ending }, taken);
      });
      return {};
    },
  }),
];
