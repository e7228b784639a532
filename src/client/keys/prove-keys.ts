import { sha256Hex } from "../../bytes/digest.ts";
import { utf8 } from "../../bytes/text.ts";
import type { KeyEvent, KeyLogLine, KeyProofsAnswer, KeyProofsBody } from "../../domain/wire/people.ts";
import { type Checkpoint, parseCheckpoint, parseHash } from "../../log/checkpoint.ts";
import { deviceDigest } from "../../log/device-keys.ts";
import { LogError } from "../../log/error.ts";
import { eventDigest } from "../../log/event-digest.ts";
import { parseVerifierKey, type VerifierKey } from "../../log/keys.ts";
import { parseLogProof, verifyLogProof } from "../../log/log-proof.ts";
import { parseNote, verifyNote } from "../../log/note.ts";
import { logOrigin } from "../../log/running-log.ts";
import { provesConsistency } from "../../log/verify.ts";
import { ClientError, lying } from "../error.ts";
import type { Http } from "../http.ts";
import { keyProofsAnswer } from "../people/shapes.ts";
import type { KeyPins } from "./check-key-log.ts";

/** Under what this client keeps the log's key and the last head that it saw: no address, so nobody's. */
export const LOG_PINS = "log";
/** Lines that one request asks about. */
const MOST = 200;

/**
 * The check that lines of the key log are entries of the organisation's log, which witnesses watch: each by the event that published it,
 * under a signed head that continues the last one that this client saw. The log's key and that head are kept from the first time on.
 * So a server cannot hand this client a key that leaves no trace, nor take one that it handed out back out of the log.
 * @throws ClientError `lying-server`, `offline`, `refused`
 */
export async function proveKeys(lines: readonly KeyLogLine[], { http, pins }: ProvingParts): Promise<void> {
  const all = [...new Map(lines.map((line) => [line.id, line])).values()];
  for (let at = 0; at < all.length; at += MOST) {
    const some = all.slice(at, at + MOST);
    const seen = await logSeen(pins);
    const body: KeyProofsBody = { ids: some.map(({ id }) => id), from: seen.size };
    const answer = await http.send("POST", "/api/keys/proofs", body, keyProofsAnswer);
    await proveUnderHead(answer, seen, { http, pins }, async (key) => {
      for (const line of some) await checkLine(line, answer, key);
    });
  }
}

/** What this client can prove about the log from the answers that it gets. */
export interface ProvingParts {
  readonly http: Http;
  readonly pins: KeyPins;
}

/** What this client saw of the log last; taken before it asks, so that what another tab sees meanwhile is no contradiction. */
export interface LogSeen {
  /** In entries; 0 for never. */
  readonly size: number;
  readonly known: ReadonlyMap<string, string>;
}

export async function logSeen(pins: KeyPins): Promise<LogSeen> {
  const known = await pins.load(LOG_PINS);
  const head = known.get("head");
  return { known, size: head === undefined ? 0 : sizeOf(head) };
}

/**
 * Checks that an answer's head is the log's and continues the last one that this client saw, and what else `check` does under it; then keeps that
 * head. @returns the size of the log under it
 * @throws ClientError `lying-server`
 */
export async function proveUnderHead(
  answer: LogHead,
  { known }: LogSeen,
  { http, pins }: ProvingParts,
  check: (key: VerifierKey) => Promise<void>,
): Promise<number> {
  try {
    const key = keyIn(answer, known.get("key") ?? null, http.resolve("/"));
    await checkHead(answer, key, known.get("head") ?? null, http.resolve("/"));
    await check(key);
  } catch (cause) {
    if (cause instanceof LogError) throw lying("its log does not prove the keys that it hands out", cause);
    throw cause;
  }
  await pins.save(LOG_PINS, new Map([...known, ["key", answer.key], ["head", answer.head]]));
  return sizeOf(answer.head);
}

/** The log's key, and a head of it with the way there from the last one seen. */
type LogHead = Pick<KeyProofsAnswer, "key" | "head" | "consistency">;

