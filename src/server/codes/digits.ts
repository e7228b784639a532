import { randomBytes } from "../../bytes/random.ts";

const DIGITS = 8;
const SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const SYMBOL_COUNT = 8;

/** Eight decimal digits, each equally likely: 26 bits, of which a guesser gets five in a quarter of an hour. */
export function newDigits(): string {
  let digits = "";
  while (digits.length < DIGITS) {
    for (const byte of randomBytes(DIGITS)) if (byte < 250 && digits.length < DIGITS) digits += String(byte % 10);
  }
  return digits;
}

/** What somebody typed, as eight digits: spaces and hyphens are left out. Null when it is none. */
export function parseDigits(typed: string): string | null {
  const bare = typed.replaceAll(/[\s‐-―-]/g, "");
  return /^\d{8}$/.test(bare) ? bare : null;
}

/** 12345678 as people read it: 1234 5678. Also for symbols. */
export function inHalves(code: string): string {
  return `${code.slice(0, code.length / 2)} ${code.slice(code.length / 2)}`;
}

/** Eight Crockford base32 symbols: 40 bits. */
export function newSymbols(): string {
  return Array.from(randomBytes(SYMBOL_COUNT), (byte) => SYMBOLS.charAt(byte & 31)).join("");
}

/** What somebody typed, as eight symbols: any case, without spaces and hyphens; O reads as 0, I and L as 1. Null when it is none. */
export function parseSymbols(typed: string): string | null {
  const bare = typed
    .toUpperCase()
    .replaceAll(/[\s‐-―-]/g, "")
    .replaceAll("O", "0")
    .replaceAll(/[IL]/g, "1");
  return bare.length === SYMBOL_COUNT && [...bare].every((symbol) => SYMBOLS.includes(symbol)) ? bare : null;
}
