import { canonicalJson, type Json } from "../bytes/canonical-json.ts";
import { sha256Hex } from "../bytes/digest.ts";
import { fromUtf8, utf8 } from "../bytes/text.ts";
import { parseHeader } from "../envelope/header.ts";
import { headerStrength, type Strength } from "../envelope/strength.ts";
import type { Bytes, ChunkCipher } from "./cipher.ts";
import { damaged } from "./error.ts";
import { type OpenWith, openBytes } from "./opening.ts";
import { type SealTo, sealBytes } from "./sealing.ts";
import { platformCipher } from "./webcrypto-cipher.ts";

/** A small sealed document and its digest. */
export interface SealedDocument {
  readonly bytes: Bytes;
  /** SHA-256 of `bytes`, in hexadecimal. */
  readonly digest: string;
}

/** Canonical JSON as an age file of its own. @throws SealError as `newSealing` does. */
export async function sealJson(value: Json, to: SealTo, cipher?: ChunkCipher): Promise<SealedDocument> {
  const bytes = await sealBytes(utf8(canonicalJson(value)), to, cipher ?? (await platformCipher()));
  return { bytes, digest: await sha256Hex(bytes) };
}

/** What a document must be before it is opened. */
export interface Expected {
  /** SHA-256 in hexadecimal, from a place that whoever holds the document cannot change. Compared before opening. */
  readonly digest?: string | undefined;
  readonly strengths: readonly Strength[];
}

/**
 * Opens a document that its holder (the server) may have altered or swapped. Its plaintext is only JSON so far: the
 * caller parses it strictly.
 * @throws SealError `damaged` when the digest differs, its header's strength is not one of those allowed, or it is no
 *   JSON; else as `openHeader`.
 */
export async function openJson(sealed: Uint8Array, keys: OpenWith, expected: Expected): Promise<Json> {
  const bytes = new Uint8Array(sealed);
  if (expected.digest !== undefined && (await sha256Hex(bytes)) !== expected.digest) {
    throw damaged("it is not the one whose digest was recorded");
  }
  const plain = await openBytes(bytes, keys, await platformCipher());
  const header = parseHeader(bytes);
  if (header === null || !expected.strengths.includes(headerStrength(header))) {
    throw damaged("it is not sealed in the way that was agreed");
  }
  try {
    return JSON.parse(fromUtf8(plain)) as Json;
  } catch (cause) {
    throw damaged("its content is not what it should be", cause);
  }
}
