import { toBase64Url } from "../bytes/base64.ts";
import type { Json } from "../bytes/canonical-json.ts";
import { randomId } from "../bytes/random.ts";
import { Http } from "../client/http.ts";
import type { KeyPins } from "../client/keys/check-key-log.ts";
import { remembering } from "../client/keys/own-memory.ts";
import { enrolDevice, findDevice } from "../client/people/device.ts";
import { waysInStatement } from "../client/people/passkeys.ts";
import { iso } from "../domain/clock.ts";
import type { PublicKey } from "../domain/member.ts";
import type { Records } from "../domain/records.ts";
import type { DeviceAnswer, OwnKeysAnswer } from "../domain/wire/people.ts";
import { deviceDigest } from "../log/device-keys.ts";
import { statementText } from "../log/statement.ts";
import { generateKeyPair } from "../seal/keys.ts";
import { type MemberBrowser, memberBrowser } from "./member-browser.ts";
import type { TestServer } from "./server.ts";
import type { SoftwarePasskey } from "./software-passkey.ts";

/** A browser that remembers what it saw, as a real one does. */
export interface RememberingBrowser extends MemberBrowser {
  readonly pins: KeyPins;
}

export async function rememberingBrowser(server: TestServer, passkey?: SoftwarePasskey): Promise<RememberingBrowser> {
  const browser = await memberBrowser(server, passkey);
  const pins = pinsInMemory();
  return { ...browser, pins, passkeys: remembering(browser.passkeys, pins) };
}

export function pinsInMemory(): KeyPins {
  const kept = new Map<string, ReadonlyMap<string, string>>();
  return {
    load: async (address) => kept.get(address) ?? new Map(),
    save: async (address, pins) => void kept.set(address, pins),
  };
}

/** A command line of this address, which the browser's passkey confirms. */
export async function addDevice({ visitor, http, passkeys }: RememberingBrowser, address: string) {
  const { recipient } = await generateKeyPair();
  const keys = { recipient, signing: toBase64Url(crypto.getRandomValues(new Uint8Array(32))) };
  const offer = await visitor.api("POST", "/api/devices", { name: "Desk", ...keys });
  await enrolDevice(http, passkeys, await findDevice(http, offer.json<DeviceAnswer>().code));
  return { ...keys, address };
}

const JSON_TYPE = { "content-type": "application/json" };

/** What the client sees where the server says something else of its person's own keys than its records do. */
export function lying(
  { url }: Pick<TestServer, "url">,
  browser: RememberingBrowser,
  lie: (answer: OwnKeysAnswer) => OwnKeysAnswer,
): RememberingBrowser {
  const { http } = browser;
  const fetched: typeof fetch = async (input, init) => {
    const path = new URL(String(input)).pathname;
    const [body, headers] = init?.body == null ? [undefined, {}] : [String(init.body), JSON_TYPE];
    const answer = await http.ask(init?.method ?? "GET", path, { ...(body === undefined ? {} : { body }), headers });
    return path === "/api/keys/own" ? Response.json(lie((await answer.json()) as OwnKeysAnswer)) : answer;
  };
  return { ...browser, http: new Http({ origin: url, fetch: fetched, headers: () => ({}) }) };
}

/**
 * What whoever runs the server can do with a passkey that is really theirs: an enrolment signed by it in a member's name, as an event holds it.
 * @param key its COSE key, base64url
 */
export async function signedInTheirName(
  server: TestServer,
  { passkeys }: Pick<RememberingBrowser, "passkeys">,
  key: string,
  about: { readonly signer: string; readonly role: string; readonly digest: string },
): Promise<Written> {
  const statement = waysInStatement("enrol", { ...about, rpId: server.parts.place.rpId, nonce: "AAAA" });
  const { clientDataJSON, authenticatorData, signature } = (await passkeys.get(statement, [])).signature;
  return { statement: statementText(statement), signature, signedBy: key, clientDataJSON, authenticatorData };
}

/** An event of a member's ways in or keys, straight into the records. */
export async function writeEvent(
  { records, clock }: Pick<TestServer, "records" | "clock">,
  { id }: { readonly id: string },
  kind: "passkey-added" | "key-published",
  detail: Written,
): Promise<void> {
  const actor = { kind: "member", id } as const;
  await records.write((tx) =>
    tx.append({ kind, at: iso(clock.now()), actor, reference: null, recipientId: null, detail }),
  );
}

/** What a browser remembers now, for another one that knows as much. */
export async function copyOf(pins: KeyPins, address: string): Promise<KeyPins> {
  const copy = pinsInMemory();
  for (const name of [address, `own ${address}`, "log", "passkeys that answered"]) {
    await copy.save(name, await pins.load(name));
  }
  return copy;
}

export type Written = Readonly<Record<string, Exclude<Json, readonly Json[] | object>>>;

/**
 * What whoever runs the server can do: a command line's key in a member's name, with the event that publishes it, straight into the records.
 * @param signed what the event holds beside, such as a statement
 * @param keys which keys, where somebody signed for exactly these
 */
export async function writeFalseKey(
  { records, clock }: { readonly records: Records; readonly clock: { now(): Date } },
  member: { readonly id: string; readonly address: string },
  signed: Written = {},
  keys?: { readonly recipient: string; readonly signing: string },
): Promise<PublicKey> {
  const recipient = keys?.recipient ?? (await generateKeyPair()).recipient;
  const signing = keys?.signing ?? toBase64Url(crypto.getRandomValues(new Uint8Array(32)));
  const at = iso(clock.now());
  const line: PublicKey = {
    ...{ id: randomId(), memberId: member.id, kind: "device", version: 1, recipient, signing },
    ...{ name: "command line", createdAt: at, removedAt: null },
  };
  const digest = await deviceDigest({ recipient, signing });
  await records.write(async (tx) => {
    await tx.saveKey(line);
    const detail = { keyId: line.id, kind: "device", version: 1, digest, address: member.address, ...signed };
    const actor = { kind: "member", id: member.id } as const;
    await tx.append({ kind: "key-published", at, actor, reference: null, recipientId: null, detail });
  });
  return line;
}
