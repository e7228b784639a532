import { list, orNull, record, type Shape, size, text } from "../../client/shape.ts";
import { recipientState, transferState } from "../../client/views.ts";
import type { StatusView, TransferListAnswer, TransferSummary } from "../../domain/wire/sending.ts";

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
  events: list(record({ at: text, kind: text, recipient: orNull(text) })),
});

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
