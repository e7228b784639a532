import { sha256 } from "@noble/hashes/sha2.js";
import { fromBase64Url } from "../bytes/base64.ts";
import { canonicalJson } from "../bytes/canonical-json.ts";
import { equal } from "../bytes/concat.ts";
import { toHex } from "../bytes/hex.ts";
import { utf8 } from "../bytes/text.ts";
import type { EventRecord } from "./event-digest.ts";
import { eventDigest } from "./event-digest.ts";
import type { EventLog } from "./event-log.ts";
import type { VerifierKey } from "./keys.ts";
import type { Statement } from "./statement.ts";
import { verifyWithEd25519 } from "./statement-keys.ts";

/** What an event `records-removed` says: events that were removed with their salts, so that only their entries are left. */
export interface Removed {
  /** The kind of record, such as `transfers`, and which one: a transfer's reference, an id, or the day up to which. */
  readonly what: string;
  readonly name: string;
  /** Numbers of events, ascending, such as `5-9,12`. */
  readonly events: string;
}

/** Numbers, ascending and each once, as `5-9,12`. */
export function formatNumbers(seqs: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const seq of seqs) {
    const last = runs.at(-1);
    if (last !== undefined && last[1] === seq - 1) last[1] = seq;
    else runs.push([seq, seq]);
  }
  return runs.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`)).join(",");
}

/** Runs of numbers, first and last; null for anything but what `formatNumbers` writes. */
export function parseNumbers(text: string): readonly (readonly [first: number, last: number])[] | null {
  if (text === "") return [];
  const runs: [number, number][] = [];
  for (const part of text.split(",")) {
    const [, first = "", last = first] = /^([1-9]\d{0,15})(?:-([1-9]\d{0,15}))?$/.exec(part) ?? [];
    if (first === "" || Number(last) < Number(first) || Number(first) <= (runs.at(-1)?.[1] ?? 0)) return null;
    runs.push([Number(first), Number(last)]);
  }
  return runs;
}

/**
 * What the log's key signs of a removal: nobody without it can make a missing event look like one that was removed. `rpId` is that of the
 * organisation.
 */
export function removalStatement(
  { what, name, events }: Removed,
  origin: string,
  rpId: string,
  nonce: string,
): Statement & { readonly kind: "remove" } {
  const digest = toHex(sha256(utf8(canonicalJson({ what, name, events }))));
  return {
    ...({ version: 1, kind: "remove", digest, role: "log" } as const),
    ...{ answer: what, signer: origin, rpId, nonce },
  };
}

/** Which numbers were removed, by which event: as far as an event that is in the log says so, signed by the log's key. */
export interface ProvedRemovals {
  /** Whether that event was removed by a later one. */
  has(seq: number): boolean;
}

/** @param key the log's */
export async function provedRemovals(log: EventLog, key: VerifierKey): Promise<ProvedRemovals> {
  const runs: { readonly first: number; readonly last: number; readonly by: number }[] = [];
  for (const event of await log.removals()) {
    const removed = await provedRemoval(log, event, key);
    for (const [first, last] of removed ?? []) runs.push({ first, last, by: event.seq });
  }
  runs.sort((a, b) => a.first - b.first);
  return {
    has(seq) {
      let [low, high] = [0, runs.length];
      while (low < high) {
        const middle = (low + high) >>> 1;
        if ((runs[middle]?.first ?? 0) <= seq) low = middle + 1;
        else high = middle;
      }
      const run = runs[low - 1];
      return run !== undefined && seq <= run.last && run.by > seq;
    },
  };
}

/** The runs that the event removed; null unless its entry is in the log and the log's key signed exactly what it says. */
async function provedRemoval(log: EventLog, event: EventRecord, key: VerifierKey) {
  const { what, name, events, nonce, rpId, signature } = event.detail;
  const texts = [what, name, events, nonce, rpId, signature];
  if (!texts.every((each) => typeof each === "string")) return null;
  const [entry] = await log.entries(event.seq - 1, event.seq);
  if (entry === undefined || !equal(entry, eventDigest(event))) return null;
  const removed = { what: String(what), name: String(name), events: String(events) };
  const statement = removalStatement(removed, key.name, String(rpId), String(nonce));
  const signed = await verifyWithEd25519(key.publicKey, bytesOf(String(signature)), statement);
  return signed ? parseNumbers(removed.events) : null;
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  try {
    return fromBase64Url(text);
  } catch {
    return new Uint8Array(0); // no signature
  }
}
