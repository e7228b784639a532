import { Decrypter } from "age-encryption";
import { concat } from "../bytes/concat.ts";
import { EnvelopeError } from "../envelope/error.ts";
import { type Header, parseHeader } from "../envelope/header.ts";
import { NONCE_SIZE } from "../envelope/sizes.ts";
import { scryptLogN } from "../envelope/strength.ts";
import type { Bytes, ChunkCipher } from "./cipher.ts";
import { damaged, SealError } from "./error.ts";
import type { Sealing } from "./sealing.ts";
import { collect, once, openPayload, payloadKey } from "./stream.ts";

/** What we open with. The work factors bound what scrypt may cost us: whoever made the file chose it. */
export interface OpenWith {
  readonly identities?: readonly string[];
  readonly passphrase?: string;
  /** The file's own key, 16 bytes: opens this one file. */
  readonly fileKey?: Bytes;
  /** Least and greatest scrypt work factor accepted; up to 20, which takes 1 GiB, where it is not given. */
  readonly logN?: readonly [number, number];
}

/** Work factors of what comes through a server: six generated words are not sealed with more, nor with much less. */
export const TRANSFER_LOG_N = [15, 18] as const;
const LOCAL_LOG_N = [1, 20] as const;

/**
 * Opens a header whose bytes someone else controls: unseals the file key and checks the MAC over every byte.
 * A header whose sealed file key was altered cannot be told from one sealed to another key: where that matters, compare
 * the file with a digest first, as `openGrant` and `openManifest` do.
 * @throws SealError `damaged`, `no-access`, `wrong-secret`, `too-costly`, or `bad-key` for a malformed identity of ours.
 */
export async function openHeader(bytes: Bytes, header: Header, keys: OpenWith): Promise<Bytes> {
  const logN = scryptLogN(header);
  const decrypter = new Decrypter();
  let unmatched = false;
  const { fileKey } = keys;
  if (fileKey !== undefined) decrypter.addIdentity({ unwrapFileKey: () => fileKey });
  else if (logN === null) addIdentities(decrypter, keys.identities ?? []);
  else addPassphrase(decrypter, logN, keys);
  // Asked after all others, and only when none of them has the file key: what is thrown otherwise is damage.
  decrypter.addIdentity({
    unwrapFileKey() {
      unmatched = true;
      return null;
    },
  });
  try {
    return new Uint8Array(await decrypter.decryptHeader(bytes.subarray(0, header.length)));
  } catch (cause) {
    if (!unmatched) throw damaged("its header was altered", cause);
    if (logN !== null) throw new SealError({ code: "wrong-secret", message: "These are not the right words.", cause });
    throw new SealError({ code: "no-access", message: "It is not sealed to this key.", cause });
  }
}

/** What `readHeader` gives: the parsed header, its bytes and the payload nonce, and the stream from there on. */
export interface Started {
  readonly header: Header;
  /** Header and payload nonce. */
  readonly prefix: Bytes;
  readonly rest: AsyncIterable<Uint8Array>;
}

/** Reads header and nonce from the start of a sealed stream. @throws SealError `damaged`. */
export async function readHeader(source: AsyncIterable<Uint8Array>): Promise<Started> {
  const iterator = source[Symbol.asyncIterator]();
  let bytes = new Uint8Array(0);
  for (;;) {
    const header = parse(bytes);
    const end = (header?.length ?? Number.POSITIVE_INFINITY) + NONCE_SIZE;
    if (header !== null && bytes.length >= end) {
      return { header, prefix: bytes.slice(0, end), rest: resume(bytes.subarray(end), iterator) };
    }
    const next = await iterator.next();
    if (next.done === true) throw damaged("it was cut off at its beginning");
    bytes = concat([bytes, next.value]);
  }
}

/** Opens header and nonce that `readHeader` gave: enough to open the payload, or to seal it again for resuming. */
export async function openSealing(started: Pick<Started, "header" | "prefix">, keys: OpenWith): Promise<Sealing> {
  const { header, prefix } = started;
  const fileKey = await openHeader(prefix, header, keys);
  return { header: prefix.slice(0, header.length), fileKey, nonce: prefix.slice(header.length) };
}

/** Opens a whole age file as a stream; see `openPayload` for what holds while it runs. @throws SealError */
export async function* openFile(
  source: AsyncIterable<Uint8Array>,
  keys: OpenWith,
  cipher: ChunkCipher,
): AsyncGenerator<Bytes> {
  const started = await readHeader(source);
  const { fileKey, nonce } = await openSealing(started, keys);
  yield* openPayload(started.rest, payloadKey(fileKey, nonce), cipher);
}

/** Opens a small age file in memory. @throws SealError */
export async function openBytes(sealed: Uint8Array, keys: OpenWith, cipher: ChunkCipher): Promise<Bytes> {
  return collect(openFile(once(sealed), keys, cipher));
}

function parse(bytes: Uint8Array): Header | null {
  try {
    return parseHeader(bytes);
  } catch (cause) {
    if (cause instanceof EnvelopeError) throw damaged("it does not begin as a sealed file does", cause);
    throw cause;
  }
}

async function* resume(first: Uint8Array, iterator: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    if (first.length > 0) yield first;
    for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) yield next.value;
  } finally {
    await iterator.return?.();
  }
}

function addIdentities(decrypter: Decrypter, identities: readonly string[]): void {
  for (const identity of identities) {
    try {
      decrypter.addIdentity(identity);
    } catch {
      throw new SealError({ code: "bad-key", message: "This is not an age secret key, or a letter of it is wrong." });
    }
  }
}

function addPassphrase(decrypter: Decrypter, logN: number, keys: OpenWith): void {
  if (keys.passphrase === undefined) {
    throw new SealError({ code: "no-access", message: "It is sealed to words or a passphrase, not to a key." });
  }
  if (logN === Number.POSITIVE_INFINITY) throw damaged("its scrypt recipient is malformed");
  const [least, greatest] = keys.logN ?? LOCAL_LOG_N;
  if (logN < least || logN > greatest) {
    const message = `Its work factor is ${logN}; from ${least} to ${greatest} is accepted. Nothing was tried.`;
    throw new SealError({ code: "too-costly", message });
  }
  decrypter.addPassphrase(keys.passphrase);
}
