import type { Deed, RecoveryExport, RecoveryKey } from "../domain/recovery-key.ts";
import { type Columns, json, orNull, text, textOf, whole } from "./columns.ts";
import * as shape from "./shape.ts";

const deed = json(shape.object<Deed>({ byMemberId: shape.string, at: shape.string }));

export const recoveryKey = {
  id: text,
  version: whole,
  recipient: text,
  state: textOf(shape.oneOf("proposed", "active", "removed", "withdrawn")),
  proposed: deed,
  confirmed: orNull(deed),
  removal: orNull(deed),
  removed: orNull(deed),
} satisfies Columns<RecoveryKey>;

export const recoveryExport = {
  reference: text,
  reason: text,
  state: textOf(shape.oneOf("asked", "agreed", "withdrawn")),
  asked: deed,
  agreed: orNull(deed),
} satisfies Columns<RecoveryExport>;
