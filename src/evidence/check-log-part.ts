import { toBase64 } from "../bytes/base64.ts";
import { equal } from "../bytes/concat.ts";
import { sha256Hex } from "../bytes/digest.ts";
import { fromUtf8 } from "../bytes/text.ts";
import { type Checkpoint, parseCheckpoint, parseHash } from "../log/checkpoint.ts";
import { LogError } from "../log/error.ts";
import { type EventRecord, eventDigest } from "../log/event-digest.ts";
import type { VerifierKey } from "../log/keys.ts";
import { parseLogProof } from "../log/log-proof.ts";
import { leafHash } from "../log/merkle.ts";
import { parseNote, verifyNote } from "../log/note.ts";
import { provesConsistency, provesInclusion } from "../log/verify.ts";
import { EvidenceError } from "./error.ts";
import { NAMES, type PackFiles, proofName, README } from "./pack.ts";
import { readTaken } from "./read-evidence.ts";

/** Keys that the person who checks has from somewhere else than the pack. */
export interface PackKeys {
  readonly log: VerifierKey;
  readonly witnesses: readonly VerifierKey[];
}

/** A witness's word: that it had seen a log of `size` entries at `time`, seconds since 1970 by its own clock. */
export interface Vouched {
  readonly witness: string;
  readonly size: number;
  readonly time: number;
}

/** What the log's key and the witnesses vouch for. */
export interface LogPart {
  readonly checkpoint: Checkpoint;
  readonly taken: EventRecord;
  /** Whether there is the document for people: earlier versions made none. */
  readonly paper: boolean;
  readonly vouched: readonly Vouched[];
  /** Names that other signatures of the heads bear, whose keys were not given: nothing is known of them. */
  readonly unchecked: readonly string[];
}

/**
 * Checks the heads, and that the log holds the event in which exactly this `evidence.json` was taken.
 * @throws EvidenceError `not-a-pack`, `altered`
 */
export async function checkLogPart(files: PackFiles, keys: PackKeys): Promise<LogPart> {
  const head = await headIn(files, NAMES.checkpoint, keys);
  const vouched = [...head.vouched];
  const unchecked = [...head.unchecked];
  if (files.has(NAMES.witnessed) || files.has(NAMES.consistency)) {
    const earlier = await headIn(files, NAMES.witnessed, keys);
    checkContinues(earlier.checkpoint, head.checkpoint, textIn(files, NAMES.consistency));
    vouched.push(...earlier.vouched);
    unchecked.push(...earlier.unchecked);
  }
  const taken = readTaken(fileIn(files, NAMES.taken));
  if (taken.kind !== "evidence-taken") throw altered("taken.json is not the event in which evidence was taken.");
  checkInLog(files, head.checkpoint, taken);
  if (taken.detail.evidence !== (await sha256Hex(fileIn(files, NAMES.evidence)))) {
    throw altered("evidence.json is not the one that the log has: it was altered after it was taken.");
  }
  return {
    checkpoint: head.checkpoint,
    taken,
    paper: await checkPaper(files, taken),
    vouched,
    unchecked: [...new Set(unchecked)],
  };
}

/** The document is the one whose digest the log has, and there is none where the log knows of none. @throws EvidenceError `altered` */
async function checkPaper(files: PackFiles, { detail }: EventRecord): Promise<boolean> {
  if (detail.paper === undefined) {
    if (files.has(NAMES.paper)) throw altered(`${NAMES.paper} was added: the log knows of none.`);
    return false;
  }
  if (detail.paper === (await sha256Hex(fileIn(files, NAMES.paper)))) return true;
  throw altered(`${NAMES.paper} is not the one that the log has: it was altered after it was made.`);
}

