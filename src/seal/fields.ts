import type { Json } from "../bytes/canonical-json.ts";
import { damaged } from "./error.ts";

export type Fields = { readonly [key: string]: Json };

/** Readers for opened JSON: sealed by somebody else, so every field is checked. All throw SealError `damaged`. */
export function fieldsOf(value: Json | undefined, allowed: readonly string[]): Fields {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw malformed();
  const fields = value as Fields;
  if (Object.keys(fields).some((key) => !allowed.includes(key))) throw malformed();
  return fields;
}

export function version1(fields: Fields): void {
  if (fields.version !== 1) throw damaged("it is of a version that this program does not know");
}

export function textOf(value: Json | undefined, pattern: RegExp): string {
  if (typeof value !== "string" || !value.isWellFormed() || !pattern.test(value)) throw malformed();
  return value;
}

export function sizeOf(value: Json | undefined): number {
  if (typeof value !== "number" || !Number.isSafeInteger(value) || value < 0) throw malformed();
  return value;
}

export function listOf<T>(value: Json | undefined, read: (each: Json) => T): readonly T[] {
  if (!Array.isArray(value)) throw malformed();
  return (value as readonly Json[]).map(read);
}

export function textsOf(value: Json | undefined, pattern: RegExp): Readonly<Record<string, string>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw malformed();
  const entries = Object.entries(value).map(([key, each]) => [key, textOf(each, pattern)] as const);
  return Object.freeze(Object.assign(Object.create(null), Object.fromEntries(entries)));
}

export function malformed(): Error {
  return damaged("its content is not what it should be");
}

/** A transfer's reference. */
export const REFERENCE = /^[A-Z0-9-]{1,40}$/;
/** The text of a post-quantum identity. Whether its letters are right is found when it is used. */
export const PQ_IDENTITY = /^AGE-SECRET-KEY-PQ-1[02-9AC-HJ-NP-Z]{58}$/;
/** 32 bytes as unpadded URL-safe base64. */
export const TOKEN = /^[A-Za-z0-9_-]{43}$/;
/** SHA-256 in lower-case hexadecimal. */
export const DIGEST = /^[0-9a-f]{64}$/;
