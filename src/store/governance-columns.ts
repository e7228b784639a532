import type { Hold, HoldScope } from "../domain/hold.ts";
import { KEPT_KINDS, type Keeping, RECORD_KINDS, type Removal } from "../domain/keeping.ts";
import { type Columns, json, orNull, text, textOf, whole } from "./columns.ts";
import * as shape from "./shape.ts";

export const hold = {
  id: text,
  scope: json(
    shape.byKind<HoldScope>({
      transfer: shape.object({ kind: shape.oneOf("transfer"), reference: shape.string }),
      person: shape.object({ kind: shape.oneOf("person"), address: shape.string }),
      period: shape.object({ kind: shape.oneOf("period"), from: shape.string, until: shape.string }),
    }),
  ),
  reason: text,
  placedBy: text,
  placedAt: text,
  lifted: orNull(json(shape.object({ by: shape.string, at: shape.string, reason: shape.string }))),
} satisfies Columns<Hold>;

/** Kinds that were not asked about when it was said are absent. */
const months: shape.Shape<Keeping["months"]> = (value, where) => {
  const said = shape.recordOf(shape.orNull(shape.count))(value, where);
  for (const kind of Object.keys(said)) shape.oneOf(...KEPT_KINDS)(kind, where);
  return said;
};

export const keeping = {
  months: json(months),
  noticeDays: whole,
  backupDays: whole,
  setBy: text,
  setAt: text,
} satisfies Columns<Keeping>;

export const removal = {
  id: text,
  kind: textOf(shape.oneOf(...RECORD_KINDS)),
  before: text,
  announcedAt: text,
  removeFrom: text,
  due: whole,
  state: textOf(shape.oneOf("announced", "done", "withdrawn")),
  removed: whole,
} satisfies Columns<Removal>;
