import { toBase64Url } from "../bytes/base64.ts";
import type { Json } from "../bytes/canonical-json.ts";
import { randomId } from "../bytes/random.ts";
import type { KeyPins } from "../client/keys/check-key-log.ts";
import { remembering } from "../client/keys/own-memory.ts";
import { iso } from "../domain/clock.ts";
import type { PublicKey } from "../domain/member.ts";
import type { Records } from "../domain/records.ts";
import { deviceDigest } from "../log/device-keys.ts";
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

type Written = Readonly<Record<string, Exclude<Json, readonly Json[] | object>>>;

/**
 * What whoever runs the server can do: a command line's key in a member's name, with the event that publishes it, straight into the records.
 * @param signed what the event holds beside, such as a statement
 */
export async function writeFalseKey(
  { records, clock }: { readonly records: Records; readonly clock: { now(): Date } },
  member: { readonly id: string; readonly address: string },
  signed: Written = {},
): Promise<PublicKey> {
  const { recipient } = await generateKeyPair();
  const signing = toBase64Url(crypto.getRandomValues(new Uint8Array(32)));
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
