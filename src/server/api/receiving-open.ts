import { isOver } from "../../domain/lifecycle/transfer-arrows.ts";
import type { Member } from "../../domain/member.ts";
import type { Recipient, Transfer } from "../../domain/transfer.ts";
import { ServerError } from "../error.ts";

/** Why a recipient cannot go on; null while they can. Pages and messages have one text for each. */
export type Closed = "taken-back" | "expired" | "closed" | "not-for-me" | "ended" | "paused";

/** OXM-2, OXM-21: whether this recipient may still open it at `at` (ISO 8601). */
export function closedBecause(transfer: Transfer, recipient: Recipient, at: string): Closed | null {
  if (recipient.state === "misdirected") return "not-for-me";
  if (recipient.state === "dropped") return "ended";
  if (transfer.state === "recalled" || recipient.state === "recalled") return "taken-back";
  if (transfer.state === "closed" || recipient.state === "closed") return "closed";
  if (transfer.state === "expired" || recipient.state === "expired" || transfer.expiresAt <= at) return "expired";
  if (transfer.state !== "released" || isOver(recipient)) return "ended";
  return recipient.state === "paused" ? "paused" : null;
}

const WHAT: Readonly<Record<Closed, string>> = {
  "taken-back": "The sender took this package back, so it cannot be opened any more.",
  expired: "The expiry date of this package has passed, so it was destroyed.",
  closed: "This package is closed: receipt was confirmed, and its expiry date has passed.",
  "not-for-me": "It was said that this package is not for this mailbox, so its access has ended.",
  ended: "The sender ended this access.",
  paused:
    "Somebody who holds the link said that this package is not for them. It is paused until the sender decides; nothing is lost.",
};

/**
 * @throws ServerError `gone` when it is over, `paused` while the sender is asked: what happened, and whom to ask.
 * @param sender null when their record is gone.
 */
export function refuseUnlessOpen(transfer: Transfer, recipient: Recipient, at: string, sender: Member | null): void {
  const why = closedBecause(transfer, recipient, at);
  if (why === null) return;
  const ask = sender ? ` Ask ${sender.name} (${sender.address}) if you still need it.` : "";
  throw new ServerError({ code: why === "paused" ? "paused" : "gone", message: WHAT[why] + ask });
}
