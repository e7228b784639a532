import { parseAddress } from "../../domain/address.ts";
import { PolicyError } from "../error.ts";

/** Reads one value of a fact file, or refuses it by the name of its field. */
export type Reader<T> = (value: unknown, field: string) => T;

/** Longest text that a fact may be. */
const TEXT_LIMIT = 10_000;

/** The refusal of a fact. */
export function badFact(field: string, reason: string): PolicyError {
  return new PolicyError({ code: "bad-facts", field, message: `${field}: ${reason}. Nothing was decided.` });
}

/** Absent and null are "not known". */
export function optional<T>(reader: Reader<T>): Reader<T | null> {
  return (value, field) => (value === undefined || value === null ? null : reader(value, field));
}

export const boolean: Reader<boolean> = (value, field) => {
  if (typeof value !== "boolean") throw wrong(field, "true or false", value);
  return value;
};

/** A text; required ones must say something. */
export const text: Reader<string> = (value, field) => {
  if (typeof value !== "string") throw wrong(field, "a text", value);
  if (value.length > TEXT_LIMIT) throw badFact(field, `is longer than ${TEXT_LIMIT} characters`);
  if (!value.isWellFormed()) throw badFact(field, "has half a character in it");
  if (value.trim() === "") throw badFact(field, "is empty");
  return value.trim();
};

/** A text, or null for nothing but spaces: it says nothing, and meets nothing. */
export const statement: Reader<string | null> = (value, field) => {
  if (value === undefined || value === null) return null;
  return typeof value === "string" && value.trim() === "" ? null : text(value, field);
};

/** A whole number from `least` to `most`. */
export function whole(least: number, most: number = Number.MAX_SAFE_INTEGER): Reader<number> {
  return (value, field) => {
    if (typeof value !== "number" || !Number.isSafeInteger(value)) throw wrong(field, "a whole number", value);
    if (value < least || value > most) {
      const range = most === Number.MAX_SAFE_INTEGER ? `at least ${least}` : `from ${least} to ${most}`;
      throw badFact(field, `is ${value}; it must be ${range}`);
    }
    return value;
  };
}

/** One of some words, exactly. */
export function oneOf<const T extends string>(words: readonly T[], what = "known"): Reader<T> {
  return (value, field) => {
    const found = words.find((word) => word === value);
    if (found === undefined) {
      if (value === undefined || value === null) throw badFact(field, `is missing; it is one of ${words.join(", ")}`);
      const nearly = typeof value === "string" && words.find((word) => word.toLowerCase() === value.toLowerCase());
      if (nearly) throw badFact(field, `is “${value}”; write it as ${nearly}`);
      const said = typeof value === "string" ? `“${value.slice(0, 80)}”` : describe(value);
      throw badFact(field, `is ${said}, which is not ${what}; it is one of ${words.join(", ")}`);
    }
    return found;
  };
}

export const address: Reader<string> = (value, field) => {
  const typed = text(value, field);
  try {
    return parseAddress(typed);
  } catch {
    throw badFact(field, `“${typed.slice(0, 80)}” is not an email address`);
  }
};

/** A day that exists, YYYY-MM-DD. */
export const day: Reader<string> = (value, field) => {
  const typed = text(value, field);
  const at = /^\d{4}-\d{2}-\d{2}$/.test(typed) ? new Date(`${typed}T00:00:00Z`) : null;
  if (at === null || Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== typed) {
    throw badFact(field, `“${typed.slice(0, 80)}” is not a day; write it as 2027-03-31`);
  }
  return typed;
};

export function list<T>(reader: Reader<T>, least = 0, most = 10_000): Reader<readonly T[]> {
  return (value, field) => {
    if (!Array.isArray(value)) throw wrong(field, "a list", value);
    if (value.length < least) throw badFact(field, "is empty");
    if (value.length > most) throw badFact(field, `has more than ${most} entries`);
    return value.map((each, index) => reader(each, `${field}[${index}]`));
  };
}

/** An object with these members and no others. */
export function record<T extends Readonly<Record<string, Reader<unknown>>>>(
  readers: T,
): Reader<{ readonly [K in keyof T]: ReturnType<T[K]> }> {
  return (value, field) => {
    const members = objectOf(value, field);
    for (const key of Object.keys(members)) {
      if (!Object.hasOwn(readers, key)) throw unknownAttribute(field, key, Object.keys(readers));
    }
    const read = Object.entries(readers).map(([key, reader]) => {
      const member = Object.hasOwn(members, key) ? members[key] : undefined;
      return [key, reader(member, inside(field, key))];
    });
    return Object.fromEntries(read) as { readonly [K in keyof T]: ReturnType<T[K]> }; // each member by its own reader
  };
}

/** An object whose members are named by some of these words. */
export function byWord<const K extends string, T>(
  words: readonly K[],
  reader: Reader<T>,
): Reader<Partial<Record<K, T>>> {
  return (value, field) => {
    const found: Partial<Record<K, T>> = {};
    for (const [key, member] of Object.entries(objectOf(value, field))) {
      const word = words.find((each) => each === key);
      if (word === undefined) throw unknownAttribute(field, key, words);
      found[word] = reader(member, inside(field, key));
    }
    return found;
  };
}

function objectOf(value: unknown, field: string): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw wrong(field, "an object", value);
  return value as Readonly<Record<string, unknown>>; // whatever JSON.parse made of a JSON object
}

function unknownAttribute(field: string, key: string, known: readonly string[]): PolicyError {
  return badFact(inside(field, key.slice(0, 80)), `is not a fact that is known here (${known.join(", ")})`);
}

function wrong(field: string, wanted: string, value: unknown): PolicyError {
  return badFact(
    field,
    value === undefined || value === null ? "is missing" : `must be ${wanted}, and is ${describe(value)}`,
  );
}

function describe(value: unknown): string {
  if (value === undefined || value === null) return "missing";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "an object";
  return typeof value === "string" ? `“${value.slice(0, 80)}”` : String(value);
}

function inside(field: string, key: string): string {
  return field === "facts" ? key : `${field}.${key}`;
}
