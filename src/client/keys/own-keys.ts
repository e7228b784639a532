import { toBase64Url } from "../../bytes/base64.ts";
import { sha256Hex } from "../../bytes/digest.ts";
import { utf8 } from "../../bytes/text.ts";
import type { KeyEvent, KeyLogLine, OwnKeysAnswer } from "../../domain/wire/people.ts";
import { enrolSignedBy } from "../../evidence/enrolment-signature.ts";
import { whyNotSigned } from "../../evidence/passkey-assertion.ts";
import { readStatement } from "../../evidence/read-evidence.ts";
import type { DeviceKeys } from "../../log/device-keys.ts";
import { lying } from "../error.ts";
import type { Http } from "../http.ts";
import { ownKeysAnswer } from "../people/shapes.ts";
import type { KeyPins } from "./check-key-log.ts";
import { judgeOwnKeys, type OwnKey } from "./judge-own-keys.ts";
import { type Answered, answeredHere, ownMemory, remember, saidHere } from "./own-memory.ts";
import { checkEntry, digestOfKey, logSeen, proveUnderHead } from "./prove-keys.ts";
import { refuseVanished, shownNow } from "./shown-before.ts";

export interface OwnKeysParts {
  readonly http: Http;
  readonly pins: KeyPins;
  /** Of a command line: whose it is, and its own keys, which it knows for itself. */
  readonly device?: DeviceKeys & { readonly address: string };
}

/** What this client found in the key log under the address of whoever uses it. */
export interface OwnKeys {
  readonly address: string;
  /** Everything in their name, active or removed. */
  readonly keys: readonly OwnKey[];
  /** In their name, and by nobody of theirs: the alarm. What was taken away again is among them until that was read. */
  readonly false: readonly OwnKey[];
  /** Active, and to be said by them once whether it is theirs. */
  readonly unsure: readonly OwnKey[];
  /** Whether the passkey that signed in here last, or was added here since, is one of this address; true where none was yet. */
  readonly samePerson: boolean;
}

/**
 * SIS-23: looks at everything in the key log under the address of whoever uses this client, on every page and before each command: that it is in
 * the log that witnesses watch, and that it is theirs. What passkeys of theirs signed for is known from then on.
 * @throws ClientError `lying-server`, also where something that was there before is not any more; `offline`, `refused`
 */
export async function checkOwnKeys(parts: OwnKeysParts): Promise<OwnKeys> {
  const { http, pins, device } = parts;
  const seen = await logSeen(pins);
  const answer = await http.send("POST", "/api/keys/own", { from: seen.size }, ownKeysAnswer);
  const { address, lines } = answer;
  if (device !== undefined && device.address !== address)
    throw lying("it answers for somebody else than whose command line this is");
  const size = await proveUnderHead(answer, seen, parts, async (key) => {
    for (const each of answer.proofs) await checkEntry(each, answer.head, key, address);
  });
  const events = answer.proofs.map(({ event }) => event).sort((one, other) => one.seq - other.seq);
  if (new Set(events.map(({ actor }) => actor.id)).size > 1) throw lying("it mixes your keys with somebody else's");
  const { origin, hostname: rpId } = new URL(http.resolve("/"));
  const place = { origin, rpId };
  const before = await ownMemory(pins, address);
  const shown = shownNow(answer, events);
  refuseVanished(before.seen, shown);
  const roots =
    device === undefined
      ? await rootsOf(answer, events, parts, place)
      : await rootOfDevice(device, lines, events, place, await pins.load(address), before.seen);
  const passkeys = new Set([...before.passkeys, ...roots.passkeys]);
  const since = before.since ?? size;
  const keysKnown = new Map([...before.keys, ...roots.keys]);
  const active = new Set(answer.passkeys.map(({ id }) => id));
  const ended = new Map([...removedNow(events, active, size), ...before.ended]);
  const memory = { passkeys, keys: keysKnown, since, ended };
  const judged = await judgeOwnKeys({ address, rpId, memory, lines, active, events });
  await remember(pins, address, {
    passkeys: [...roots.passkeys],
    keys: new Map(
      judged.filter(isTheirs).flatMap(({ id, kind, publicKey }) => (kind === "passkey" ? [] : [[id, publicKey]])),
    ),
    seen: shown,
    ended,
    since,
  });
  return found(judged, {
    address,
    isRead: (id) => before.read.has(id),
    device: device !== undefined,
    samePerson: roots.last,
  });
}

/** Whether nobody has to be asked about it. */
export function isTheirs({ standing }: OwnKey): boolean {
  return standing === "known" || standing === "signed";
}

/** Its person said that these are theirs: they are from now on. Of what is nobody's of theirs, that it was read. */
export async function sayTheirs(
  { pins }: Pick<OwnKeysParts, "pins">,
  { address }: OwnKeys,
  theirs: readonly OwnKey[],
): Promise<void> {
  const passkeys = theirs.filter(({ kind, publicKey }) => kind === "passkey" && publicKey !== "");
  const keys = theirs.filter(({ kind }) => kind !== "passkey");
  await remember(pins, address, {
    passkeys: passkeys.map(({ publicKey }) => publicKey),
    keys: new Map(keys.map(({ id, publicKey }) => [id, publicKey])),
  });
}

