const SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH = 8;

/**
 * A recipient's code for what is carried to them, such as `K7QX-2MPA`: 40 random bits in Crockford base32. It stands on sheets and labels, so
 * it proves only that somebody has what it came with; it opens nothing.
 * @param random gives that many secure random bytes.
 */
export function newArrivalCode(random: (length: number) => Uint8Array): string {
  const symbols = Array.from(random(LENGTH), (byte) => SYMBOLS.charAt(byte & 31)).join("");
  return `${symbols.slice(0, 4)}-${symbols.slice(4)}`;
}

/** What a person typed, as the canonical code: any case, spaces and hyphens read past, O as 0, I and L as 1; null for what is none. */
export function parseArrivalCode(typed: string): string | null {
  const symbols = typed
    .toUpperCase()
    .replaceAll(/[\s–—-]/g, "")
    .replaceAll("O", "0")
    .replaceAll(/[IL]/g, "1");
  const wellFormed = symbols.length === LENGTH && [...symbols].every((each) => SYMBOLS.includes(each));
  return wellFormed ? `${symbols.slice(0, 4)}-${symbols.slice(4)}` : null;
}