/** @throws EvidenceError `altered` unless the log holds exactly this event, under its number */
export function checkInLog(files: PackFiles, { size, root }: Checkpoint, event: EventRecord): void {
  const name = proofName(event.seq);
  const { index, hashes, checkpoint } = understood(name, () => parseLogProof(textIn(files, name)));
  if (checkpoint !== textIn(files, NAMES.checkpoint)) throw altered(`${name} is under another head than the pack's.`);
  const claim = { index, size, root, leaf: leafHash(eventDigest(event)), proof: hashes };
  if (index === event.seq - 1 && provesInclusion(claim)) return;
  const held = event.kind === "evidence-taken" ? NAMES.taken : NAMES.evidence;
  throw altered(
    `Event ${event.seq} (${event.kind}) is not the one that the log has: it (in ${held}) or its proof (${name}) was altered.`,
  );
}

/** What a pack's file holds. @throws EvidenceError `not-a-pack` where it is missing */
export function fileIn(files: PackFiles, name: string): Uint8Array<ArrayBuffer> {
  const bytes = files.get(name);
  if (bytes !== undefined) return bytes;
  throw new EvidenceError({
    code: "not-a-pack",
    message: `This is not an evidence pack, or not a whole one: ${name} is missing.`,
  });
}

function textIn(files: PackFiles, name: string): string {
  return understood(name, () => fromUtf8(fileIn(files, name)));
}

async function headIn(files: PackFiles, name: string, keys: PackKeys) {
  const note = understood(name, () => parseNote(textIn(files, name)));
  const checkpoint = understood(name, () => parseCheckpoint(note.text));
  try {
    const [log] = await verifyNote(note, [keys.log]);
    if (log === undefined || checkpoint.origin !== keys.log.name) {
      throw altered(`${name} is not signed by the key of ${keys.log.name} that you gave.`);
    }
    const witnesses = await verifyNote(note, keys.witnesses);
    const vouched = witnesses.map(({ key, time }) => ({ witness: key.name, size: checkpoint.size, time: time ?? 0 }));
    const known = [log, ...witnesses].map(({ line }) => line);
    const unchecked = note.signatures.filter(({ line }) => !known.includes(line)).map((each) => each.name);
    return { checkpoint, vouched, unchecked };
  } catch (cause) {
    if (cause instanceof LogError) throw altered(`${name}: ${cause.message}`, cause);
    throw cause;
  }
}

/** Lines of base64, a hash each: that the later head continues the earlier one. */
function checkContinues(earlier: Checkpoint, later: Checkpoint, written: string): void {
  const hashes = written
    .split("\n")
    .slice(0, -1)
    .map(parseHash)
    .filter((hash) => hash !== null);
  const same = written === hashes.map((hash) => `${toBase64(hash)}\n`).join("");
  const claim = { from: earlier.size, to: later.size, fromRoot: earlier.root, toRoot: later.root, proof: hashes };
  if (same && provesConsistency(claim)) return;
  throw altered(
    "The head that witnesses cosigned (witnessed) is not continued by the pack's, as consistency would show: the log was rewritten, or the pack altered.",
  );
}

function understood<T>(name: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    if (cause instanceof EvidenceError) throw cause;
    throw altered(`${name} is malformed.`, cause);
  }
}

export function altered(message: string, cause?: unknown): EvidenceError {
  return new EvidenceError({ code: "altered", message, cause });
}

/** README.txt is the same in every pack that this version makes, and in every one that an earlier version made. @throws EvidenceError `altered` */
export async function checkReadme(files: PackFiles, { paper }: LogPart): Promise<void> {
  const bytes = fileIn(files, NAMES.readme);
  const digest = await sha256Hex(bytes);
  const same = paper ? equalTo(bytes, README) || digest === README_WITHOUT_TOKENS : digest === EARLIER_README;
  if (!same) throw altered(`${NAMES.readme} was altered.`);
}

function equalTo(bytes: Uint8Array, others: Uint8Array): boolean {
  return bytes.length === others.length && equal(bytes, others);
}

/** SHA-256 of the README of packs that were made before receipt tokens could be added. */
const README_WITHOUT_TOKENS = "e0d29885a8644cf2fa0c9816e208efa89b4298382f77b8dc8ca66b24fddab5c9";

/** SHA-256 of the README of packs without a document. */
const EARLIER_README = "1869f61376b62cd03371383e17b6dece7db1e33bcd361c12e8486aeadc713485";
