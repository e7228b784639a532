import type { Hold, HoldScope } from "../domain/hold.ts";
import { type Keeping, RECORD_KINDS, type Removal } from "../domain/keeping.ts";
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

const months = shape.orNull(shape.count);

export const keeping = {
  months: json(
    shape.object<Keeping["months"]>({ transfers: months, access: months, contacts: months, registers: months }),
  ),
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
