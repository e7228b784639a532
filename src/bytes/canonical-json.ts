import { BytesError } from "./error.ts";

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/**
 * JSON Canonicalization Scheme (RFC 8785): no white space, keys in order of their UTF-16 code units, numbers and strings
 * as ECMAScript writes them. Members whose value is `undefined` are left out.
 * @throws BytesError `not-canonical` for numbers that are not finite and strings with lone surrogates.
 */
export function canonicalJson(value: Json): string {
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "number") return canonicalNumber(value);
  if (typeof value === "string") return canonicalString(value);
  if (Array.isArray(value)) return `[${value.map((each) => canonicalJson(each)).join(",")}]`;
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([key, member]) => `${canonicalString(key)}:${canonicalJson(member)}`);
  return `{${members.join(",")}}`;
}

function canonicalNumber(value: number): string {
  if (!Number.isFinite(value))
    throw new BytesError({ code: "not-canonical", message: "Only finite numbers can be signed." });
  return JSON.stringify(value);
}

function canonicalString(value: string): string {
  if (!value.isWellFormed())
    throw new BytesError({ code: "not-canonical", message: "A text has half a character in it." });
  return JSON.stringify(value);
}
