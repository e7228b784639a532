import { toBase64Url } from "../bytes/base64.ts";
import { utf8 } from "../bytes/text.ts";
import type { Credential, Member } from "../domain/member.ts";
import type { PasskeyRegistration } from "../domain/wire/people.ts";
import type { PasskeySignature } from "../domain/wire/sending.ts";
import { type Statement, statementChallenge } from "../log/statement.ts";
import { passkeyAdded } from "../server/passkeys/enrolment.ts";
import { enrolmentProof } from "../server/passkeys/enrolment-proof.ts";
import { verifyNewPasskey } from "../server/passkeys/new-passkey.ts";
import { newNonce } from "../server/passkeys/nonce.ts";
import { enrolStatement, textDigest } from "../server/passkeys/statements.ts";
import type { TestServer } from "./server.ts";
import { type SoftwarePasskey, softwarePasskey } from "./software-passkey.ts";

/** A member's passkey in software, known to the server as one made in a browser is. */
export interface EnrolledPasskey {
  readonly passkey: SoftwarePasskey;
  readonly credential: Credential;
  sign(statement: Statement): Promise<PasskeySignature>;
}

/** Makes a passkey and enrols it for the member, without keys. */
export async function enrolPasskey(server: TestServer, member: Member): Promise<EnrolledPasskey> {
  const passkey = softwarePasskey();
  const nonce = await newNonce(server.parts, member.id);
  const about = { role: "passkey", signer: member.address, nonce } as const;
  const registration = await register(server, passkey, member, enrolStatement(server.parts, { ...about, digest: "" }));
  const first = enrolStatement(server.parts, { ...about, role: "member", digest: await textDigest("no key") });
  const signature = await signWith(server, passkey, first, registration.id);
  const given = { registration, signature, prf: true, name: "Test passkey" };
  const credential = await verifyNewPasskey(server.parts, member, nonce, given, first);
  await server.records.write(async (tx) => {
    await tx.saveCredential(credential);
    await tx.append(await passkeyAdded(credential, first.digest, enrolmentProof(first, signature, credential)));
  });
  return { passkey, credential, sign: (statement) => signWith(server, passkey, statement, credential.id) };
}

/** A registration as a page of `server` makes it, over the statement given. */
export async function register(
  server: TestServer,
  passkey: SoftwarePasskey,
  member: Pick<Member, "id" | "address" | "name">,
  statement: Statement,
): Promise<PasskeyRegistration> {
  const made = await passkey.create(
    {
      challenge: toBase64Url(await statementChallenge(statement)),
      rp: { id: server.parts.place.rpId, name: "Waybill" },
      user: { id: toBase64Url(utf8(member.id)), name: member.address, displayName: member.name },
      pubKeyCredParams: [{ type: "public-key", alg: -7 }],
      extensions: { prf: {} },
    },
    server.url,
  );
  const { clientDataJSON, attestationObject, transports } = made.response;
  return { id: made.id, clientDataJSON, attestationObject, transports };
}

/** Signs as a page of `origin` (the server's own unless said) does. */
export async function signWith(
  server: TestServer,
  passkey: SoftwarePasskey,
  statement: Statement,
  credentialId: string,
  origin = server.url,
): Promise<PasskeySignature> {
  const signed = await passkey.get(
    {
      challenge: toBase64Url(await statementChallenge(statement)),
      rpId: new URL(origin).hostname,
      allowCredentials: [{ id: credentialId, type: "public-key" }],
    },
    origin,
  );
  const { clientDataJSON, authenticatorData, signature, userHandle } = signed.response;
  return { id: signed.id, clientDataJSON, authenticatorData, signature, userHandle };
}
