import { Type } from "typebox";
import { randomId } from "../../bytes/random.ts";
import { iso } from "../../domain/clock.ts";
import type { NewEvent } from "../../domain/event.ts";
import type { Credential, KeyWrap, Member, PublicKey } from "../../domain/member.ts";
import type { Reader, Writer } from "../../domain/records.ts";
import type { EnrolBody, EnrolOptions } from "../../domain/wire/people.ts";
import type { Parts } from "../parts.ts";
import { newPasskeyBody, nonceBody, recipientBody, wrapsBody } from "./bodies.ts";
import { type Agreement, type EnrolmentProof, enrolmentProof, NOBODY_AGREED } from "./enrolment-proof.ts";
import { verifyNewPasskey } from "./new-passkey.ts";
import { newNonce, takeNonce } from "./nonce.ts";
import { enrolStatement, textDigest } from "./statements.ts";
import { userHandle } from "./verify-passkey.ts";
import { refuseLockedOut, wrapsOf } from "./ways-in.ts";

/** An EnrolBody of src/domain/wire/people.ts. */
export const enrolBody = Type.Object({
  nonce: nonceBody,
  passkey: newPasskeyBody,
  recipient: recipientBody,
  wraps: wrapsBody,
});

/** What one enrolment saves. */
export interface Enrolment {
  readonly credential: Credential;
  readonly key: PublicKey;
  readonly wraps: readonly KeyWrap[];
  /** Whose key it is, for the event: clients check the keys that they seal to against it. */
  readonly address: Member["address"];
  /** The new passkey's signature over the new key. */
  readonly proof: EnrolmentProof;
}

/** What a browser needs to make a passkey for `member`; the nonce is good for that member's enrolments alone. */
export async function enrolOptions(
  parts: Parts,
  member: Pick<Member, "id" | "address" | "name">,
  organisation: string,
): Promise<EnrolOptions> {
  const passkeys = await parts.records.read.credentialsOf(member.id);
  return {
    nonce: await newNonce(parts, nonceOwner(member.id)),
    rpId: parts.place.rpId,
    organisation,
    user: { id: userHandle(member.id), address: member.address, name: member.name },
    exclude: passkeys.map(({ id }) => id),
  };
}

/** Whose nonces sign an enrolment: a nonce of sign-in or of sending is none. */
export function nonceOwner(memberId: string): string {
  return `enrol ${memberId}`;
}

/**
 * Checks a first enrolment, or one after recovery: passkey, signature over the public key, ways in. Spends the nonce.
 * @throws ServerError `bad-signature`, `bad-request`; nothing is saved then.
 */
export async function checkEnrolment(
  parts: Parts,
  member: Pick<Member, "id" | "address">,
  body: EnrolBody,
  reader: Reader = parts.records.read,
): Promise<Enrolment> {
  await takeNonce(parts, body.nonce, nonceOwner(member.id));
  const first = enrolStatement(parts, {
    digest: await textDigest(body.recipient),
    role: "member",
    signer: member.address,
    nonce: body.nonce,
  });
  const credential = await verifyNewPasskey(parts, member, body.nonce, body.passkey, first);
  const keys = (await reader.keyLog()).filter((key) => key.memberId === member.id);
  const key = newMainKey(member.id, keys, body.recipient, credential.createdAt);
  const scope = { memberId: member.id, newKey: key, keys, credentialIds: [credential.id], at: credential.createdAt };
  const wraps = wrapsOf(body.wraps, scope);
  refuseLockedOut(wraps, key.id);
  const proof = enrolmentProof(first, body.passkey.signature, credential);
  return { credential, key, wraps, address: member.address, proof };
}

/** The next version of a member's main key. `keys`: all that they ever had. */
export function newMainKey(memberId: string, keys: readonly PublicKey[], recipient: string, at: string): PublicKey {
  const version = 1 + Math.max(0, ...keys.filter(({ kind }) => kind === "main").map((key) => key.version));
  const fixed = { kind: "main", signing: null, name: "", removedAt: null } as const;
  return { id: randomId(), memberId, version, recipient, createdAt: at, ...fixed };
}

/** Saves an enrolment with its events. */
export async function saveEnrolment(tx: Writer, { credential, key, wraps, address, proof }: Enrolment): Promise<void> {
  const { memberId, createdAt } = credential;
  await tx.saveCredential(credential);
  await tx.saveKey(key);
  for (const wrap of wraps) await tx.saveWrap(wrap);
  const digest = await textDigest(key.recipient);
  await tx.append(await passkeyAdded(credential, digest, proof));
  await tx.append(
    ofMember("key-published", memberId, createdAt, {
      keyId: key.id,
      version: key.version,
      digest,
      address,
      ...proof,
    }),
  );
  await tx.append(ofMember("recovery-code-made", memberId, createdAt));
}

/**
 * Holds the digest of its public key: what is signed with it later is checked against the log by that.
 * @param mainKey the digest of the member's main key, which its first signature is over
 * @param proof that first signature
 * @param agreed by which earlier passkey, of a further one
 */
export async function passkeyAdded(
  { id, memberId, createdAt, prf, publicKey }: Credential,
  mainKey: string,
  proof: EnrolmentProof,
  agreed: Agreement | typeof NOBODY_AGREED = NOBODY_AGREED,
): Promise<NewEvent> {
  const detail = { credentialId: id, prf, publicKey: await textDigest(publicKey), mainKey, ...proof, ...agreed };
  return ofMember("passkey-added", memberId, createdAt, detail);
}

/** An event about a member's own ways in. */
export function ofMember(
  kind: NewEvent["kind"],
  memberId: string,
  at: string,
  detail: NewEvent["detail"] = {},
): NewEvent {
  return { kind, at, actor: { kind: "member", id: memberId }, reference: null, recipientId: null, detail };
}

/** The time of the server's clock, as events and records hold it. */
export function now(parts: Parts): string {
  return iso(parts.clock.now());
}

/**
 * Ends a member's passkeys, main keys and wraps, in a rotation after recovery or for a leaver (`all`: device keys too). The
 * lines stay in the key log, as removed.
 */
export async function retireWaysIn(tx: Writer, memberId: string, at: string, which: "main" | "all"): Promise<void> {
  for (const credential of await tx.credentialsOf(memberId)) {
    await tx.saveCredential({ ...credential, removedAt: at });
    await tx.append(ofMember("passkey-removed", memberId, at, { credentialId: credential.id }));
  }
  for (const key of await tx.keysOf(memberId)) {
    if (which === "main" && key.kind === "device") continue;
    await retireKey(tx, key, at);
  }
  for (const wrap of await tx.wrapsOf(memberId)) await tx.removeWrap(wrap.id);
}

/** Marks a key line as removed: nothing new is sealed to it. */
export async function retireKey(tx: Writer, key: PublicKey, at: string): Promise<void> {
  await tx.saveKey({ ...key, removedAt: at });
  await tx.append(ofMember("key-removed", key.memberId, at, { keyId: key.id, kind: key.kind, version: key.version }));
}
