import { Type } from "typebox";
import { toBase64Url } from "../../bytes/base64.ts";
import { randomBytes, randomId } from "../../bytes/random.ts";
import { iso } from "../../domain/clock.ts";
import type { EphemeralValue } from "../../domain/ephemera.ts";
import type { PublicKey } from "../../domain/member.ts";
import type { DeviceAnswer, DevicePoll } from "../../domain/wire/people.ts";
import { deviceCode, deviceDigest, readDeviceCode } from "../../log/device-keys.ts";
import { ServerError } from "../error.ts";
import { type Row, row } from "../gate/row.ts";
import { hashOf, startSession } from "../gate/session.ts";
import { postKeyMail } from "../key-offers/key-mail.ts";
import type { Parts } from "../parts.ts";
import { base64Url, nonceBody, passkeySignatureBody, recipientBody } from "../passkeys/bodies.ts";
import { nonceOwner, now, ofMember } from "../passkeys/enrolment.ts";
import { enrolmentProof } from "../passkeys/enrolment-proof.ts";
import { newNonce, takeNonce } from "../passkeys/nonce.ts";
import { enrolStatement, signInStatement } from "../passkeys/statements.ts";
import { verifyDeviceStatement } from "../passkeys/verify-device.ts";
import { badSignature, verifyPasskeyStatement } from "../passkeys/verify-passkey.ts";

const MINUTES = 15;
const RATES = [{ times: 20, seconds: 600, by: "address" }] as const;
const OWN_RATES = [{ times: 20, seconds: 600, by: "caller" }] as const;
const POLLS = [{ times: 400, seconds: 600, by: "address" }] as const;

/**
 * Enrolling a command line: it offers its public keys and shows a code of them; a signed-in member finds them by that code,
 * compares, and signs. A waiting offer is kept twice: under the hash of its poll token, and under its id.
 */
