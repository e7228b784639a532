import { generateSecret } from "../seal/words.ts";
import { ContainerError } from "./error.ts";
import { FORMAT_FACTS, type Format } from "./formats.ts";

/** The most that six words can have: each has nine letters at most. */
const WORDS_LENGTH = 6 * 9 + 5;
/** Small letters and digits that are not mistaken for others, also when spelt on the telephone. */
const SYMBOLS = "abcdefghjkmnpqrstuvwxyz23456789";
const GROUPS = [4, 4, 5] as const;

/**
 * A new password, from the platform's secure generator: six words (77 bits) as for a transfer, and where programs take no more than 15 characters,
 * 13 letters and digits in three groups (64 bits).
 */
export function generatePassword(format: Format): string {
  if (FORMAT_FACTS[format].passwordLimit >= WORDS_LENGTH) return generateSecret();
  for (;;) {
    const password = GROUPS.map((length) => Array.from({ length }, symbol).join("")).join("-");
    // Letters, digits and signs, as the rule asks of typed ones: one in fifty is drawn again.
    if (/[a-z]/.test(password) && /[0-9]/.test(password)) return password;
  }
}

/** Why some program could not be given this password, or takes no more: programs disagree about the bytes of other characters. Null: each takes it. */
export function untypable(password: string, format: Format): string | null {
  if (!/^[ -~]+$/.test(password) || password.trim() !== password) {
    return "Use only letters without accents, digits, spaces within, and punctuation: not every program takes others.";
  }
  const { passwordLimit, says } = FORMAT_FACTS[format];
  return password.length <= passwordLimit
    ? null
    : `It has ${password.length} characters, too long for ${says}: programs take up to ${passwordLimit} characters.`;
}

/** @throws ContainerError `bad-input` */
export function refuseUntypable(password: string, format: Format): void {
  const message = untypable(password, format);
  if (message !== null) throw new ContainerError({ code: "bad-input", message });
}

/** One symbol, without bias: bytes beyond the last whole multiple are drawn again. */
function symbol(): string {
  const limit = 256 - (256 % SYMBOLS.length);
  for (;;) {
    const [drawn = 255] = crypto.getRandomValues(new Uint8Array(1));
    if (drawn < limit) return SYMBOLS.charAt(drawn % SYMBOLS.length);
  }
}