function sizeOf(head: string): number {
  return parseCheckpoint(parseNote(head).text).size;
}

/** The log's key: the one that was kept, else the one that is named now; it is the key of the log at this server's address. */
function keyIn({ key: named }: LogHead, known: string | null, address: string): VerifierKey {
  if (known !== null && named !== known) throw anotherLog("Its log has another key than this device knows", address);
  const key = parseVerifierKey(named);
  if (key.name !== logOrigin(address)) throw lying("it names the key of another log");
  return key;
}

/** The head is signed by that key, and continues the last one. */
async function checkHead(
  { head, consistency }: LogHead,
  key: VerifierKey,
  last: string | null,
  address: string,
): Promise<void> {
  const now = await readHead(head, key);
  if (last === null) return;
  const before = await readHead(last, key);
  const sizes = { from: before.size, to: now.size, fromRoot: before.root, toRoot: now.root };
  const proof = consistency.map(parseHash).filter((hash) => hash !== null);
  if (proof.length !== consistency.length || !provesConsistency({ ...sizes, proof }))
    throw anotherLog(
      "Its log does not continue the one that this device saw last: it was shortened or rewritten",
      address,
    );
}

/** What may have happened to an honest server too, and the way out, which the person decides on and no program takes. */
function anotherLog(what: string, address: string): ClientError {
  const { origin } = new URL(address);
  const message =
    `The server contradicts what this device knows. ${what}. Either the server was set up anew, or its log or the log’s key was lost, ` +
    "or somebody stands between you and it. Nothing was sent. Ask your administrator for the log’s key by telephone or in person, and compare it with " +
    `what ${origin}/log shows. Only if it is the same: in a browser, forget the log that it knows, at ${origin}/account/known-log; ` +
    "at a command line, run waybill logout, then waybill login.";
  return new ClientError({ code: "lying-server", message });
}

async function readHead(head: string, key: VerifierKey): Promise<Checkpoint> {
  const note = parseNote(head);
  const checkpoint = parseCheckpoint(note.text);
  if ((await verifyNote(note, [key])).length === 0 || checkpoint.origin !== key.name)
    throw lying("the head of its log is not signed by the log's key");
  return checkpoint;
}

async function checkLine(line: KeyLogLine, { head, proofs }: KeyProofsAnswer, key: VerifierKey): Promise<void> {
  const found = proofs.find(({ id }) => id === line.id);
  if (found === undefined) throw lying(`it does not prove that a key for ${line.address} is in its log`);
  await checkEntry(found, head, key, line.address);
  if (!(await publishes(found.event, line)) || found.event.detail.address !== line.address)
    throw lying(`the key that it gives for ${line.address} is not the one that its log says was published`);
}

/** That an event is the entry of the log that its proof is about, under this head. @throws ClientError `lying-server`, LogError */
export async function checkEntry(
  { event, proof: text }: { readonly event: KeyEvent; readonly proof: string },
  head: string,
  key: VerifierKey,
  address: string,
): Promise<void> {
  const proof = parseLogProof(text);
  if (proof.checkpoint !== head || proof.index !== event.seq - 1)
    throw lying(`what should prove a key for ${address} is about something else`);
  await verifyLogProof(proof, eventDigest(event), { log: key, witnesses: [] });
}

/** Whether the event published exactly this key, for whomever; whoever asks about an address looks that the event names it. */
export async function publishes({ kind, actor, detail }: KeyEvent, line: KeyLogLine): Promise<boolean> {
  return (
    kind === "key-published" &&
    actor.kind === "member" &&
    detail.keyId === line.id &&
    detail.digest === (await digestOfKey(line))
  );
}

/** What a key is enrolled and published by: the SHA-256 of its text; of a command line, of both of its keys. */
export async function digestOfKey({ recipient, signing }: KeyLogLine): Promise<string> {
  return signing === null ? sha256Hex(utf8(recipient)) : deviceDigest({ recipient, signing });
}