export const deviceApiRows: readonly Row[] = [
  row({
    method: "POST",
    path: "/api/devices",
    who: "anonymous",
    body: Type.Object({
      name: Type.String({ minLength: 1, maxLength: 80 }),
      recipient: recipientBody,
      signing: base64Url(43),
    }),
    rates: RATES,
    handle: async ({ parts, reply }, { name, recipient, signing }): Promise<DeviceAnswer> => {
      const code = await deviceCode({ recipient, signing });
      const [id, pollToken] = [randomId(), toBase64Url(randomBytes(32))];
      const expires = new Date(parts.clock.now().getTime() + MINUTES * 60_000);
      const poll = hashOf(pollToken);
      const offer: EphemeralValue = { owner: id, name, recipient, signing, poll, code };
      await parts.ephemera.put("device-enrolment", `code ${code}`, offer, expires);
      await parts.ephemera.put("device-enrolment", `id ${id}`, offer, expires);
      await parts.ephemera.put("device-enrolment", `poll ${poll}`, { owner: id, keyId: "", address: "" }, expires);
      reply.status(201);
      return { id, code, pollToken, expires: iso(expires) };
    },
  }),
  row({
    method: "GET",
    path: "/api/devices/poll",
    who: "anonymous",
    rates: POLLS,
    handle: async ({ parts, request }): Promise<DevicePoll> => {
      const token = /^Bearer ([A-Za-z0-9_-]{43})$/.exec(request.headers.authorization ?? "")?.[1] ?? "";
      const waiting = await parts.ephemera.get("device-enrolment", `poll ${hashOf(token)}`, parts.clock.now());
      if (!waiting) throw over();
      if (!waiting.keyId) return { state: "pending" };
      return { state: "enrolled", keyId: String(waiting.keyId), address: String(waiting.address) };
    },
  }),
  row({
    method: "POST",
    path: "/api/account/devices/find",
    who: "member",
    body: Type.Object({ code: Type.String({ maxLength: 40 }) }),
    rates: OWN_RATES,
    handle: async ({ parts }, body) => {
      const key = `code ${readDeviceCode(body.code)}`;
      const offer = await parts.ephemera.get("device-enrolment", key, parts.clock.now());
      if (!offer) throw over();
      const { owner: id, name, recipient, signing } = offer;
      return { id, name, recipient, signing };
    },
  }),
  row({
    method: "POST",
    path: "/api/account/devices",
    who: "member",
    body: Type.Object({ id: base64Url(64), nonce: nonceBody, by: passkeySignatureBody }),
    rates: OWN_RATES,
    handle: async ({ parts, member }, { id, nonce, by }) => {
      await takeNonce(parts, nonce, nonceOwner(member.id));
      const offer = await parts.ephemera.get("device-enrolment", `id ${id}`, parts.clock.now());
      if (!offer) throw over();
      const key = deviceKeyOf(offer, member.id, now(parts));
      const digest = await deviceDigest({ recipient: key.recipient, signing: key.signing ?? "" });
      const statement = enrolStatement(parts, { digest, role: "device", signer: member.address, nonce });
      const passkeys = await parts.records.read.credentialsOf(member.id);
      const signer = await verifyPasskeyStatement(parts, statement, by, passkeys);
      // Taken only now, so that a wrong signature costs nothing, and whoever signs second finds nothing.
      if (!(await parts.ephemera.take("device-enrolment", `id ${id}`, parts.clock.now()))) throw over();
      await parts.records.write(async (tx) => {
        await tx.saveCredential(signer);
        await tx.saveKey(key);
        const { address } = member;
        const proof = enrolmentProof(statement, by, signer);
        const detail = { keyId: key.id, kind: key.kind, version: key.version, digest, address, ...proof };
        await tx.append(ofMember("key-published", member.id, key.createdAt, detail));
        await postKeyMail(tx, parts, member, "added");
      });
      await finish(parts, offer, key.id, member.address);
      return {};
    },
  }),
  row({
    method: "POST",
    path: "/api/devices/sign-in/nonce",
    who: "anonymous",
    body: Type.Object({ keyId: base64Url(64) }),
    rates: POLLS,
    handle: async ({ parts }, { keyId }) => ({
      nonce: await newNonce(parts, `device ${keyId}`),
      rpId: parts.place.rpId,
    }),
  }),
  row({
    method: "POST",
    path: "/api/devices/sign-in",
    who: "anonymous",
    body: Type.Object({ keyId: base64Url(64), nonce: nonceBody, signature: base64Url(100) }),
    rates: POLLS,
    handle: async ({ parts }, { keyId, nonce, signature }) => {
      await takeNonce(parts, nonce, `device ${keyId}`);
      const statement = signInStatement(parts, { role: "device", signer: "", nonce });
      const { read } = parts.records;
      const known = (await read.keyLog()).filter(({ id }) => id === keyId);
      const key = await verifyDeviceStatement(parts, statement, { keyId, signature }, known);
      if ((await read.member(key.memberId))?.state !== "active") throw badSignature();
      await parts.records.write((tx) =>
        tx.append(ofMember("signed-in", key.memberId, now(parts), { with: "device", keyId })),
      );
      return { token: await startSession(parts, key.memberId, keyId) };
    },
  }),
];

function deviceKeyOf(offer: EphemeralValue, memberId: string, at: string): PublicKey {
  const { name, recipient, signing } = offer;
  return {
    id: randomId(),
    memberId,
    kind: "device",
    version: 1,
    recipient: String(recipient),
    signing: String(signing),
    name: String(name),
    createdAt: at,
    removedAt: null,
  };
}

/** The command line may now learn which key it is; nobody else can enrol the same offer again. */
async function finish(parts: Parts, offer: EphemeralValue, keyId: string, address: string): Promise<void> {
  const until = new Date(parts.clock.now().getTime() + MINUTES * 60_000);
  await parts.ephemera.remove("device-enrolment", `code ${offer.code}`);
  await parts.ephemera.put("device-enrolment", `poll ${offer.poll}`, { owner: offer.owner, keyId, address }, until);
}

function over(): ServerError {
  return new ServerError({
    code: "gone",
    message: "Nothing waits here: the code is mistyped, used, or older than 15 minutes. Start the command again.",
  });
}
