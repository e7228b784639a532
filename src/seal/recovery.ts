import { concat, equal } from "../bytes/concat.ts";
import { sha256 } from "../bytes/digest.ts";
import { randomBytes } from "../bytes/random.ts";
import { utf8 } from "../bytes/text.ts";
import type { Bytes } from "./cipher.ts";
import { SealError } from "./error.ts";
import { deriveSecret, identityFromSecret } from "./keys.ts";

/** Crockford's base32: no I, L, O or U. */
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const SYMBOLS = 28;
const GROUP = 4;

/** What a recovery code gives: two unrelated secrets, so that the one which signs in cannot open anything. */
export interface RecoveryKeys {
  /** 32-byte Ed25519 seed: the server knows its public key. */
  readonly signIn: Bytes;
  /** Post-quantum age identity that the member's key bundle is sealed to. */
  readonly identity: string;
}

/** A new recovery code: 128 random bits and 12 bits of check, as seven groups of four. It is never sent anywhere. */
export async function generateRecoveryCode(): Promise<string> {
  return writeCode(randomBytes(16));
}

/**
 * The keys of a recovery code as somebody typed it: any case, spaces and hyphens anywhere, O for 0, I or L for 1.
 * @throws SealError `bad-input` when a symbol is missing or wrong; nothing was tried with it.
 */
export async function recoveryKeys(typed: string): Promise<RecoveryKeys> {
  const secret = await readCode(typed);
  return {
    signIn: deriveSecret(secret, "waybill/v1/recovery/sign-in"),
    identity: identityFromSecret(secret, "waybill/v1/recovery/seal"),
  };
}

async function writeCode(secret: Bytes): Promise<string> {
  const bits = concat([secret, await check(secret)]);
  let value = 0n;
  for (const byte of bits) value = (value << 8n) | BigInt(byte);
  value >>= 4n; // 144 bits to 140: the last half byte of the check is not written
  const symbols = Array.from({ length: SYMBOLS }, (_, at) => {
    return ALPHABET[Number((value >> BigInt(5 * (SYMBOLS - 1 - at))) & 31n)] ?? "";
  });
  const groups: string[] = [];
  for (let at = 0; at < SYMBOLS; at += GROUP) groups.push(symbols.slice(at, at + GROUP).join(""));
  return groups.join("-");
}

async function readCode(typed: string): Promise<Bytes> {
  const text = typed
    .normalize("NFKC")
    .toUpperCase()
    .replace(/[\s\p{Pd}]/gu, "")
    .replaceAll("O", "0")
    .replace(/[IL]/g, "1");
  const digits = [...text].map((symbol) => ALPHABET.indexOf(symbol));
  if (digits.length !== SYMBOLS) throw wrong(`it has ${digits.length} letters and digits, not ${SYMBOLS}`);
  if (digits.some((digit) => digit < 0)) throw wrong("it has a sign in it that no code has");
  let value = digits.reduce((sum, digit) => (sum << 5n) | BigInt(digit), 0n) << 4n;
  const bits = new Uint8Array(18);
  for (let at = 17; at >= 0; at--, value >>= 8n) bits[at] = Number(value & 255n);
  const secret = bits.slice(0, 16);
  const expected = await check(secret);
  expected[1] = (expected[1] ?? 0) & 0xf0;
  if (!equal(bits.subarray(16), expected)) throw wrong("a letter or digit of it is wrong");
  return secret;
}

/** The first two bytes of a digest of the code; 12 bits of them are written. */
async function check(secret: Bytes): Promise<Bytes> {
  return (await sha256(concat([utf8("waybill/v1/recovery/check"), secret]))).slice(0, 2);
}

function wrong(what: string): SealError {
  return new SealError({
    code: "bad-input",
    message: `This is not a recovery code: ${what}. Compare it with your copy.`,
  });
}
