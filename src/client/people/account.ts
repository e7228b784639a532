import { sha256Hex } from "../../bytes/digest.ts";
import { utf8 } from "../../bytes/text.ts";
import type {
  AddPasskeyBody,
  EnrolOptions,
  MyKeys,
  NewRecoveryBody,
  RemovePasskeyBody,
  SealToPasskeyBody,
} from "../../domain/wire/people.ts";
import { attestedKey } from "../../evidence/attested-key.ts";
import { AGREED } from "../../evidence/enrolment-signature.ts";
import type { Statement } from "../../log/statement.ts";
import { generateKeyPair } from "../../seal/keys.ts";
import { generateSecret } from "../../seal/words.ts";
import { ClientError } from "../error.ts";
import type { Http } from "../http.ts";
import { makePasskey } from "./enrol.ts";
import { type Passkeys, type Signed, waysInStatement } from "./passkeys.ts";
import { openRing, type RingKey, recoverySignInKey, sealRing, type WayIn } from "./ring.ts";
import { enrolOptions, myKeys } from "./shapes.ts";

/** What the account page's changes need: the server, the authenticators, and the person for the passphrase. */
export interface Account {
  readonly http: Http;
  readonly passkeys: Passkeys;
  /** Asks for the key passphrase. @throws ClientError `cancelled` */
  askPassphrase(): Promise<string>;
}

/** The member's keys, opened. */
export interface Unlocked {
  readonly ring: readonly RingKey[];
  readonly way: WayIn;
  readonly signed: Signed;
}

type EnrolRole = "passkey" | "member" | "recovery-code" | "device";

export function loadMyKeys(http: Http): Promise<MyKeys> {
  return http.get("/api/account/keys", myKeys);
}

/**
 * Signs with one of the passkeys given and opens the member's keys with the same prompt (and the passphrase, for a passkey
 * without PRF).
 * @throws ClientError `no-access` when nothing is sealed to that passkey.
 */
export async function unlockWith(
  account: Pick<Account, "passkeys" | "askPassphrase">,
  mine: MyKeys,
  ids: readonly string[],
  statement: Statement,
): Promise<Unlocked> {
  const unlocked = await openWithPasskey(account, mine, ids, statement);
  if (unlocked.ring[0]?.keyId !== mine.keys[0]?.id) throw noKeys();
  return unlocked;
}

async function openWithPasskey(
  account: Pick<Account, "passkeys" | "askPassphrase">,
  mine: MyKeys,
  ids: readonly string[],
  statement: Statement,
): Promise<Unlocked> {
  const usable = mine.credentials.filter(({ id }) => ids.includes(id));
  const signed = await account.passkeys.get(statement, usable);
  const credentialId = signed.signature.id;
  const sealedToIt = mine.wraps.some((wrap) => wrap.credentialId === credentialId);
  const way: WayIn =
    signed.prf && sealedToIt
      ? { kind: "passkey", credentialId, prf: signed.prf }
      : { kind: "passphrase", passphrase: await passphraseFor(account, mine) };
  const ring = await openRing(mine.keys, mine.wraps, way);
  if (ring.length === 0) throw noKeys();
  return { ring, way, signed };
}

/**
 * Opens the member's keys with one prompt, for sending or opening. Where the newest key is not sealed to the passkey used yet,
 * the earlier ones that are still open what was sealed to them.
 * @param nonce random; nobody checks the signature, which is of a kind that the server accepts nowhere.
 * @throws ClientError `no-access` when nothing is sealed to that passkey.
 */
export async function unlockKeys(
  account: Pick<Account, "passkeys" | "askPassphrase">,
  mine: MyKeys,
  nonce: string,
): Promise<readonly RingKey[]> {
  const about = { role: "unlock", digest: "", signer: mine.address, rpId: mine.rpId, nonce };
  return (await openWithPasskey(account, mine, idsOf(mine), waysInStatement("enrol", about))).ring;
}

/** Adds a passkey on this device or another: three prompts (new, one that is there already, new). */
export async function addPasskey(account: Account, name: string): Promise<{ readonly passphrase: string | null }> {
  const { http, passkeys } = account;
  const mine = await loadMyKeys(http);
  const options = await http.send("POST", "/api/account/options", {}, enrolOptions);
  const current = currentKey(mine);
  const { passkey, way } = await makePasskey(passkeys, options, current.recipient, name);
  const digest = await sha256Hex(utf8(attestedKey(passkey.registration.attestationObject)));
  const statement = { ...accountStatement(options, "passkey", digest), answer: AGREED };
  const { ring, signed } = await unlockWith(account, mine, idsOf(mine), statement);
  const hasPassphrase = mine.wraps.some(({ kind }) => kind === "passphrase");
  const ways = way.kind === "passphrase" && hasPassphrase ? [] : [way];
  const wraps = await sealRing(ring, ways);
  const body: AddPasskeyBody = { nonce: options.nonce, passkey, by: signed.signature, wraps };
  await http.tell("POST", "/api/account/passkeys", body);
  return { passphrase: ways[0]?.kind === "passphrase" ? ways[0].passphrase : null };
}

