import { DomainError } from "./error.ts";

const SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const DATA_SYMBOLS = 7;

/**
 * A new reference such as `WB-7F3K-Q2XV`: seven random Crockford base32 symbols and their mod-37 check symbol. Numbers whose
 * check is not a letter or digit are skipped. About 33 bits: unique by the store, not unguessable.
 * @param random gives that many secure random bytes.
 */
export function newReference(random: (length: number) => Uint8Array): string {
  for (;;) {
    let symbols = "";
    for (const byte of random(DATA_SYMBOLS)) symbols += SYMBOLS.charAt(byte & 31);
    const check = SYMBOLS.charAt(checkValue(symbols));
    if (check !== "") return `WB-${symbols.slice(0, 4)}-${symbols.slice(4)}${check}`;
  }
}

/**
 * What a person typed, as the canonical reference: any case, with or without `WB` and hyphens; O reads as 0, I and L as 1.
 * @throws DomainError `bad-reference` when it is not eight symbols or the check symbol does not fit.
 */
export function parseReference(typed: string): string {
  const symbols = typed
    .toUpperCase()
    .replaceAll(/[\s–—-]/g, "")
    .replaceAll("O", "0")
    .replaceAll(/[IL]/g, "1");
  // Eight symbols may begin with W and B themselves: only a longer text has the prefix.
  const bare = symbols.length > DATA_SYMBOLS + 1 ? symbols.replace(/^WB/, "") : symbols;
  const wellFormed = bare.length === DATA_SYMBOLS + 1 && [...bare].every((symbol) => SYMBOLS.includes(symbol));
  if (!wellFormed || SYMBOLS.charAt(checkValue(bare.slice(0, DATA_SYMBOLS))) !== bare.charAt(DATA_SYMBOLS)) {
    throw new DomainError({
      code: "bad-reference",
      message: "That reference is not right: one of its characters is probably mistyped. It looks like WB-7F3K-Q2XV.",
    });
  }
  return `WB-${bare.slice(0, 4)}-${bare.slice(4)}`;
}

function checkValue(symbols: string): number {
  let value = 0;
  for (const symbol of symbols) value = (value * 32 + SYMBOLS.indexOf(symbol)) % 37;
  return value;
}
