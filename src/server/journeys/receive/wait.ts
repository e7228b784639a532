import { type Channel, type Contact, voicePhones } from "../../../domain/contact.ts";
import { DomainError } from "../../../domain/error.ts";
import type { StoredEvent } from "../../../domain/event.ts";
import { askForWords } from "../../../domain/lifecycle/recipient-arrows.ts";
import { act } from "../../api/receiving-act.ts";
import { tellSender } from "../../api/receiving-news.ts";
import { redirect } from "../../gate/redirect.ts";
import { type RecipientVisit, type Row, row } from "../../gate/row.ts";
import { dateTimeIn } from "../../texts/dates.ts";
import type { Telling } from "../../texts/receiving/texts.ts";
import { nextPath, receivePage } from "./receive-page.ts";
import { tellerOf } from "./senders.ts";
import { standing } from "./standing.ts";

const CHANNELS: readonly Channel[] = ["phone", "sms", "relay-uk", "post", "teams", "in-person"];

/** Waiting for the six words (SDT-13, OXM-23): by whom, how, and what to do when they do not come. */
export const waitRows: readonly Row[] = [
  row({
    method: "GET",
    path: "/r/:id/wait",
    who: "recipient",
    handle: async (visit) => {
      const found = await standing(visit);
      if (typeof found === "string") return found;
      const { recipient, sender, teller } = found;
      if (recipient.arrival === null || recipient.access !== "words") return redirect(visit, nextPath(recipient));
      const telling = { sender: teller ?? sender, ...(await wayFor(visit)) };
      const last = await lastEvents(visit);
      return receivePage(visit, "wait", found, (t, language) => {
        const when = (event: StoredEvent) => dateTimeIn(language, event.at);
        return {
          title: t.wait.title,
          how: teller && t.wait.how(telling),
          told:
            recipient.wordsToldAt && t.wait.told(last.toldBy ?? sender, dateTimeIn(language, recipient.wordsToldAt)),
          noAnswer: last.noAnswer && t.wait.noAnswer(last.triedBy ?? sender, when(last.noAnswer)),
          asked: last.asked && teller && t.wait.asked(teller, when(last.asked)),
          here: `/r/${recipient.id}/wait`,
        };
      });
    },
  }),
  row({
    method: "POST",
    path: "/r/:id/ask",
    who: "recipient",
    rates: [{ times: 3, seconds: 3600, by: "target" }],
    handle: async (visit) => {
      await askAgain(visit);
      return redirect(visit, `/r/${visit.recipient.id}/wait`);
    },
  }),
];

/** The sender, or their stand-in, is asked once more to tell the words. @throws DomainError `not-now` when both have left */
export async function askAgain(visit: RecipientVisit): Promise<void> {
  const { parts, recipient, transfer, organisation } = visit;
  if ((await tellerOf(visit, transfer)) === null) {
    const message = `Nobody at ${organisation.name} can tell you the six words any more. Ring ${organisation.name} on the number that you find on ${organisation.website}, and give the reference.`;
    throw new DomainError({ code: "not-now", message });
  }
  await act(parts, recipient.id, "recipient", async (now) => {
    await tellSender(parts, now, "words-asked");
    return askForWords(now.transfer, now.recipient, now.taken);
  });
}

/** How this contact can be told: what they prefer, unless it is impossible for them; never by email (OXM-23). OXM-8: verified numbers only. */
export async function wayFor({ parts, recipient }: RecipientVisit): Promise<Omit<Telling, "sender">> {
  const { party } = recipient;
  const contact = party.kind === "contact" ? await parts.records.read.contact(party.contactId) : null;
  const number = (contact ? voicePhones(contact) : []).find((each) => each.verified !== null)?.number ?? null;
  return { channel: channelFor(contact), ending: number?.slice(-2) ?? null };
}

function channelFor(contact: Contact | null): Channel {
  if (!contact) return "phone";
  const ways = [contact.preferred, ...CHANNELS];
  return ways.find((each) => !contact.impossible.includes(each)) ?? "in-person";
}

/** When they last asked for the words, when they were last tried without an answer, and by whom both (SDT-13). */
export async function lastEvents({ parts, transfer, recipient }: RecipientVisit) {
  const events = (await parts.records.read.eventsOf(transfer.reference)).filter(
    (each) => each.recipientId === recipient.id,
  );
  const asked = events.findLast((each) => each.kind === "words-asked") ?? null;
  const noAnswer = events.findLast((each) => each.kind === "words-no-answer") ?? null;
  const told = events.findLast((each) => each.kind === "words-told") ?? null;
  const by = async (event: StoredEvent | null) =>
    event?.actor.kind === "member" ? parts.records.read.member(event.actor.id) : null;
  return { asked, noAnswer, toldBy: await by(told), triedBy: await by(noAnswer) };
}
