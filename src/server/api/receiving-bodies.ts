import { Type } from "typebox";
import { base64Url, deviceSignatureBody, nonceBody, passkeySignatureBody } from "../passkeys/bodies.ts";

const token = base64Url(64);

// Members beyond the named ones are ignored. `additionalProperties: false` would make the validator remove them while it tries one kind of
// signature, and so break the next.
const signature = Type.Union([
  Type.Object({ arrivalKey: base64Url(256), signature: base64Url(256) }),
  Type.Object({ passkey: passkeySignatureBody }),
  Type.Object({ device: deviceSignatureBody }),
]);

/** What a receiving client sends, as `domain/wire/receiving.ts` has it, with a bound on every length. */
export const arriveBody = Type.Object({ nonce: nonceBody, reader: Type.String({ maxLength: 100 }), by: signature });
export const openedBody = Type.Object({ token });
export const receiptBody = Type.Object({
  ...{ nonce: nonceBody, token, by: signature },
  signsToken: Type.Optional(Type.Boolean()),
  handling: Type.Optional(Type.String({ maxLength: 4000 })),
});
export const problemBody = Type.Object({
  kind: Type.Union([Type.Literal("missing"), Type.Literal("damaged"), Type.Literal("other")]),
  detail: Type.String({ maxLength: 1000 }),
});
