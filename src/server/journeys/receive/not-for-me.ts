import { holdsOnTransfer } from "../../../domain/hold.ts";
import { misdirect, pause } from "../../../domain/lifecycle/recipient-arrows.ts";
import { act } from "../../api/receiving-act.ts";
import { tellSender } from "../../api/receiving-news.ts";
import { type AnonymousVisit, type Row, row } from "../../gate/row.ts";
import type { Filed } from "../../incidents/file-report.ts";
import { reportByRecipient } from "../../incidents/report-by-recipient.ts";
import { offerMore } from "../../incidents/say-more.ts";
import { reportTextsIn } from "../../texts/report/texts.ts";
import { closedPage, find, nothingPage, overPage, receivePage } from "./receive-page.ts";
import { standing } from "./standing.ts";

/**
 * SDT-14: “This is not for me”. Who proved the mailbox ends their access for good; whoever only holds the link pauses it, and the sender
 * decides: a stranger can destroy nothing.
 */
export const notForMeRows: readonly Row[] = [
  row({
    method: "GET",
    path: "/r/:id/not-for-me",
    who: "anonymous",
    handle: async (visit) => {
      const found = await find(visit);
      if (!found) return nothingPage(visit);
      if (found.closed && !found.proved && found.closed !== "paused") return overPage(visit, found);
      if (found.closed) return closedPage(visit, found, found.closed);
      const { proved, recipient, sender } = found;
      return receivePage(visit, "not-for-me", found, (t) => ({
        title: t.misdirected.title,
        lead: (proved ? t.misdirected.proved : t.misdirected.linkOnly)(sender, visit.organisation),
        button: (proved ? t.misdirected.provedButton : t.misdirected.linkButton)(sender, visit.organisation),
        action: `/r/${recipient.id}/${proved ? "not-for-me" : "pause"}`,
        here: `/r/${recipient.id}/not-for-me`,
      }));
    },
  }),
  row({
    method: "POST",
    path: "/r/:id/not-for-me",
    who: "recipient",
    handle: async (visit) => {
      const found = await standing(visit);
      if (typeof found === "string") return found;
      const { parts, recipient } = visit;
      let filed: Filed | null = null;
      await act(parts, recipient.id, "recipient", async (now) => {
        await tellSender(parts, now, "not-for-me");
        filed = await reportByRecipient(parts, now, { kind: "wrong-person", words: "", stopped: "ended" });
        const held = (await holdsOnTransfer(now.tx, now.transfer)).length > 0;
        return misdirect(now.transfer, now.recipient, now.taken, held);
      });
      await parts.ephemera.removeOwned("recipient-session", recipient.id);
      await parts.ephemera.removeOwned("continue", recipient.id);
      const adding = await addingTo(visit, filed, "words");
      return receivePage(visit, "said", found, (t, language) => ({
        w: reportTextsIn(language),
        title: t.misdirected.doneTitle,
        said: t.misdirected.provedDone(found.sender, visit.organisation),
        ...adding,
        here: `/r/${recipient.id}`,
      }));
    },
  }),
  row({
    method: "POST",
    path: "/r/:id/pause",
    who: "anonymous",
    rates: [
      { times: 3, seconds: 24 * 3600, by: "target" },
      { times: 10, seconds: 3600, by: "address" },
    ],
    handle: async (visit) => pausedPage(visit),
  }),
];

async function pausedPage(visit: AnonymousVisit): Promise<string> {
  const found = await find(visit);
  if (!found) return nothingPage(visit);
  if (found.closed && found.closed !== "paused") return overPage(visit, found);
  const { recipient, sender, closed } = found;
  let filed: Filed | null = null;
  if (closed === null) {
    await act(visit.parts, recipient.id, "link-holder", async (now) => {
      await tellSender(visit.parts, now, "paused");
      filed = await reportByRecipient(visit.parts, now, { kind: "wrong-person", words: "", stopped: "paused" });
      return pause(now.transfer, now.recipient, now.taken);
    });
  }
  const adding = await addingTo(visit, filed, "both");
  return receivePage(visit, "said", found, (t, language) => ({
    w: reportTextsIn(language),
    title: t.misdirected.linkDoneTitle,
    said: t.misdirected.linkDone(sender, visit.organisation),
    ...adding,
    here: `/r/${recipient.id}`,
  }));
}

/** The number of the report, and what may be added to it; nothing where none was made just now. */
async function addingTo({ parts }: AnonymousVisit, filed: Filed | null, asks: "words" | "both") {
  if (filed === null) return {};
  const { incident, report } = filed;
  return { number: report.number, adding: { token: await offerMore(parts, incident, report.number), asks } };
}
