import { nameOfCountry } from "../../domain/country-codes.ts";

const LETTERS = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];

/** Every country of ISO 3166-1, alpha-2 and English name, by name. */
export const COUNTRIES: readonly { readonly code: string; readonly name: string }[] = LETTERS.flatMap((first) =>
  LETTERS.flatMap((second) => {
    const code = first + second;
    const name = nameOfCountry(code);
    return name === null ? [] : [{ code, name }];
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
