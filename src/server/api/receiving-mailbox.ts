import { Type } from "typebox";
import type { CodeAnswer, ProveAnswer } from "../../domain/wire/receiving.ts";
import { CODE_MINUTES, CODE_TRIES, enterCode, PAUSE_MINUTES, pausedUntil, sendCode } from "../codes/email-code.ts";
import { ServerError } from "../error.ts";
import { type AnonymousVisit, type Row, row } from "../gate/row.ts";
import { forCode, mailboxProved } from "../journeys/receive/code.ts";
import { type Found, masked } from "../journeys/receive/receive-page.ts";
import type { Parts } from "../parts.ts";

const HOUR_SECONDS = 3600;

/** SDT-2: how an outside recipient's command line proves the mailbox: the same codes, counted with those of the link's pages. */
export const receivingMailboxRows: readonly Row[] = [
  row({
    method: "POST",
    path: "/api/r/:id/code",
    who: "anonymous",
    rates: [{ times: 20, seconds: HOUR_SECONDS, by: "address" }],
    handle: async (visit): Promise<CodeAnswer> => {
      const { parts, organisation } = visit;
      const { recipient, transfer, sender } = await foundForCode(visit);
      const member = await parts.records.read.member(transfer.senderId);
      const { language } = recipient;
      const sent = await sendCode(parts, { recipient, sender: member, organisation, language });
      if (sent === "paused") throw await paused(parts, recipient.id);
      if (sent === "too-many") throw tooMany();
      return {
        reference: transfer.reference,
        organisation: organisation.name,
        sender: { name: sender.name, address: sender.address },
        mailbox: masked(recipient.address),
        minutes: CODE_MINUTES,
        tries: CODE_TRIES,
        pauseMinutes: PAUSE_MINUTES,
      };
    },
  }),
  row({
    method: "POST",
    path: "/api/r/:id/prove",
    who: "anonymous",
    body: Type.Object({ code: Type.String({ maxLength: 100 }) }),
    rates: [{ times: 30, seconds: 600, by: "address" }],
    handle: async (visit, { code }): Promise<ProveAnswer> => {
      const { parts } = visit;
      const { recipient } = await foundForCode(visit);
      const entered = await enterCode(parts, recipient.id, code);
      if (entered === "paused") throw await paused(parts, recipient.id);
      if (entered === "wrong") throw wrong();
      return { token: await mailboxProved(parts, recipient, "code") };
    },
  }),
];

/** @throws ServerError `no-such-page`: the same for an unknown link, a member's, and one that is over (no enumeration) */
async function foundForCode(visit: AnonymousVisit): Promise<Found> {
  const found = await forCode(visit);
  if (found) return found;
  throw new ServerError({
    code: "no-such-page",
    message:
      "No code can be had for this link. It may have been cut off or mistyped, or the package has expired or was taken back. Copy the link from the email again; if that does not help, ask the person who sent it.",
  });
}

function wrong(): ServerError {
  const message = "That code is not right, was used already, or is too old. Check it, or ask for a new one.";
  return new ServerError({ code: "wrong-code", message });
}

async function paused(parts: Parts, recipientId: string): Promise<ServerError> {
  const ends = Date.parse((await pausedUntil(parts, recipientId)) ?? "");
  const seconds = Math.ceil((ends - parts.clock.now().getTime()) / 1000) || PAUSE_MINUTES * 60;
  const message = `A wrong code was entered too often, so all codes were cancelled. Nothing is lost: in ${Math.ceil(seconds / 60)} minutes a new one can be asked for.`;
  return new ServerError({ code: "too-often", message, retryAfter: seconds });
}

function tooMany(): ServerError {
  const message =
    "Many codes were sent to this mailbox in the last hour. Use one of those, or ask for a new one in an hour. Nothing is lost.";
  return new ServerError({ code: "too-often", message, retryAfter: HOUR_SECONDS });
}
