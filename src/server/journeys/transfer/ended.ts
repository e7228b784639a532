import { saysReceived } from "../../../domain/lifecycle/transfer-arrows.ts";
import type { Recipient, Transfer } from "../../../domain/transfer.ts";

/** What a transfer came to whose date has passed: who had confirmed, whose access had ended before, and what became of what was sealed. */
export function endedSays(transfer: Transfer, recipients: readonly Recipient[]): string {
  return [came(transfer, recipients), became(transfer), "This record stays."].filter((each) => each !== "").join(" ");
}

function came({ state, releasedAt }: Transfer, recipients: readonly Recipient[]): string {
  if (releasedAt === null) return "Its date came before it was sent.";
  const ended = recipients.filter((each) => each.state === "misdirected" || each.state === "dropped");
  const before = ended.length === 0 ? "" : ` Access had ended before for ${peopleOf(ended, recipients)}.`;
  const who = ended.length === 0 ? "Everybody" : "Everybody else";
  if (state === "closed") {
    const all = recipients.every((each) => each.state !== "closed" || hasConfirmed(each));
    return `${who} ${all ? "has confirmed receipt" : "was told it"}.${before}`; // what is told needs no receipt (SDT2-4)
  }
  if (recipients.some((each) => each.state === "expired"))
    return `It expired before everybody had confirmed receipt.${before}`;
  const confirmed = ended.filter(hasConfirmed);
  const had = confirmed.length === 0 ? "" : ` Receipt had been confirmed by ${peopleOf(confirmed, recipients)}.`;
  return `It has expired, and nobody had access any more by then.${had}${before}`;
}

function hasConfirmed(recipient: Recipient): boolean {
  return saysReceived(recipient) || recipient.receivedAt !== null;
}

function peopleOf(some: readonly Recipient[], all: readonly Recipient[]): string {
  const [first, second, ...more] = some.map(({ name }) => name);
  if (some.length === all.length && all.length > 1) return "everybody";
  if (more.length > 0) return `${some.length} people`;
  return second === undefined ? `${first}` : `${first} and ${second}`;
}

/** SIS-37: nothing is called destroyed that a hold keeps, nor what was never here. */
function became({ destruction, carriage, sealed, uploadId }: Transfer): string {
  if (destruction === "held")
    return "Nobody can open it any more, and a hold keeps what was sealed: it is not destroyed.";
  return carriage === null && (sealed !== null || uploadId !== null || destruction !== null)
    ? "What was sealed was destroyed."
    : "";
}
