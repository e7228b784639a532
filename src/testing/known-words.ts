import { canonicalJson } from "../bytes/canonical-json.ts";
import { randomBytes } from "../bytes/random.ts";
import { utf8 } from "../bytes/text.ts";
import { NONCE_SIZE } from "../envelope/sizes.ts";
import type { Grant } from "../seal/grants.ts";
import { newSealing, type Sealing, sealFile, WORDS_LOG_N } from "../seal/sealing.ts";
import { collect, once } from "../seal/stream.ts";
import { platformCipher } from "../seal/webcrypto-cipher.ts";
import { generateSecret } from "../seal/words.ts";

/** Six words, and a header that is sealed to them with the whole work factor. */
export interface KnownWords {
  readonly words: string;
  readonly sealing: Sealing;
}

/** So many that words of one recipient are not those of the next. */
const POOL = 2;
const made: Promise<KnownWords>[] = [];
let next = 0;

/**
 * Words for an outsider, in turn: each are made, and scrypt is run for them, once in a process. What is sealed with them opens like
 * what the sending client seals.
 */
export function knownWords(): Promise<KnownWords> {
  const at = next++ % POOL;
  made[at] ??= (async () => {
    const words = generateSecret();
    return { words, sealing: await newSealing({ passphrase: words, logN: WORDS_LOG_N }) };
  })();
  return made[at];
}

/** A recipient's grant, sealed to known words. */
export async function grantByWords(grant: Grant, { sealing }: KnownWords): Promise<Uint8Array<ArrayBuffer>> {
  const { version, reference, identity, token } = grant;
  const plain = utf8(canonicalJson({ version, reference, identity, token }));
  return collect(sealFile(once(plain), { ...sealing, nonce: randomBytes(NONCE_SIZE) }, await platformCipher()));
}
