import type { NonceAnswer, ReceivingView } from "../domain/wire/receiving.ts";
import type { SendingView, SigningOptions, UploadAnswer } from "../domain/wire/sending.ts";
import { flag, list, oneOf, orNull, record, type Shape, size, text } from "./shape.ts";

export const transferState = oneOf(
  "draft",
  "requested",
  "approved",
  "released",
  "closed",
  "refused",
  "recalled",
  "expired",
);
export const recipientState = oneOf(
  "named",
  "released",
  "arrived",
  "opened",
  "received",
  "paused",
  "misdirected",
  "dropped",
  "recalled",
  "expired",
  "closed",
);
const access = oneOf("account", "words");
export const keyLine = record({
  id: text,
  address: text,
  kind: oneOf("main", "device"),
  version: size,
  recipient: text,
});

/** GET /api/transfers/:ref */
export const sendingView: Shape<SendingView> = record({
  reference: text,
  state: transferState,
  organisation: text,
  carried: (value, at) => flag(value ?? false, at), // an earlier server says nothing of it
  senderKeys: list(keyLine),
  standIn: (value, at) => orNull(record({ name: text, address: text }))(value ?? null, at), // an earlier server says nothing of it
  recipients: list(record({ id: text, name: text, address: text, access, keys: list(keyLine), state: recipientState })),
  senderGrant: orNull(text),
  upload: orNull(record({ url: text, offset: size, size })),
  sealed: orNull(record({ content: text, items: size, bytes: size, bodySize: size })),
  expiresAt: text,
  bodyLimit: size,
});

/** POST /api/transfers/:ref/upload */
export const uploadAnswer: Shape<UploadAnswer> = record({ url: text });

/** POST /api/transfers/:ref/sign/options */
export const signingOptions: Shape<SigningOptions> = record({
  waybill: text,
  nonce: text,
  rpId: text,
  signer: text,
  credentials: list(record({ id: text, transports: list(text) })),
});

/** GET /api/r/:id */
export const receivingView: Shape<ReceivingView> = record({
  id: text,
  reference: text,
  transferState,
  state: recipientState,
  organisation: text,
  rpId: text,
  sender: record({ name: text, address: text }),
  recipient: record({ name: text, address: text, team: flag }),
  access,
  expiresAt: text,
  waybillDigest: text,
  waybill: orNull(text),
  grant: orNull(text),
  tokenHash: orNull(text),
  arrivalKey: orNull(text),
  bodySize: size,
  mustVerify: flag,
  handling: list(text),
});

/** POST /api/r/:id/nonce */
export const nonceAnswer: Shape<NonceAnswer> = record({ nonce: text });
