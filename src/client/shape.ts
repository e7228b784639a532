import { ClientError } from "./error.ts";

/** Reads a value that the server controls, or throws ClientError `bad-answer` naming where it is not as expected. */
export type Shape<T> = (value: unknown, at: string) => T;

/** The type that a shape reads. */
export type Read<S> = S extends Shape<infer T> ? T : never;

export const text: Shape<string> = (value, at) => (typeof value === "string" ? value : wrong(at));
export const flag: Shape<boolean> = (value, at) => (typeof value === "boolean" ? value : wrong(at));
/** A time in ISO 8601 and UTC, such as 2026-11-22T15:30:00.000Z. */
export const time: Shape<string> = (value, at) =>
  typeof value === "string" && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value) && !Number.isNaN(Date.parse(value))
    ? value
    : wrong(at);
/** A size, offset or count. */
export const size: Shape<number> = (value, at) =>
  typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : wrong(at);

/** One of a closed list of texts. */
export function oneOf<const T extends string>(...allowed: readonly T[]): Shape<T> {
  return (value, at) => allowed.find((each) => each === value) ?? wrong(at);
}

/** A member that need not be there. */
export function orNone<T>(shape: Shape<T>): Shape<T | undefined> {
  return (value, at) => (value === undefined ? undefined : shape(value, at));
}

export function orNull<T>(shape: Shape<T>): Shape<T | null> {
  return (value, at) => (value === null ? null : shape(value, at));
}

export function list<T>(shape: Shape<T>): Shape<readonly T[]> {
  return (value, at) =>
    Array.isArray(value) ? value.map((each: unknown, index) => shape(each, `${at}[${index}]`)) : wrong(at);
}

/** An object with these members; others are left out, so that a newer server may say more. */
export function record<T extends Record<string, Shape<unknown>>>(
  members: T,
): Shape<{ readonly [K in keyof T]: Read<T[K]> }> {
  return (value, at) => {
    if (typeof value !== "object" || value === null) return wrong(at);
    const read: Record<string, unknown> = {};
    for (const [key, shape] of Object.entries(members)) {
      read[key] = shape(
        Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined,
        `${at}.${key}`,
      );
    }
    return read as { readonly [K in keyof T]: Read<T[K]> };
  };
}

/** Always null. */
export const absent: Shape<null> = (value, at) => (value === null ? null : wrong(at));

/** An object of texts, numbers, true, false and null, under any names. */
export const plainMembers: Shape<Readonly<Record<string, string | number | boolean | null>>> = (value, at) => {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return wrong(at);
  const members = Object.entries(value).map(([key, each]: [string, unknown]) => {
    if (each === null || typeof each === "string" || typeof each === "boolean") return [key, each] as const;
    return typeof each === "number" && Number.isFinite(each) ? ([key, each] as const) : wrong(`${at}.${key}`);
  });
  return Object.fromEntries(members);
};

function wrong(at: string): never {
  const message = `The server's answer is not understood (${at}). Nothing was changed. Reload the page or update the program.`;
  throw new ClientError({ code: "bad-answer", message });
}
