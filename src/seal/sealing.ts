import { Encrypter, type Recipient } from "age-encryption";
import { randomBytes } from "../bytes/random.ts";
import { MAX_HEADER_LENGTH } from "../envelope/header.ts";
import { NONCE_SIZE, TAG_SIZE } from "../envelope/sizes.ts";
import type { Bytes, ChunkCipher } from "./cipher.ts";
import { SealError } from "./error.ts";
import { recipientStrength } from "./keys.ts";
import { scryptRecipient } from "./scrypt-recipient.ts";
import { collect, once, payloadKey, sealPayload } from "./stream.ts";

/** scrypt work factor for six generated words (77 bits): phones must manage. */
export const WORDS_LOG_N = 16;
/** scrypt work factor for a passphrase that a person chose. */
export const PASSPHRASE_LOG_N = 18;

/** Whom a file is sealed to: one or more `age1…` keys of one strength, or a passphrase. */
export type SealTo =
  | { readonly recipients: readonly string[] }
  | { readonly passphrase: string; readonly logN: number };

/** What one file is sealed with. `fileKey` and `nonce` decide the payload's bytes; both are secret until it is sent. */
export interface Sealing {
  /** The age header, MAC line included. */
  readonly header: Bytes;
  /** 16 bytes. */
  readonly fileKey: Bytes;
  /** 16 bytes, written after the header. */
  readonly nonce: Bytes;
}

/**
 * A new file key, sealed in a new header.
 * @throws SealError `bad-key`, `mixed-strength` when post-quantum and classic keys are mixed (the file would be as weak as
 *   the weakest), `bad-input` for no recipient, too many, or an empty passphrase.
 */
export async function newSealing(to: SealTo): Promise<Sealing> {
  let fileKey: Bytes | undefined;
  const encrypter = new Encrypter();
  encrypter.addRecipient({
    wrapFileKey(given) {
      fileKey = new Uint8Array(given);
      return [];
    },
  });
  for (const recipient of typageRecipients(to)) addRecipient(encrypter, recipient);
  const file = await encrypter.encrypt(new Uint8Array(0));
  const header = new Uint8Array(file.subarray(0, file.length - NONCE_SIZE - TAG_SIZE));
  if (fileKey === undefined) throw new Error("typage made a header without calling every recipient");
  if (header.length > MAX_HEADER_LENGTH) throw new SealError({ code: "bad-input", message: "Too many recipients." });
  return { header, fileKey, nonce: randomBytes(NONCE_SIZE) };
}

/** A whole age file from a stream, in parts of any size: header, nonce, payload. */
export async function* sealFile(
  plain: AsyncIterable<Uint8Array>,
  sealing: Sealing,
  cipher: ChunkCipher,
): AsyncGenerator<Bytes> {
  yield sealing.header;
  yield sealing.nonce;
  yield* sealPayload(plain, payloadKey(sealing.fileKey, sealing.nonce), cipher);
}

/** A small age file in memory. */
export async function sealBytes(plain: Uint8Array, to: SealTo, cipher: ChunkCipher): Promise<Bytes> {
  return collect(sealFile(once(plain), await newSealing(to), cipher));
}

function typageRecipients(to: SealTo): readonly (string | Recipient)[] {
  if ("passphrase" in to) {
    if (to.passphrase === "") throw new SealError({ code: "bad-input", message: "The passphrase is empty." });
    return [scryptRecipient(to.passphrase, to.logN)];
  }
  const strengths = new Set(to.recipients.map(recipientStrength));
  if (strengths.size === 0) throw new SealError({ code: "bad-input", message: "There is no recipient to seal to." });
  if (strengths.size > 1) {
    const message =
      "Post-quantum (age1pq1…) and classic keys cannot be mixed: the file would be as weak as the weakest.";
    throw new SealError({ code: "mixed-strength", message });
  }
  return [...new Set(to.recipients)];
}

function addRecipient(encrypter: Encrypter, recipient: string | Recipient): void {
  try {
    encrypter.addRecipient(recipient);
  } catch {
    const message = `This public key has a mistake in it: ${String(recipient).slice(0, 24)}…`;
    throw new SealError({ code: "bad-key", message });
  }
}
