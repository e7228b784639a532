import { Type } from "typebox";
import type { Recipient } from "../../../domain/transfer.ts";
import { nowOf } from "../../api/receiving-view.ts";
import { CODE_MINUTES, enterCode, PAUSE_MINUTES, pausedUntil, sendCode } from "../../codes/email-code.ts";
import { redirect } from "../../gate/redirect.ts";
import { type AnonymousVisit, type Row, row } from "../../gate/row.ts";
import { rememberRecipient, startRecipientSession } from "../../gate/session.ts";
import type { Parts } from "../../parts.ts";
import { timeIn } from "../../texts/dates.ts";
import { type Found, find, languageOf, masked, nothingPage, overPage, receivePage } from "./receive-page.ts";

type Mistake = "empty" | "wrong" | "tooMany";

/** The mailbox is proved with an emailed code: one half of SDT-2 for those outside, the six words being the other. */
export const codeRows: readonly Row[] = [
  row({
    method: "POST",
    path: "/r/:id/code",
    who: "anonymous",
    rates: [{ times: 20, seconds: 3600, by: "address" }],
    handle: async (visit) => {
      const found = await forCode(visit);
      if (!found) return noCodePage(visit);
      const { recipient, transfer } = found;
      const sender = await visit.parts.records.read.member(transfer.senderId);
      const language = languageOf(visit, recipient);
      const sent = await sendCode(visit.parts, { recipient, sender, organisation: visit.organisation, language });
      if (sent === "sent") return redirect(visit, `/r/${recipient.id}/code`);
      return sent === "paused" ? pausedPage(visit, found) : codePage(visit, found, "tooMany");
    },
  }),
  row({
    method: "GET",
    path: "/r/:id/code",
    who: "anonymous",
    handle: async (visit) => {
      const found = await forCode(visit);
      if (!found) return noCodePage(visit);
      if (found.proved) return redirect(visit, `/r/${found.recipient.id}`);
      return (await pausedUntil(visit.parts, found.recipient.id))
        ? pausedPage(visit, found)
        : codePage(visit, found, null);
    },
  }),
  row({
    method: "POST",
    path: "/r/:id/prove",
    who: "anonymous",
    body: Type.Object({ code: Type.String({ maxLength: 100 }) }),
    rates: [{ times: 30, seconds: 600, by: "address" }],
    handle: async (visit, { code }) => {
      const found = await forCode(visit);
      if (!found) return (await provedLate(visit, code)) ? null : noCodePage(visit);
      if (code.trim() === "") return codePage(visit, found, "empty");
      const entered = await enterCode(visit.parts, found.recipient.id, code);
      if (entered === "paused") return pausedPage(visit, found);
      if (entered === "wrong") return codePage(visit, found, "wrong");
      await provedBy(visit, found, "code");
      return redirect(visit, `/r/${found.recipient.id}`);
    },
  }),
];

/**
 * SDT-14: whoever enters a code that was sent while the package was open has shown to be its recipient, and reads what became of it
 * meanwhile: they are sent on to it. @returns false for everybody else, who learn nothing
 */
async function provedLate(visit: AnonymousVisit, code: string): Promise<boolean> {
  const found = await find(visit);
  if (!found?.closed || found.recipient.party.kind !== "contact") return false;
  if ((await enterCode(visit.parts, found.recipient.id, code)) !== "right") return false;
  await provedBy(visit, found, "code");
  redirect(visit, `/r/${found.recipient.id}`);
  return true;
}

/** Remembers in this browser that the mailbox was proved. */
export async function provedBy(
  { parts, reply }: AnonymousVisit,
  { recipient }: Pick<Found, "recipient">,
  by: "code" | "continue",
) {
  rememberRecipient(parts, reply, recipient.id, await mailboxProved(parts, recipient, by));
}

/** Says on the timeline that the mailbox was proved, and answers the token of whoever did. */
export async function mailboxProved(parts: Parts, recipient: Recipient, by: "code" | "continue"): Promise<string> {
  await parts.records.write(async (tx) => {
    await tx.append({
      kind: "mailbox-proved",
      at: nowOf(parts),
      actor: { kind: "recipient", id: recipient.id },
      reference: recipient.reference,
      recipientId: recipient.id,
      detail: { by },
    });
  });
  return startRecipientSession(parts, recipient.id);
}

/** The row, when codes are for it: live, and not a member's. */
export async function forCode(visit: AnonymousVisit): Promise<Found | null> {
  const found = await find(visit);
  return found && found.closed === null && found.recipient.party.kind === "contact" ? found : null;
}

/** What is said where no code is for the link: that it is over, once its last day has passed. */
async function noCodePage(visit: AnonymousVisit): Promise<string> {
  const found = await find(visit);
  return found ? overPage(visit, found) : nothingPage(visit);
}

/** After too many wrong codes there is nothing to enter and nothing to ask for: only how long, until when, and whom to ask. */
async function pausedPage(visit: AnonymousVisit, found: Found): Promise<string> {
  const until = await pausedUntil(visit.parts, found.recipient.id);
  visit.reply.header("retry-after", String(PAUSE_MINUTES * 60));
  return receivePage(
    visit,
    "said",
    found,
    (t, language) => ({
      title: t.code.pausedTitle,
      said: t.code.paused(PAUSE_MINUTES, timeIn(language, until ?? nowOf(visit.parts))),
      here: `/r/${found.recipient.id}/code`,
    }),
    429,
  );
}

function codePage(visit: AnonymousVisit, found: Found, mistake: Mistake | null): string {
  if (mistake === "tooMany") visit.reply.header("retry-after", "3600");
  return receivePage(
    visit,
    "code",
    found,
    (t) => {
      return {
        title: t.code.title,
        lead: (mistake === null && visit.query.have !== "yes" ? t.code.sent : t.code.have)(
          masked(found.recipient.address),
          CODE_MINUTES,
        ),
        mayAsk: mistake !== "tooMany",
        here: `/r/${found.recipient.id}/code`,
        ...(mistake ? { errors: { code: t.code[mistake] } } : {}),
      };
    },
    mistake === null ? 200 : mistake === "empty" || mistake === "wrong" ? 422 : 429,
  );
}
