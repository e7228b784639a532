import { handledAs } from "../../../domain/facts.ts";
import type { Reader } from "../../../domain/records.ts";
import type { Recipient } from "../../../domain/transfer.ts";
import { redirect } from "../../gate/redirect.ts";
import { type Row, row } from "../../gate/row.ts";
import { offererOf } from "../../key-offers/offerable.ts";
import { dateIn, dateTimeIn } from "../../texts/dates.ts";
import { keyTextsIn } from "../../texts/key/texts.ts";
import { nextPath, receivePage } from "./receive-page.ts";
import { standing } from "./standing.ts";

/** After the receipt: how to handle it (SIS-24), until when it is here, and what to do if something is wrong. */
export const doneRows: readonly Row[] = [
  row({
    method: "GET",
    path: "/r/:id/done",
    who: "recipient",
    handle: async (visit) => {
      const found = await standing(visit);
      if (typeof found === "string") return found;
      const { recipient, transfer, sender } = found;
      if (recipient.receivedAt === null) return redirect(visit, nextPath(recipient));
      const { receivedAt } = recipient;
      const { read } = visit.parts.records;
      const mayKeep = visit.proof === "mailbox" && (await offererOf(read, recipient)) !== null;
      const kept = await keptKey(read, recipient);
      return receivePage(visit, "done", found, (t, language) => ({
        k: keyTextsIn(language),
        mayKeep,
        kept: kept && keyTextsIn(language).kept(sender),
        title: t.done.title,
        told: t.done.told(sender, visit.organisation, dateTimeIn(language, receivedAt)),
        handling: t.done.handling[handledAs(transfer.facts.classification)],
        until: t.done.until(dateIn(language, transfer.expiresAt)),
        here: `/r/${recipient.id}/done`,
      }));
    },
  }),
];

/** Whether this recipient has kept a key after opening this very package, and it waits to be confirmed. */
async function keptKey(read: Reader, { address, id }: Recipient): Promise<boolean> {
  const offer = (await read.memberByAddress(address))?.offer ?? null;
  return offer?.recipientId === id && offer.state === "offered";
}
