import { toBase64 } from "../../bytes/base64.ts";
import { sha256Hex } from "../../bytes/digest.ts";
import { utf8 } from "../../bytes/text.ts";
import type { LogRow } from "../../log/event-log.ts";

/**
 * One event as somebody else's system is told of it (SIS-37). It names transfers by reference and members by their number; recipients by a
 * digest, since their own number stands in their link. No names, addresses, content, or anything that somebody typed.
 */
export interface FeedLine {
  readonly seq: number;
  /** Null, with everything but `entry`, where the event was removed or cannot be read. */
  readonly kind: string | null;
  readonly at: string | null;
  readonly reference: string | null;
  readonly actor: { readonly kind: string; readonly id?: string } | null;
  /** The first 32 hexadecimal digits of the SHA-256 of the recipient's number. */
  readonly recipient: string | null;
  readonly detail: Readonly<Record<string, string | number | boolean>>;
  /** Its entry in the log, base64: the same that `/log/tile/entries/…` has. */
  readonly entry: string | null;
}

/** Members of an event's detail that are words of ours, numbers or yes and no. Everything else may be somebody's words, and stays here. */
const TOLD = new Set([
  ...["role", "was", "state", "channel", "kind", "adviser", "source", "findings", "again", "whole", "format"],
  ...["clause", "method", "verdict", "impactAssessment", "digest", "evidence", "version", "stopped", "standing"],
]);
const WORD = /^[a-z0-9][a-z0-9-]{0,39}$/;
const DIGEST = /^[0-9a-f]{64}$/;

export async function feedLine(seq: number, row: LogRow | undefined): Promise<FeedLine> {
  const entry = row?.entry ? toBase64(row.entry) : null;
  const event = row?.event ?? null;
  if (event === null)
    return { seq, kind: null, at: null, reference: null, actor: null, recipient: null, detail: {}, entry };
  const { kind, at, reference, actor, recipientId, detail } = event;
  return {
    ...{ seq, kind, at, reference, entry },
    actor: actor.kind === "member" && actor.id ? { kind: "member", id: actor.id } : { kind: actor.kind },
    recipient: recipientId === null ? null : (await sha256Hex(utf8(recipientId))).slice(0, 32),
    detail: Object.fromEntries(
      Object.entries(detail).flatMap(([name, value]) => (TOLD.has(name) && isTold(value) ? [[name, value]] : [])),
    ),
  };
}

function isTold(value: string | number | boolean | null): value is string | number | boolean {
  if (typeof value === "string") return WORD.test(value) || DIGEST.test(value);
  return value !== null;
}
