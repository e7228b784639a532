const NAMES = new Intl.DisplayNames(["en-GB"], { type: "region", fallback: "none" });
/** Codes that CLDR names and that are no country: groupings, exceptional reservations and tests. */
const NOT_COUNTRIES = ["AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"];

/** The English name of a country of ISO 3166-1 by its two letters; null for anything else, also for a code that was given up. */
export function nameOfCountry(code: string): string | null {
  if (!/^[A-Z]{2}$/.test(code) || NOT_COUNTRIES.includes(code)) return null;
  // A code that was given up stands for another one now.
  const current = Intl.getCanonicalLocales(`und-${code}`)[0] === `und-${code}`;
  return current ? (NAMES.of(code) ?? null) : null;
}
