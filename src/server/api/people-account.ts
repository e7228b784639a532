import { Type } from "typebox";
import type { Credential, Member } from "../../domain/member.ts";
import type { Writer } from "../../domain/records.ts";
import type { PasskeySignature } from "../../domain/wire/sending.ts";
import { AGREED } from "../../evidence/enrolment-signature.ts";
import { ServerError } from "../error.ts";
import { type MemberVisit, type Row, row } from "../gate/row.ts";
import { postKeyMail } from "../key-offers/key-mail.ts";
import type { Parts } from "../parts.ts";
import {
  base64Url,
  newPasskeyBody,
  nonceBody,
  passkeySignatureBody,
  recipientBody,
  wrapsBody,
} from "../passkeys/bodies.ts";
import { enrolOptions, newMainKey, nonceOwner, now, ofMember, passkeyAdded, retireKey } from "../passkeys/enrolment.ts";
import { agreementOf, type EnrolmentProof, enrolmentProof } from "../passkeys/enrolment-proof.ts";
import { myKeysOf } from "../passkeys/my-keys.ts";
import { verifyNewPasskey } from "../passkeys/new-passkey.ts";
import { takeNonce } from "../passkeys/nonce.ts";
import { type EnrolRole, enrolStatement, textDigest } from "../passkeys/statements.ts";
import { verifyPasskeyStatement } from "../passkeys/verify-passkey.ts";
import { refuseLockedOut, wrapsOf } from "../passkeys/ways-in.ts";

const RATES = [{ times: 60, seconds: 600, by: "caller" }] as const;
const signed = { nonce: nonceBody, by: passkeySignatureBody, wraps: wrapsBody };
const credentialId = base64Url(1400);

/**
 * A member's own ways in. A session alone changes none of them: each change is signed by a passkey that is there already, for
 * exactly what is enrolled.
 */
export const accountApiRows: readonly Row[] = [
  row({
    method: "GET",
    path: "/api/account/keys",
    who: "member",
    handle: ({ parts, member }) => myKeysOf(parts, member),
  }),
  row({
    method: "POST",
    path: "/api/account/options",
    who: "member",
    body: Type.Object({}),
    rates: RATES,
    handle: ({ parts, member, organisation }) => enrolOptions(parts, member, organisation.name),
  }),
  row({
    method: "POST",
    path: "/api/account/passkeys",
    who: "member",
    body: Type.Object({ ...signed, passkey: newPasskeyBody }),
    rates: RATES,
    handle: async ({ parts, member }, body) => {
      await takeNonce(parts, body.nonce, nonceOwner(member.id));
      const current = (await parts.records.read.keysOf(member.id)).find(({ kind }) => kind === "main");
      const digest = await textDigest(current?.recipient ?? "");
      const first = enrolStatement(parts, { digest, role: "member", signer: member.address, nonce: body.nonce });
      const credential = await verifyNewPasskey(parts, member, body.nonce, body.passkey, first);
      const about = await textDigest(credential.publicKey);
      await parts.records.write(async (tx) => {
        const agreed = await signerOf(tx, parts, member, "passkey", about, body, { answer: AGREED });
        await tx.saveCredential(agreed.passkey);
        await tx.saveCredential(credential);
        await saveWraps(tx, member, body.wraps, [credential.id], credential.createdAt);
        const proof = enrolmentProof(first, body.passkey.signature, credential);
        await tx.append(await passkeyAdded(credential, digest, proof, agreementOf(agreed.proof)));
        await postKeyMail(tx, parts, member, "added");
      });
      return {};
    },
  }),
  row({
    method: "POST",
    path: "/api/account/passkeys/wraps",
    who: "member",
    body: Type.Object({ ...signed, credentialId }),
    rates: RATES,
    handle: async ({ parts, member }, body) => {
      await takeNonce(parts, body.nonce, nonceOwner(member.id));
      const about = await textDigest(body.credentialId);
      await parts.records.write(async (tx) => {
        await tx.saveCredential((await signerOf(tx, parts, member, "passkey", about, body)).passkey);
        const credential = await ownCredential(tx, member, body.credentialId);
        await removeWraps(tx, member, (wrap) => wrap.credentialId === credential.id);
        await saveWraps(tx, member, body.wraps, [credential.id], now(parts));
        await tx.saveCredential({ ...(await ownCredential(tx, member, credential.id)), prf: true });
        await tx.append(ofMember("passkey-changed", member.id, now(parts), { credentialId: credential.id }));
      });
      return {};
    },
  }),
  row({
    method: "POST",
    path: "/api/account/passkeys/remove",
    who: "member",
    body: Type.Object({ ...signed, credentialId, recipient: recipientBody }),
    rates: RATES,
    handle: async (visit, body) => {
      await takeNonce(visit.parts, body.nonce, nonceOwner(visit.member.id));
      await visit.parts.records.write((tx) => rotate(tx, visit, body));
      return {};
    },
  }),
  row({
    method: "POST",
    path: "/api/account/recovery",
    who: "member",
    body: Type.Object(signed),
    rates: RATES,
    handle: async ({ parts, member }, body) => {
      await takeNonce(parts, body.nonce, nonceOwner(member.id));
      const about = await textDigest(body.wraps[0]?.signIn ?? "");
      await parts.records.write(async (tx) => {
        await tx.saveCredential((await signerOf(tx, parts, member, "recovery-code", about, body)).passkey);
        const current = (await tx.keysOf(member.id)).find(({ kind }) => kind === "main");
        const covers = body.wraps.some(({ keyId }) => keyId === current?.id);
        const oneCode = body.wraps.every(({ signIn }) => signIn !== null && signIn === body.wraps[0]?.signIn);
        if (!covers || !oneCode) throw doesNotFit();
        await removeWraps(tx, member, ({ kind }) => kind === "recovery-code");
        await saveWraps(tx, member, body.wraps, [], now(parts));
        await tx.append(ofMember("recovery-code-made", member.id, now(parts)));
      });
      return {};
    },
  }),
];

