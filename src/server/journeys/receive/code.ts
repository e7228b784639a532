import { Type } from "typebox";
import { nowOf } from "../../api/receiving-view.ts";
import { CODE_MINUTES, enterCode, PAUSE_MINUTES, sendCode } from "../../codes/email-code.ts";
import { redirect } from "../../gate/redirect.ts";
import { type AnonymousVisit, type Row, row } from "../../gate/row.ts";
import { startRecipientSession } from "../../gate/session.ts";
import { type Found, find, languageOf, masked, nothingPage, receivePage } from "./receive-page.ts";

type Mistake = "empty" | "wrong" | "paused" | "tooMany";

/** The mailbox is proved with an emailed code: one half of SDT-2 for those outside, the six words being the other. */
export const codeRows: readonly Row[] = [
  row({
    method: "POST",
    path: "/r/:id/code",
    who: "anonymous",
    rates: [{ times: 20, seconds: 3600, by: "address" }],
    handle: async (visit) => {
      const found = await forCode(visit);
      if (!found) return nothingPage(visit);
      const { recipient, transfer } = found;
      const sender = await visit.parts.records.read.member(transfer.senderId);
      const language = languageOf(visit, recipient);
      const sent = await sendCode(visit.parts, { recipient, sender, organisation: visit.organisation, language });
      if (sent === "sent") return redirect(visit, `/r/${recipient.id}/code`);
      return codePage(visit, found, sent === "paused" ? "paused" : "tooMany");
    },
  }),
  row({
    method: "GET",
    path: "/r/:id/code",
    who: "anonymous",
    handle: async (visit) => {
      const found = await forCode(visit);
      if (!found) return nothingPage(visit);
      return found.proved ? redirect(visit, `/r/${found.recipient.id}`) : codePage(visit, found, null);
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
      if (!found) return nothingPage(visit);
      if (code.trim() === "") return codePage(visit, found, "empty");
      const entered = await enterCode(visit.parts, found.recipient.id, code);
      if (entered !== "right") return codePage(visit, found, entered);
      await provedBy(visit, found, "code");
      return redirect(visit, `/r/${found.recipient.id}`);
    },
  }),
];

/** Starts the session of whoever proved the mailbox, and says so on the timeline. */
export async function provedBy(
  visit: AnonymousVisit,
  { recipient }: Pick<Found, "recipient">,
  by: "code" | "continue",
) {
  const { parts, reply } = visit;
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
  await startRecipientSession(parts, reply, recipient.id);
}

/** The row, when codes are for it: live, and not a member's. */
async function forCode(visit: AnonymousVisit): Promise<Found | null> {
  const found = await find(visit);
  return found && found.closed === null && found.recipient.party.kind === "contact" ? found : null;
}

/** Seconds until a new code can be had, where that is why the page refuses. */
const COME_AGAIN: Partial<Record<Mistake, number>> = { paused: PAUSE_MINUTES * 60, tooMany: 3600 };

function codePage(visit: AnonymousVisit, found: Found, mistake: Mistake | null): string {
  const seconds = mistake && COME_AGAIN[mistake];
  if (seconds) visit.reply.header("retry-after", String(seconds));
  return receivePage(
    visit,
    "code",
    found,
    (t) => {
      const { empty, wrong, paused, tooMany } = t.code;
      const says = { empty, wrong, paused: paused(PAUSE_MINUTES), tooMany };
      return {
        title: t.code.title,
        lead: t.code.sent(masked(found.recipient.address), CODE_MINUTES),
        here: `/r/${found.recipient.id}/code`,
        ...(mistake ? { errors: { code: says[mistake] } } : {}),
      };
    },
    mistake === null ? 200 : mistake === "empty" || mistake === "wrong" ? 422 : 429,
  );
}
