import type {
  EnrolOptions,
  FoundDevice,
  KeyLogAnswer,
  KeyProofsAnswer,
  MyKeys,
  NextAnswer,
  OwnKeysAnswer,
  RecoveryAnswer,
  SignInOptions,
} from "../../domain/wire/people.ts";
import { absent, flag, list, oneOf, orNull, plainMembers, record, type Shape, size, text, time } from "../shape.ts";

const myKey = record({ id: text, version: size, recipient: text });
const myWrap = record({
  keyId: text,
  kind: oneOf("passkey", "recovery-code", "passphrase"),
  credentialId: orNull(text),
  sealed: text,
});

export const enrolOptions: Shape<EnrolOptions> = record({
  nonce: text,
  rpId: text,
  organisation: text,
  user: record({ id: text, address: text, name: text }),
  exclude: list(text),
});
export const nextAnswer: Shape<NextAnswer> = record({ next: text });
export const signInOptions: Shape<SignInOptions> = record({ nonce: text, rpId: text });
export const myKeys: Shape<MyKeys> = record({
  address: text,
  rpId: text,
  credentials: list(record({ id: text, transports: list(text), prf: flag, name: text })),
  keys: list(myKey),
  wraps: list(myWrap),
});
export const recoveryAnswer: Shape<RecoveryAnswer> = record({
  options: enrolOptions,
  keys: list(myKey),
  wraps: list(myWrap),
});
export const foundDevice: Shape<FoundDevice> = record({ id: text, name: text, recipient: text, signing: text });
const keyEvent = record({
  seq: size,
  salt: text,
  kind: text,
  at: time,
  actor: record({ kind: text, id: text }),
  reference: absent,
  recipientId: absent,
  detail: plainMembers,
});
const keyLogLine = record({
  id: text,
  address: text,
  kind: oneOf("main", "device"),
  version: size,
  recipient: text,
  signing: orNull(text),
  createdAt: time,
  removedAt: orNull(time),
});
/** POST /api/keys/proofs */
export const keyProofsAnswer: Shape<KeyProofsAnswer> = record({
  key: text,
  head: text,
  consistency: list(text),
  proofs: list(record({ id: text, event: keyEvent, proof: text })),
});
/** POST /api/keys/own */
export const ownKeysAnswer: Shape<OwnKeysAnswer> = record({
  address: text,
  key: text,
  head: text,
  consistency: list(text),
  lines: list(keyLogLine),
  passkeys: list(record({ id: text, publicKey: text })),
  proofs: list(record({ event: keyEvent, proof: text })),
});
/** GET /api/keys */
export const keyLogAnswer: Shape<KeyLogAnswer> = record({
  lines: list(keyLogLine),
  recovery: list(
    record({
      id: text,
      version: size,
      recipient: text,
      enrolledBy: list(text),
      enrolledAt: time,
      removedAt: orNull(time),
    }),
  ),
});
