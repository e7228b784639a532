const NAMES = new Intl.DisplayNames(["en-GB"], { type: "region", fallback: "none" });
/** Codes that CLDR names and that are no country: groupings, exceptional reservations and tests. */
const NOT_COUNTRIES = ["AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"];
const LETTERS = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];

/** Every country of ISO 3166-1, alpha-2 and English name, by name. */
export const COUNTRIES: readonly { readonly code: string; readonly name: string }[] = LETTERS.flatMap((first) =>
  LETTERS.flatMap((second) => {
    const code = first + second;
    // A code that was given up stands for another one now.
    const current = Intl.getCanonicalLocales(`und-${code}`)[0] === `und-${code}`;
    const name = current && !NOT_COUNTRIES.includes(code) ? NAMES.of(code) : undefined;
    return name === undefined ? [] : [{ code, name }];
  }),
).sort((a, b) => a.name.localeCompare(b.name, "en-GB"));

/** The name of a country, or its code where it has none here. */
export function countryName(code: string): string {
  return COUNTRIES.find((each) => each.code === code)?.name ?? code;
}

/** The names of the countries that some lines are about, by code. */
export function countryNamesIn(lines: readonly { readonly country?: string | null }[]): Record<string, string> {
  return Object.fromEntries(lines.flatMap(({ country }) => (country ? [[country, countryName(country)]] : [])));
}
