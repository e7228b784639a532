import { iso } from "../../../domain/clock.ts";
import type { StoredEvent } from "../../../domain/event.ts";
import { holdsOnTransfer } from "../../../domain/hold.ts";
import { note } from "../../../domain/lifecycle/incident-arrows.ts";
import { drop, invite, remind, remindableFrom, resume, seeMatter } from "../../../domain/lifecycle/recipient-arrows.ts";
import { isOver } from "../../../domain/lifecycle/transfer-arrows.ts";
import type { Recipient } from "../../../domain/transfer.ts";
import { inviteToRegister } from "../../drafts/invite-to-register.ts";
import { act } from "../../drafts/take-back.ts";
import { ServerError } from "../../error.ts";
import { redirect } from "../../gate/redirect.ts";
import { type Row, row, type SenderVisit } from "../../gate/row.ts";
import { carryOutIncident } from "../../incidents/carry-out-incident.ts";
import { reminder } from "../../notices/notices.ts";
import { render } from "../../render.ts";
import { happeningsOf } from "./happenings.ts";
import { cameBack, mayBeTold, needsWords, openMatters } from "./matters.ts";
import { recipientTag } from "./status.ts";
import { timelineContext } from "./timeline.ts";

const PATH = "/transfers/:ref/recipients/:recipient";

/** What the sender can do for one recipient: remind, end access, let it go on after a pause. */
export const recipientRows: readonly Row[] = [
  row({
    method: "GET",
    path: PATH,
    who: "sender",
    handle: async (visit) => {
      const { transfer, parts } = visit;
      const recipient = recipientIn(visit.recipients, visit);
      const events = await parts.records.read.eventsOf(transfer.reference);
      const bounced = cameBack(recipient, events);
      return render(visit, "transfer/recipient.njk", {
        title: recipient.name,
        path: `/transfers/${transfer.reference}`,
        transfer,
        recipient,
        tag: recipientTag(recipient, bounced),
        reported: openMatters([recipient], events).some(({ reported }) => reported),
        happenings: happeningsOf(
          events,
          recipient.id,
          await timelineContext(parts.records.read, transfer.reference, events),
        ),
        bounced,
        live: transfer.state === "released" && !isOver(recipient),
        words: transfer.state === "released" && transfer.carriage === null && mayBeTold(recipient),
        needsWords: transfer.carriage === null && needsWords(recipient, events),
        matter:
          transfer.state === "released" ? openMatters([recipient], events).find(({ kind }) => kind !== "paused") : null,
        canRemind: ["released", "arrived", "opened"].includes(recipient.state) && recipient.confirmation === null,
        remindFrom: laterThan(
          remindableFrom(lastMailed(events, recipient) ?? transfer.createdAt),
          iso(parts.clock.now()),
        ),
        others: goesOnForOthers(visit.recipients, recipient),
        canCorrect: transfer.state === "released" && !recipient.openedAt && recipient.state !== "received",
      });
    },
  }),
  row({
    method: "POST",
    path: `${PATH}/remind`,
    who: "sender",
    handle: async (visit) => {
      const { parts, organisation, member } = visit;
      await act(visit, async ({ tx, transfer, recipients, taken }) => {
        const recipient = recipientIn(recipients, visit);
        const last = lastMailed(await tx.eventsOf(transfer.reference), recipient);
        const step = remind(transfer, recipient, last ?? transfer.createdAt, taken);
        const { place } = parts;
        await tx.post(reminder({ transfer, recipient, sender: member, organisation, place, at: taken.at }));
        return step;
      });
      return back(visit);
    },
  }),
  row({
    method: "POST",
    path: `${PATH}/invite`,
    who: "sender",
    rates: [{ times: 10, seconds: 3600, by: "target" }],
    handle: async (visit) => {
      const { parts, organisation, member: sender } = visit;
      await act(visit, async ({ tx, transfer, recipients, taken }) => {
        const recipient = recipientIn(recipients, visit);
        const step = invite(transfer, recipient, taken);
        await inviteToRegister(tx, { parts, sender, organisation, taken }, recipient);
        return step;
      });
      return back(visit);
    },
  }),
  row({
    method: "GET",
    path: `${PATH}/end`,
    who: "sender",
    handle: async (visit) => {
      const recipient = recipientIn(visit.recipients, visit);
      return render(visit, "transfer/end-access.njk", {
        title: `End access for ${recipient.name}?`,
        path: `/transfers/${visit.transfer.reference}`,
        transfer: visit.transfer,
        recipient,
        others: goesOnForOthers(visit.recipients, recipient),
      });
    },
  }),
  row({
    method: "POST",
    path: `${PATH}/end`,
    who: "sender",
    handle: async (visit) => {
      await act(visit, async ({ tx, transfer, recipients, taken }) => {
        const held = (await holdsOnTransfer(tx, transfer)).length > 0;
        return drop(transfer, recipientIn(recipients, visit), taken, held);
      });
      return back(visit);
    },
  }),
  row({
    method: "POST",
    path: `${PATH}/seen`,
    who: "sender",
    handle: async (visit) => {
      await act(visit, ({ transfer, recipients, taken }) => seeMatter(transfer, recipientIn(recipients, visit), taken));
      return back(visit);
    },
  }),
  row({
    method: "POST",
    path: `${PATH}/resume`,
    who: "sender",
    handle: async (visit) => {
      await act(visit, async ({ tx, transfer, recipients, taken }) => {
        const open = (await tx.incidentsOf(transfer.reference)).filter(({ state }) => state !== "closed");
        const text = `The sender looked at it and let access to ${transfer.reference} go on.`;
        for (const incident of open) await carryOutIncident(tx, note(incident, text, taken));
        return resume(transfer, recipientIn(recipients, visit), taken);
      });
      return back(visit);
    },
  }),
];

const MAILED: readonly string[] = ["recipient-told", "reminder-sent", "address-corrected"];

/** When the last mail went to a recipient; null when none did. */
function lastMailed(events: readonly StoredEvent[], { id }: Recipient): string | null {
  return events.findLast(({ kind, recipientId }) => MAILED.includes(kind) && recipientId === id)?.at ?? null;
}

function laterThan(at: string, now: string): string | null {
  return at > now ? at : null;
}

function goesOnForOthers(recipients: readonly Recipient[], { id }: Recipient): boolean {
  return recipients.some((each) => each.id !== id && !isOver(each));
}

function recipientIn(recipients: readonly Recipient[], { params }: SenderVisit): Recipient {
  const found = recipients.find(({ id }) => id === params.recipient);
  if (found) return found;
  throw new ServerError({
    code: "no-such-page",
    message: "There is nothing here that you can see. Check the address or the reference.",
  });
}

function back(visit: SenderVisit): null {
  return redirect(visit, `/transfers/${visit.transfer.reference}`);
}