/**
 * Removes a lost passkey and changes the key pair, since whoever has the passkey may have opened the old one. Remaining
 * passkeys but the one that signs get the new key by `sealToPasskey`, because only their own prompt gives what it takes.
 */
export async function removePasskey(
  account: Account,
  lostId: string,
  newCode: string,
): Promise<{ readonly passphrase: string | null }> {
  const { http } = account;
  const mine = await loadMyKeys(http);
  const options = await http.send("POST", "/api/account/options", {}, enrolOptions);
  const pair = await generateKeyPair();
  const statement = accountStatement(options, "member", await sha256Hex(utf8(pair.recipient)));
  const remaining = idsOf(mine).filter((id) => id !== lostId);
  const { ring, way, signed } = await unlockWith(account, mine, remaining, statement);
  const needsPassphrase = mine.credentials.some(({ id, prf }) => id !== lostId && !prf);
  const passphrase = needsPassphrase ? generateSecret() : null;
  const fresh: RingKey = { keyId: "new", identity: pair.identity };
  const wraps = [
    ...(way.kind === "passkey" ? await sealRing([fresh], [way]) : []),
    ...(await sealRing([fresh, ...ring], [{ kind: "recovery-code", code: newCode }])),
    ...(passphrase === null ? [] : await sealRing([fresh, ...ring], [{ kind: "passphrase", passphrase }])),
  ];
  const body: RemovePasskeyBody = {
    credentialId: lostId,
    nonce: options.nonce,
    by: signed.signature,
    recipient: pair.recipient,
    wraps,
  };
  await http.tell("POST", "/api/account/passkeys/remove", body);
  return { passphrase };
}

/** Gives a passkey the keys that are not sealed to it yet: two prompts (one that has them, then itself). */
export async function sealToPasskey(account: Account, credentialId: string): Promise<void> {
  const { http, passkeys } = account;
  const mine = await loadMyKeys(http);
  const options = await http.send("POST", "/api/account/options", {}, enrolOptions);
  const statement = accountStatement(options, "passkey", await sha256Hex(utf8(credentialId)));
  const others = idsOf(mine).filter((id) => id !== credentialId);
  const { ring, signed } = await unlockWith(account, mine, others, statement);
  const target = mine.credentials.filter(({ id }) => id === credentialId);
  const { prf } = await passkeys.get(statement, target);
  if (!prf) throw noPrf();
  const wraps = await sealRing(ring, [{ kind: "passkey", credentialId, prf }]);
  const body: SealToPasskeyBody = { credentialId, nonce: options.nonce, by: signed.signature, wraps };
  await http.tell("POST", "/api/account/passkeys/wraps", body);
}

/** A new recovery code in place of the old one, which ends. @param newCode already shown and kept. */
export async function renewRecoveryCode(account: Account, newCode: string): Promise<void> {
  const { http } = account;
  const mine = await loadMyKeys(http);
  const options = await http.send("POST", "/api/account/options", {}, enrolOptions);
  const digest = await sha256Hex(utf8(await recoverySignInKey(newCode)));
  const statement = accountStatement(options, "recovery-code", digest);
  const { ring, signed } = await unlockWith(account, mine, idsOf(mine), statement);
  const wraps = await sealRing(ring, [{ kind: "recovery-code", code: newCode }]);
  const body: NewRecoveryBody = { nonce: options.nonce, by: signed.signature, wraps };
  await http.tell("POST", "/api/account/recovery", body);
}

export function accountStatement(options: EnrolOptions, role: EnrolRole, digest: string) {
  const { rpId, nonce, user } = options;
  return waysInStatement("enrol", { role, digest, signer: user.address, rpId, nonce });
}

function idsOf(mine: MyKeys): readonly string[] {
  return mine.credentials.map(({ id }) => id);
}

function currentKey(mine: MyKeys): MyKeys["keys"][number] {
  const [current] = mine.keys;
  if (!current) throw noKeys();
  return current;
}

async function passphraseFor(account: Pick<Account, "askPassphrase">, mine: MyKeys): Promise<string> {
  if (!mine.wraps.some(({ kind }) => kind === "passphrase")) throw noKeys();
  return account.askPassphrase();
}

function noKeys(): ClientError {
  const message =
    "This passkey signs you in, but your key is not sealed to it yet. Use another passkey of yours, or finish this one on your account page.";
  return new ClientError({ code: "no-access", message });
}

function noPrf(): ClientError {
  const message = "This passkey cannot hold your key. It still signs you in. Use your key passphrase with it.";
  return new ClientError({ code: "no-access", message });
}
