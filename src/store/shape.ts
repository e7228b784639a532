import { StoreError } from "./error.ts";

/**
 * Turns stored JSON into a domain type, or throws StoreError `damaged`. Nobody outside controls these bytes, but an
 * older or newer version of this program, a bad disk or an operator with a shell may have written them.
 */
export type Shape<T> = (value: unknown, where: string) => T;

export function damaged(where: string, expected: string): StoreError {
  return new StoreError({
    code: "damaged",
    message: `The database holds something unexpected: ${where} is not ${expected}.`,
  });
}

export const string: Shape<string> = (value, where) => {
  if (typeof value !== "string") throw damaged(where, "a text");
  return value;
};

/** A whole number from 0 to 2^53 - 1. */
export const count: Shape<number> = (value, where) => {
  if (typeof value !== "number" || !Number.isSafeInteger(value) || value < 0) throw damaged(where, "a whole number");
  return value;
};

export const boolean: Shape<boolean> = (value, where) => {
  if (typeof value !== "boolean") throw damaged(where, "true or false");
  return value;
};

export const scalar: Shape<string | number | boolean | null> = (value, where) => {
  if (value === null || typeof value === "string" || typeof value === "number" || typeof value === "boolean")
    return value;
  throw damaged(where, "a text, a number, true, false or null");
};

export function oneOf<const T extends string>(...allowed: readonly T[]): Shape<T> {
  return (value, where) => {
    const found = allowed.find((each) => each === value);
    if (found === undefined) throw damaged(where, `one of ${allowed.join(", ")}`);
    return found;
  };
}

export function orNull<T>(shape: Shape<T>): Shape<T | null> {
  return (value, where) => (value === null ? null : shape(value, where));
}

export function listOf<T>(shape: Shape<T>): Shape<readonly T[]> {
  return (value, where) => {
    if (!Array.isArray(value)) throw damaged(where, "a list");
    return value.map((each, at) => shape(each, `${where}[${at}]`));
  };
}

export function recordOf<T>(shape: Shape<T>): Shape<Readonly<Record<string, T>>> {
  return (value, where) =>
    Object.fromEntries(
      Object.entries(asObject(value, where)).map(([key, each]) => [key, shape(each, `${where}.${key}`)]),
    );
}

/** Exactly these members: a missing or an unknown one is damage. */
export function object<T extends object>(members: { readonly [K in keyof T]: Shape<T[K]> }): Shape<T> {
  const known = Object.keys(members);
  return (value, where) => {
    const given = asObject(value, where);
    const unknown = Object.keys(given).find((key) => !known.includes(key));
    if (unknown !== undefined) throw damaged(`${where}.${unknown}`, "known");
    const parsed: Partial<T> = {};
    for (const key in members) parsed[key] = members[key](given[key], `${where}.${key}`);
    return parsed as T; // every member of T was set in the loop
  };
}

/** Several shapes that a `kind` member tells apart. */
export function byKind<T extends { readonly kind: string }>(
  shapes: {
    readonly [K in T["kind"]]: Shape<Extract<T, { readonly kind: K }>>;
  },
): Shape<T> {
  const known: Readonly<Record<string, Shape<T>>> = shapes;
  return (value, where) => {
    const kind = string(asObject(value, where).kind, `${where}.kind`);
    const shape = Object.hasOwn(known, kind) ? known[kind] : undefined;
    if (shape === undefined) throw damaged(`${where}.kind`, `one of ${Object.keys(known).join(", ")}`);
    return shape(value, where);
  };
}

function asObject(value: unknown, where: string): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw damaged(where, "an object");
  return value as Readonly<Record<string, unknown>>; // a plain object: its members are unknown until parsed
}
