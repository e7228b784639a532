import type { ControlReview } from "../domain/oversight.ts";
import type { RecordedException } from "../domain/record-terms.ts";
import { type Columns, orNull, text } from "./columns.ts";

export const controlReview = {
  id: text,
  dueAt: text,
  remindedAt: orNull(text),
  reviewedBy: orNull(text),
  reviewedAt: orNull(text),
  says: text,
} satisfies Columns<ControlReview>;

export const recordedException = {
  clause: text,
  at: text,
  digest: text,
  reference: text,
  reason: text,
} satisfies Columns<RecordedException>;
