import { type Actor, EVENT_KINDS, type StoredEvent } from "../domain/event.ts";
import type { QueuedMessage } from "../domain/outbox.ts";
import { type Columns, json, orNull, text, textOf, whole } from "./columns.ts";
import * as shape from "./shape.ts";

export const event = {
  seq: whole,
  salt: text,
  kind: textOf(shape.oneOf(...EVENT_KINDS)),
  at: text,
  actor: json(
    shape.byKind<Actor>({
      member: shape.object({ kind: shape.oneOf("member"), id: shape.string }),
      recipient: shape.object({ kind: shape.oneOf("recipient"), id: shape.string }),
      "link-holder": shape.object({ kind: shape.oneOf("link-holder"), id: shape.string }),
      stranger: shape.object({ kind: shape.oneOf("stranger") }),
      system: shape.object({ kind: shape.oneOf("system") }),
    }),
  ),
  reference: orNull(text),
  recipientId: orNull(text),
  detail: json(shape.recordOf(shape.scalar)),
} satisfies Columns<StoredEvent>;

export const message = {
  id: text,
  to: text,
  subject: text,
  text,
  reference: orNull(text),
  recipientId: orNull(text),
  createdAt: text,
  state: textOf(shape.oneOf("waiting", "sent", "failed")),
  attempts: whole,
  lastError: orNull(text),
} satisfies Columns<QueuedMessage>;