interface Signed {
  readonly nonce: string;
  readonly by: PasskeySignature;
  readonly wraps: Parameters<typeof wrapsOf>[0];
}

/** The lost passkey goes, and with it the key pair: new line, earlier line removed, new recovery code. */
async function rotate(
  tx: Writer,
  { parts, member }: MemberVisit,
  body: Signed & { readonly credentialId: string; readonly recipient: string },
): Promise<void> {
  const at = now(parts);
  const lost = await ownCredential(tx, member, body.credentialId);
  const digest = await textDigest(body.recipient);
  const { passkey: signer, proof } = await signerOf(tx, parts, member, "member", digest, body);
  if (signer.id === lost.id) throw doesNotFit(); // at least one passkey remains: the one that signs
  await tx.saveCredential(signer);
  await tx.saveCredential({ ...lost, removedAt: at });
  await tx.append(ofMember("passkey-removed", member.id, at, { credentialId: lost.id }));
  const all = (await tx.keyLog()).filter((key) => key.memberId === member.id);
  const key = newMainKey(member.id, all, body.recipient, at);
  for (const old of all) if (old.kind === "main" && old.removedAt === null) await retireKey(tx, old, at);
  await tx.saveKey(key);
  const detail = {
    keyId: key.id,
    version: key.version,
    digest,
    address: member.address,
    ...proof,
  };
  await tx.append(ofMember("key-published", member.id, at, detail));
  await postKeyMail(tx, parts, member, "added");
  const scope = { memberId: member.id, newKey: key, keys: all, credentialIds: [signer.id], at };
  const wraps = wrapsOf(body.wraps, scope);
  refuseLockedOut(wraps, key.id);
  // Other passkeys keep the earlier keys, which still open what was sealed to them; the lost one keeps nothing.
  await removeWraps(tx, member, ({ kind, credentialId: of }) => kind !== "passkey" || of === lost.id);
  for (const wrap of wraps) await tx.saveWrap(wrap);
  await tx.append(ofMember("recovery-code-made", member.id, at));
}

async function signerOf(
  tx: Writer,
  parts: Parts,
  member: Member,
  role: EnrolRole,
  digest: string,
  { nonce, by }: Signed,
  answered: { readonly answer?: typeof AGREED } = {},
): Promise<{ readonly passkey: Credential; readonly proof: EnrolmentProof }> {
  const statement = enrolStatement(parts, { digest, role, signer: member.address, nonce, ...answered });
  const passkey = await verifyPasskeyStatement(parts, statement, by, await tx.credentialsOf(member.id));
  return { passkey, proof: enrolmentProof(statement, by, passkey) };
}

async function ownCredential(tx: Writer, member: Member, id: string): Promise<Credential> {
  const found = (await tx.credentialsOf(member.id)).find((each) => each.id === id);
  if (found) return found;
  throw new ServerError({ code: "no-such-page", message: "You have no such passkey. Nothing was changed." });
}

async function saveWraps(
  tx: Writer,
  member: Member,
  given: Signed["wraps"],
  credentialIds: readonly string[],
  at: string,
): Promise<void> {
  const keys = (await tx.keyLog()).filter((key) => key.memberId === member.id);
  for (const wrap of wrapsOf(given, { memberId: member.id, newKey: null, keys, credentialIds, at })) {
    await tx.saveWrap(wrap);
  }
}

async function removeWraps(
  tx: Writer,
  member: Member,
  which: (wrap: { readonly kind: string; readonly credentialId: string | null }) => boolean,
): Promise<void> {
  for (const wrap of await tx.wrapsOf(member.id)) if (which(wrap)) await tx.removeWrap(wrap.id);
}

function doesNotFit(): ServerError {
  const message = "What your browser sent does not fit together. Nothing was changed: load the page again.";
  return new ServerError({ code: "bad-request", message });
}
