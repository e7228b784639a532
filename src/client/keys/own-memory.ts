import { sha256Hex } from "../../bytes/digest.ts";
import { utf8 } from "../../bytes/text.ts";
import type { PasskeySignature } from "../../domain/wire/sending.ts";
import { attestedKey } from "../../evidence/attested-key.ts";
import { type Statement, statementText } from "../../log/statement.ts";
import type { Passkeys } from "../people/passkeys.ts";
import type { KeyPins } from "./check-key-log.ts";

/** Under what the passkeys are kept that answered here, by credential id: no address, because whose they are is found out later. */
const ANSWERED = "passkeys that answered";
/** Under what is kept what this client knows of somebody's own keys. */
const ownPins = (address: string) => `own ${address}`;

/**
 * What this client knows for itself of the keys of the person who uses it: never what the server said of them alone. A browser profile can be used
 * by several people, and one who sealed to another pins that one's keys; so none of those count here.
 */
export interface OwnMemory {
  /** COSE keys, base64url, of passkeys that were made here, answered here, or were said to be theirs here. */
  readonly passkeys: ReadonlySet<string>;
  /** Public keys by the id of their line: signed for by one of those passkeys, made here, or said to be theirs here. */
  readonly keys: ReadonlyMap<string, string>;
  /** Everything that was shown in their name before, by id: where in the log its event stands, or `yes`. */
  readonly seen: ReadonlyMap<string, string>;
  /** By credential id: how large the log was when this client first saw that the passkey had been removed. */
  readonly ended: ReadonlyMap<string, number>;
  /** Ids of what was told as nobody's, was taken away since, and was read. */
  readonly read: ReadonlySet<string>;
  /** How large the log was when this client looked first; null for never. What was enrolled without a signature before may be an earlier version's. */
  readonly since: number | null;
}

export async function ownMemory(pins: KeyPins, address: string): Promise<OwnMemory> {
  const kept = [...(await pins.load(ownPins(address)))];
  const named = (what: string) =>
    kept
      .filter(([name]) => name.startsWith(`${what} `))
      .map(([name, value]) => [name.slice(what.length + 1), value] as const);
  const since = kept.find(([name]) => name === "since")?.[1];
  return {
    passkeys: new Set(named("passkey").map(([, key]) => key)),
    keys: new Map(named("key")),
    seen: new Map(named("seen")),
    ended: new Map(named("ended").map(([id, size]) => [id, Number(size)])),
    read: new Set(named("read").map(([id]) => id)),
    since: since === undefined ? null : Number(since),
  };
}

/** Adds to it. Nothing is ever taken away but by forgetting the log and everybody's keys. */
export async function remember(
  pins: KeyPins,
  address: string,
  more: {
    readonly passkeys?: readonly string[];
    readonly keys?: ReadonlyMap<string, string>;
    readonly seen?: ReadonlyMap<string, string>;
    readonly ended?: ReadonlyMap<string, number>;
    readonly read?: readonly string[];
    readonly since?: number;
  },
): Promise<void> {
  const { passkeys = [], keys = new Map(), seen = new Map(), ended = new Map(), read = [], since } = more;
  const digests = await Promise.all(
    passkeys.map(async (key) => [`passkey ${await sha256Hex(utf8(key))}`, key] as const),
  );
  const before = await pins.load(ownPins(address));
  const now = new Map([
    ...before,
    ...digests,
    ...[...keys].map(([id, recipient]) => [`key ${id}`, recipient] as const),
    ...[...seen].map(([id, seq]) => [`seen ${id}`, seq] as const),
    ...[...ended].map(([id, at]) => [`ended ${id}`, String(at)] as const),
    ...read.map((id) => [`read ${id}`, "yes"] as const),
    ...(since === undefined ? [] : [["since", String(since)] as const]),
  ]);
  if (now.size > before.size || [...now].some(([name, value]) => before.get(name) !== value)) {
    await pins.save(ownPins(address), now);
  }
}

/** What a passkey signed here, which shows what its key is once somebody names one. */
export interface Answered {
  readonly statement: string;
  readonly signature: PasskeySignature;
  /** Whether it says who is here: it signed in, or its enrolment was accepted. One that was made and then given up does not. */
  readonly here?: true;
}

/** By credential id: the last thing that each passkey signed here. */
export async function answeredHere(pins: KeyPins): Promise<ReadonlyMap<string, Answered>> {
  const kept = await pins.load(ANSWERED);
  return new Map([...kept].map(([id, value]) => [id, JSON.parse(value) as Answered])); // only `remembering` writes it
}

/**
 * The authenticators, of which this client remembers which passkeys it made and which answered. What it cannot keep, in a browser that keeps
 * nothing for us, it does without.
 */
export function remembering(passkeys: Passkeys, pins: KeyPins): Passkeys {
  return {
    async create(statement, options) {
      const made = await passkeys.create(statement, options);
      await quietly(async () =>
        remember(pins, options.user.address, { passkeys: [attestedKey(made.attestationObject)] }),
      );
      return made;
    },
    async get(statement, credentials) {
      const signed = await passkeys.get(statement, credentials);
      await quietly(() => keepAnswer(pins, statement, signed.signature));
      return signed;
    },
  };
}

/** From now on these say who is here: the log shows their enrolment. */
export async function saidHere(pins: KeyPins, ids: readonly string[]): Promise<void> {
  const kept = await answeredHere(pins);
  if (ids.every((id) => kept.get(id)?.here === true)) return;
  const now = [...kept].map(([id, each]) => [id, ids.includes(id) ? { ...each, here: true } : each] as const);
  await pins.save(ANSWERED, new Map(now.map(([id, each]) => [id, JSON.stringify(each)])));
}

/** The one that signed in, or was made, last stands last. Whose passkey it is not every authenticator says again where it was asked for by its id. */
async function keepAnswer(pins: KeyPins, statement: Statement, signature: PasskeySignature): Promise<void> {
  const before = await answeredHere(pins);
  const userHandle = signature.userHandle ?? before.get(signature.id)?.signature.userHandle ?? null;
  const signsIn = statement.kind === "sign-in";
  const here = signsIn || before.get(signature.id)?.here === true;
  const signed = { statement: statementText(statement), signature: { ...signature, userHandle } };
  const answered: Answered = here ? { ...signed, here } : signed;
  const others = [...before].filter(([id]) => !signsIn || id !== signature.id);
  await pins.save(
    ANSWERED,
    new Map(
      [...new Map([...others, [signature.id, answered] as const])].map(([id, each]) => [id, JSON.stringify(each)]),
    ),
  );
}

async function quietly(act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (cause) {
    console.warn("This browser keeps nothing of your passkeys.", cause);
  }
}
