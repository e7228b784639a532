import { sha256 } from "@noble/hashes/sha2.js";
import { canonicalJson, type Json } from "../bytes/canonical-json.ts";
import { utf8 } from "../bytes/text.ts";
import type { Hash } from "./merkle.ts";

/** An event as the store holds it: see `StoredEvent`, which has exactly these members. */
export interface EventRecord {
  readonly seq: number;
  readonly salt: string;
  readonly kind: string;
  readonly at: string;
  readonly actor: { readonly kind: string; readonly id?: string };
  readonly reference: string | null;
  readonly recipientId: string | null;
  readonly detail: Readonly<Record<string, string | number | boolean | null>>;
}

/**
 * The entry of an event in the log: SHA-256 over the UTF-8 of the canonical JSON (RFC 8785) of its members and
 * `version` 1, `docs/evidence.md`. Its 128 random bits are in it, so that it tells nothing to whoever has not got them.
 * Half a character (a lone surrogate) reads as U+FFFD.
 */
export function eventDigest(event: EventRecord): Hash {
  return sha256(utf8(eventText(event)));
}

/** The canonical JSON that is hashed. */
export function eventText({ seq, salt, kind, at, actor, reference, recipientId, detail }: EventRecord): string {
  const version = 1;
  return canonicalJson(
    wellFormed({ version, seq, salt, kind, at, actor: { ...actor }, reference, recipientId, detail }),
  );
}

function wellFormed(value: Json): Json {
  if (typeof value === "string") return value.toWellFormed();
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key.toWellFormed(), wellFormed(each)]));
}
