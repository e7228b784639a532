import { list, orNull, record, type Shape, size, text } from "../../client/shape.ts";
import { recipientState, transferState } from "../../client/views.ts";
import { formatDateTime } from "../../domain/date-text.ts";
import { isOver } from "../../domain/lifecycle/transfer-arrows.ts";
import type { RecipientState, TransferState } from "../../domain/transfer.ts";
import type { StatusView, TransferListAnswer, TransferSummary } from "../../domain/wire/sending.ts";
import { printable } from "../table.ts";

const summary = {
  reference: text,
  state: transferState,
  createdAt: text,
  expiresAt: text,
  purpose: text,
  recipients: list(record({ name: text, address: text, state: recipientState })),
};

/** GET /api/transfers/:ref/status, POST /api/transfers/:ref/recall */
export const statusView: Shape<StatusView> = record({
  ...summary,
  waitsFor: list(record({ role: text, names: list(text), dueAt: text })),
  events: list(record({ at: text, kind: text, says: orNull(text), more: text, recipient: orNull(text) })),
});

const WORDS: Readonly<Record<TransferState, string>> = {
  draft: "not sent yet",
  requested: "waits for agreement",
  approved: "agreed, not sent yet",
  released: "on its way",
  closed: "received and closed",
  refused: "refused",
  recalled: "taken back",
  expired: "expired",
};

const RECIPIENT_WORDS: Readonly<Record<RecipientState, string>> = {
  named: "not told yet",
  released: "told",
  arrived: "arrived",
  opened: "opened",
  received: "receipt confirmed",
  paused: "paused",
  misdirected: "not for them",
  dropped: "access ended",
  recalled: "taken back",
  expired: "expired",
  closed: "received and closed",
};

/** Where one recipient is, as the sender's pages say it. */
export function recipientText(state: RecipientState): string {
  return RECIPIENT_WORDS[state];
}

/** Where a transfer is, as its sender's pages say it. */
export function stateText({ state, recipients }: Pick<TransferSummary, "state" | "recipients">): string {
  const received = recipients.filter((each) => each.state === "received").length;
  const ended = recipients.filter(isOver).length;
  const paused = recipients.filter((each) => each.state === "paused").length;
  if (state === "released" && paused > 0 && received + ended + paused === recipients.length) return "paused";
  if (state !== "released" || received + ended < recipients.length) return WORDS[state];
  if (ended === 0) return "receipt confirmed";
  return received > 0 ? "received or ended" : "access ended";
}

/** GET /api/transfers */
export const transferList: Shape<TransferListAnswer> = record({
  transfers: list(record(summary) satisfies Shape<TransferSummary>),
  next: orNull(size),
});

/** Addresses of those who had been handed the sealed content, and of those who proved that they opened it. */
export function handedTo({ events }: StatusView): {
  readonly handed: readonly string[];
  readonly opened: readonly string[];
} {
  const of = (kind: string) => [
    ...new Set(events.flatMap((each) => (each.kind === kind && each.recipient !== null ? [each.recipient] : []))),
  ];
  return { handed: of("grant-handed-out"), opened: of("recipient-opened") };
}

/** Who is asked to agree, and by when: names are those who may answer for the role. */
export function waitingText({ role, names, dueAt }: StatusView["waitsFor"][number]): string {
  const who = names.length === 0 ? "nobody who is here" : names.join(" or ");
  return `${printable(who)} (${role}) to agree, by ${formatDateTime(dueAt)}`;
}
