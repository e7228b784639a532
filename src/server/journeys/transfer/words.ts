import { Type } from "typebox";
import { isOver } from "../../../domain/lifecycle/transfer-arrows.ts";
import { nationalPhone } from "../../../domain/phone.ts";
import type { Recipient } from "../../../domain/transfer.ts";
import { ServerError } from "../../error.ts";
import { redirect } from "../../gate/redirect.ts";
import { type Row, row, type SenderVisit } from "../../gate/row.ts";
import { render } from "../../render.ts";
import { firstWay } from "../../words/how-to-tell.ts";
import { recordAttempt } from "../../words/record-attempt.ts";
import { type Way, waysToTell } from "../../words/ways-to-tell.ts";
import { happeningsOf } from "./happenings.ts";
import { mayBeTold } from "./matters.ts";
import { timelineContext } from "./timeline.ts";

const PATH = "/transfers/:ref/words/:recipient";

/** Telling one recipient the six words, by the sender or the stand-in. The words themselves are shown by the browser alone. */
export const wordsRows: readonly Row[] = [
  row({
    method: "GET",
    path: PATH,
    who: "teller",
    // Words of somebody whose access has ended open nothing, and are told to nobody.
    handle: async (visit) => page(visit, {}, isOver(recipientOf(visit)) ? 410 : 200),
  }),
  row({
    method: "POST",
    path: PATH,
    who: "teller",
    body: Type.Object({
      way: Type.Optional(Type.String({ maxLength: 60 })),
      answer: Type.Optional(Type.String({ maxLength: 10 })),
    }),
    handle: async (visit, { way, answer }) => {
      const recipient = recipientOf(visit);
      const used = (await waysToTell(visit.parts.records.read, recipient)).find(({ value }) => value === way);
      if (!used) return page(visit, { way: "Choose how you told them, or tried to" }, 422);
      const told = answer === "told";
      await recordAttempt(visit, {
        recipientId: recipient.id,
        told,
        channel: used.channel,
        ending: used.number.slice(-4),
      });
      const { reference, senderId } = visit.transfer;
      const toTransfer = told && senderId === visit.member.id;
      return redirect(visit, toTransfer ? `/transfers/${reference}` : `/transfers/${reference}/words/${recipient.id}`);
    },
  }),
];

function recipientOf({ transfer, recipients, params }: SenderVisit): Recipient {
  const found = recipients.find(({ id, access }) => id === params.recipient && access === "words");
  if (found && transfer.carriage === null) return found; // what people carry has no six words
  throw new ServerError({
    code: "no-such-page",
    message: "There is nothing here that you can see. Check the address or the reference.",
  });
}

async function page(visit: SenderVisit, errors: Readonly<Record<string, string>>, status = 200): Promise<string> {
  const { parts, transfer, member } = visit;
  const { read } = parts.records;
  const recipient = recipientOf(visit);
  const events = (await read.eventsOf(transfer.reference)).filter(({ recipientId }) => recipientId === recipient.id);
  const attempts = events.filter(({ kind }) => kind === "words-told" || kind === "words-no-answer");
  const ways = await waysToTell(read, recipient);
  const sender = await read.member(transfer.senderId);
  const context = {
    title: `Tell ${recipient.name} the six words`,
    errors,
    path: `/transfers/${transfer.reference}`,
    transfer,
    recipient,
    sender,
    isSender: transfer.senderId === member.id,
    ready: transfer.state === "released" && mayBeTold(recipient),
    again: recipient.wordsToldAt !== null,
    over: isOver(recipient),
    first: firstWay(ways),
    missed: attempts.at(-1)?.kind === "words-no-answer",
    attempts: happeningsOf(attempts, recipient.id, await timelineContext(read, transfer.reference, events)),
    ways: ways.map((way) => ({ ...way, text: TEXTS[way.channel], number: nationalPhone(way.number) })),
    noNumber: !ways.some(({ number }) => number !== ""),
    contactPath: recipient.party.kind === "contact" ? `/contacts/${recipient.party.contactId}` : null,
    scripts: ["entries/words.js"],
  };
  return render(visit, "transfer/words.njk", context, status);
}

const TEXTS: Readonly<Record<Way["channel"], string>> = {
  phone: "Ring",
  sms: "Send a text message from your own phone to",
  "relay-uk": "Ring through Relay UK (dial 18001 before the number)",
  teams: "A Teams message or call, to the account that you know is theirs",
  "in-person": "In person",
  post: "A letter, sent apart from anything else",
};
