import { Type } from "typebox";

/** Base64url of anything that fits; whoever sends the request controls it. */
export const base64Url = (maxLength: number) => Type.String({ maxLength, pattern: "^[A-Za-z0-9_-]+$" });
const longText = (maxLength: number) => Type.String({ maxLength });

export const nonceBody = base64Url(64);

/** A PasskeySignature of src/domain/wire/sending.ts. */
export const passkeySignatureBody = Type.Object({
  id: base64Url(1400),
  clientDataJSON: base64Url(4000),
  authenticatorData: base64Url(4000),
  signature: base64Url(1000),
  userHandle: Type.Union([Type.Null(), base64Url(100)]),
});

/** An Ed25519 signature by a device's key. */
export const deviceSignatureBody = Type.Object({ keyId: base64Url(64), signature: base64Url(100) });

/** A NewPasskey of src/domain/wire/people.ts. */
export const newPasskeyBody = Type.Object({
  registration: Type.Object({
    id: base64Url(1400),
    clientDataJSON: base64Url(4000),
    attestationObject: base64Url(20_000),
    transports: Type.Array(longText(20), { maxItems: 10 }),
  }),
  signature: passkeySignatureBody,
  prf: Type.Boolean(),
  name: longText(80),
});

/** The NewWraps of src/domain/wire/people.ts. A member has few keys and few ways in. */
export const wrapsBody = Type.Array(
  Type.Object({
    keyId: longText(64),
    kind: Type.Union([Type.Literal("passkey"), Type.Literal("recovery-code"), Type.Literal("passphrase")]),
    credentialId: Type.Union([Type.Null(), base64Url(1400)]),
    sealed: Type.String({ maxLength: 8000, pattern: "^[A-Za-z0-9+/]+={0,2}$" }),
    signIn: Type.Union([Type.Null(), base64Url(43)]),
  }),
  { maxItems: 200 },
);

/** An age1pq… recipient. */
export const recipientBody = Type.String({ maxLength: 3000, pattern: "^age1pq1[02-9ac-hj-np-z]+$" });