/** What was told as nobody's of theirs, and was taken away since, was read: it is not told again. */
export async function sayRead({ pins }: Pick<OwnKeysParts, "pins">, own: OwnKeys): Promise<void> {
  const gone = own.false.filter(({ removed }) => removed).map(({ id }) => id);
  await remember(pins, own.address, { read: gone });
}

/** @param how `device`: a command line, which sees no passkey that its person signs in with after a recovery, and so asks. */
function found(
  judged: readonly OwnKey[],
  how: {
    readonly address: string;
    readonly isRead: (id: string) => boolean;
    readonly device: boolean;
    readonly samePerson: boolean;
  },
): OwnKeys {
  const asks = how.device ? ["earlier", "other-passkey", "recovered"] : ["earlier", "other-passkey"];
  const nobodys = judged.filter((each) => !isTheirs(each) && !asks.includes(each.standing));
  return {
    address: how.address,
    keys: judged,
    false: nobodys.filter(({ id, removed }) => !removed || !how.isRead(id)),
    unsure: judged.filter(({ standing, removed }) => asks.includes(standing) && !removed),
    samePerson: how.samePerson,
  };
}

/** Passkeys that are not among the active ones, by credential id, with the size of the log. Nobody gains by saying so of one that is: it vouches for less. */
function removedNow(events: readonly KeyEvent[], active: ReadonlySet<string>, size: number) {
  const added = events.filter(({ kind }) => kind === "passkey-added").map(({ detail }) => String(detail.credentialId));
  return added.filter((id) => !active.has(id)).map((id) => [id, size] as const);
}

interface Roots {
  readonly passkeys: ReadonlySet<string>;
  readonly keys: ReadonlyMap<string, string>;
  readonly last: boolean;
}

/** Passkeys that answered in this browser: each is what signed here, whoever named it, if it says in its own enrolment that it is of this address. */
async function rootsOf(
  answer: OwnKeysAnswer,
  events: readonly KeyEvent[],
  { pins }: OwnKeysParts,
  place: { readonly rpId: string; readonly origin: string },
): Promise<Roots> {
  const answered = await answeredHere(pins);
  const passkeys = new Set<string>();
  const accepted: string[] = [];
  let last = true;
  for (const [id, one] of answered) {
    const { key, theirs } = await keyThatAnswered(id, one, answer, events, place);
    if (key !== null) passkeys.add(key);
    if (theirs) accepted.push(id);
    if (theirs || one.here) last = theirs;
  }
  await saidHere(pins, accepted);
  return { passkeys, keys: new Map(), last };
}

/** @throws ClientError `lying-server` where the log names another key for a passkey than the one that answered */
async function keyThatAnswered(
  id: string,
  { statement, signature }: Answered,
  { address, passkeys }: OwnKeysAnswer,
  events: readonly KeyEvent[],
  place: { readonly rpId: string; readonly origin: string },
): Promise<{ readonly key: string | null; readonly theirs: boolean }> {
  const event = events.find(({ kind, detail }) => kind === "passkey-added" && detail.credentialId === id);
  if (event === undefined) return { key: null, theirs: false };
  const own = await enrolSignedBy(event, { rpId: place.rpId, origin: null, signer: address, role: "member" });
  const kept = event.detail.statement !== undefined;
  // An earlier version kept nothing signed: then the authenticator's word for whose passkey it is counts, where it gave one.
  const named = signature.userHandle === toBase64Url(utf8(event.actor.id));
  const key = kept ? own?.by : named ? passkeys.find((each) => each.id === id)?.publicKey : undefined;
  if (key === undefined) return { key: null, theirs: !kept && signature.userHandle === null };
  const digest = event.detail.publicKey;
  const why = await whyNotSigned(readStatement(statement), place.origin, { publicKey: key, ...signature });
  if (why !== null || (digest !== undefined && digest !== (await sha256Hex(utf8(key)))))
    throw lying("the passkey that you used here has another key than its log says");
  return { key, theirs: true };
}

/**
 * A command line's own keys, and the passkey that signed for exactly these: the person compared the code and pressed the button. It is one person's
 * alone, so what it pinned of theirs was theirs when they enrolled it, or was confirmed by them.
 * @param seen that passkey is taken when these keys are shown first, and none later: nobody compares codes again
 */
async function rootOfDevice(
  device: NonNullable<OwnKeysParts["device"]>,
  lines: readonly KeyLogLine[],
  events: readonly KeyEvent[],
  place: { readonly rpId: string; readonly origin: string },
  pinned: ReadonlyMap<string, string>,
  seen: ReadonlyMap<string, string>,
): Promise<Roots> {
  const line = lines.find(({ recipient, signing }) => recipient === device.recipient && signing === device.signing);
  if (line === undefined) throw lying("the keys of this command line are not in its key log");
  const published = events.find(({ kind, detail }) => kind === "key-published" && detail.keyId === line.id);
  const signing = { rpId: place.rpId, origin: null, signer: device.address, role: "device" } as const;
  const signed = published && !seen.has(line.id) ? await enrolSignedBy(published, signing) : null;
  const passkeys = new Set(signed !== null && signed.digest === (await digestOfKey(line)) ? [signed.by] : []);
  return { passkeys, keys: new Map([...pinned, [line.id, line.recipient]]), last: true };
}
