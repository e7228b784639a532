import { ed25519 } from "@noble/curves/ed25519.js";
import { fromBase64, toBase64, toBase64Url } from "../../bytes/base64.ts";
import type { MyKey, MyWrap, NewWrap } from "../../domain/wire/people.ts";
import { openKeyBundle, PASSKEY_INFO, sealKeyBundle } from "../../seal/bundle.ts";
import { identityFromSecret, recipientOf } from "../../seal/keys.ts";
import type { OpenWith } from "../../seal/opening.ts";
import { recoveryKeys } from "../../seal/recovery.ts";
import { type SealTo, WORDS_LOG_N } from "../../seal/sealing.ts";
import { lying } from "../error.ts";

/** One secret key of a member. `new`: the server has not seen its public half yet. */
export interface RingKey {
  readonly keyId: string;
  /** AGE-SECRET-KEY-PQ-1… */
  readonly identity: string;
}

/** What opens a member's keys. */
export type WayIn =
  | { readonly kind: "passkey"; readonly credentialId: string; readonly prf: Uint8Array<ArrayBuffer> }
  | { readonly kind: "recovery-code"; readonly code: string }
  | { readonly kind: "passphrase"; readonly passphrase: string };

/** Seals every key to every way in: what the server keeps, and cannot open. */
export async function sealRing(ring: readonly RingKey[], ways: readonly WayIn[]): Promise<readonly NewWrap[]> {
  const wraps: NewWrap[] = [];
  for (const way of ways) {
    const to = await sealToOf(way);
    const signIn = way.kind === "recovery-code" ? await recoverySignInKey(way.code) : null;
    for (const { keyId, identity } of ring) {
      const { bytes } = await sealKeyBundle({ version: 1, identity }, to);
      const credentialId = way.kind === "passkey" ? way.credentialId : null;
      wraps.push({ keyId, kind: way.kind, credentialId, sealed: toBase64(bytes), signIn });
    }
  }
  return wraps;
}

/**
 * Opens the keys that are sealed to one way in, newest first; none when nothing is sealed to it. Each secret key must fit the
 * public key that the server says it is: otherwise the server handed out something else.
 * @throws ClientError `lying-server`, SealError `wrong-secret`, `no-access`, `damaged`
 */
export async function openRing(
  keys: readonly MyKey[],
  wraps: readonly MyWrap[],
  way: WayIn,
): Promise<readonly RingKey[]> {
  const openWith = await openWithOf(way);
  const ring: RingKey[] = [];
  for (const key of keys) {
    const wrap = wraps.find(
      (each) =>
        each.keyId === key.id &&
        each.kind === way.kind &&
        (way.kind !== "passkey" || each.credentialId === way.credentialId),
    );
    if (!wrap) continue;
    const { identity } = await openKeyBundle(fromBase64(wrap.sealed), openWith);
    if ((await recipientOf(identity)) !== key.recipient)
      throw lying("your public key there is not the one of your key");
    ring.push({ keyId: key.id, identity });
  }
  return ring;
}

/** The Ed25519 public key that shows possession of a recovery code. */
export async function recoverySignInKey(code: string): Promise<string> {
  return toBase64Url(ed25519.getPublicKey((await recoveryKeys(code)).signIn));
}

/** Ed25519 by the sign-in half of a recovery code: 64 bytes. */
export async function signWithRecoveryCode(code: string, bytes: Uint8Array): Promise<string> {
  return toBase64Url(ed25519.sign(bytes, (await recoveryKeys(code)).signIn));
}

async function sealToOf(way: WayIn): Promise<SealTo> {
  if (way.kind === "passphrase") return { passphrase: way.passphrase, logN: WORDS_LOG_N };
  return { recipients: [await recipientOf(await identityOf(way))] };
}

async function openWithOf(way: WayIn): Promise<OpenWith> {
  if (way.kind === "passphrase") return { passphrase: way.passphrase };
  return { identities: [await identityOf(way)] };
}

async function identityOf(way: Exclude<WayIn, { kind: "passphrase" }>): Promise<string> {
  if (way.kind === "passkey") return identityFromSecret(way.prf, PASSKEY_INFO);
  return (await recoveryKeys(way.code)).identity;
}
