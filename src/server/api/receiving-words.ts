import type { WordsNews } from "../../domain/wire/receiving.ts";
import { type Row, row } from "../gate/row.ts";
import { tellerOf } from "../journeys/receive/senders.ts";
import { askAgain, lastEvents, wayFor } from "../journeys/receive/wait.ts";
import { refuseUnlessOpen } from "./receiving-open.ts";
import { nowOf } from "./receiving-view.ts";

/** What a recipient's command line says while the six words are waited for (SDT-13, OXM-23). Never the words: the server has none. */
export const receivingWordsRows: readonly Row[] = [
  row({
    method: "GET",
    path: "/api/r/:id/words",
    who: "recipient",
    handle: async (visit): Promise<WordsNews> => {
      const { parts, transfer, recipient } = visit;
      refuseUnlessOpen(transfer, recipient, nowOf(parts), await parts.records.read.member(transfer.senderId));
      const { asked, noAnswer } = await lastEvents(visit);
      return {
        ...(await wayFor(visit)),
        toldAt: recipient.wordsToldAt,
        noAnswerAt: noAnswer?.at ?? null,
        askedAt: asked?.at ?? null,
        teller: (await tellerOf(visit, transfer))?.name ?? null,
      };
    },
  }),
  row({
    method: "POST",
    path: "/api/r/:id/ask",
    who: "recipient",
    rates: [{ times: 3, seconds: 3600, by: "target" }],
    handle: async (visit): Promise<object> => {
      await askAgain(visit);
      return {};
    },
  }),
];
