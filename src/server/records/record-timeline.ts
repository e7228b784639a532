import type { EventKind, StoredEvent } from "../../domain/event.ts";
import type { Recipient } from "../../domain/transfer.ts";
import type { ArrangementUsed } from "../arrangements/arrangements-used.ts";
import { type Happening, happeningOf } from "../journeys/transfer/happenings.ts";

/** One line of the whole timeline. `about`: the recipient whom it is about; empty for the transfer as a whole. */
export interface RecordHappening extends Happening {
  readonly about: string;
}

/** What a sender reads as “you”, and what no sender's page says. @param who did it */
const OWN: Partial<Record<EventKind, (who: string) => string>> = {
  "matter-seen": (who) => `${who} saw to what they said`,
  "access-paused": () => "Somebody with the link said that it is not for them; access was paused",
  "access-resumed": (who) => `${who} let access go on`,
  "recipient-dropped": (who) => `${who} ended their access`,
  "key-offered": () => "Kept a passkey for next time",
  "record-opened": (who) => `${who} opened this record as an auditor`,
  "sender-grant-stored": () => "The sender’s own access stored",
  "upload-started": () => "Upload begun",
  "transfer-requested": () => "Asked for",
  "transfer-approved": () => "Agreed to by everybody who has to",
};

/** Every event of a transfer, oldest first, in words for somebody who is not its sender. @param names of members, by id */
export function recordTimeline(
  events: readonly StoredEvent[],
  recipients: readonly Recipient[],
  names: ReadonlyMap<string, string>,
  arranged: ReadonlyMap<string, readonly ArrangementUsed[]>,
): readonly RecordHappening[] {
  return events.map((event) => {
    const { kind, at, actor, recipientId } = event;
    const about = recipients.find(({ id }) => id === recipientId)?.name ?? "";
    const who = (actor.kind === "member" ? names.get(actor.id) : null) ?? "Somebody";
    const own = OWN[kind]?.(who);
    const plain = `${kind.charAt(0).toUpperCase()}${kind.slice(1).replaceAll("-", " ")}`;
    const line = happeningOf(event, { names, others: names, arranged }) ?? { what: plain, at, more: "", state: "done" };
    return { ...line, ...(own === undefined ? {} : { what: own }), about };
  });
}
