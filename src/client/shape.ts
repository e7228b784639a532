import { ClientError } from "./error.ts";

/** Reads a value that the server controls, or throws ClientError `bad-answer` naming where it is not as expected. */
export type Shape<T> = (value: unknown, at: string) => T;

/** The type that a shape reads. */
export type Read<S> = S extends Shape<infer T> ? T : never;

export const text: Shape<string> = (value, at) => (typeof value === "string" ? value : wrong(at));
export const flag: Shape<boolean> = (value, at) => (typeof value === "boolean" ? value : wrong(at));
/** A size, offset or count. */
export const size: Shape<number> = (value, at) =>
  typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : wrong(at);

/** One of a closed list of texts. */
export function oneOf<const T extends string>(...allowed: readonly T[]): Shape<T> {
  return (value, at) => allowed.find((each) => each === value) ?? wrong(at);
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

function wrong(at: string): never {
  const message = `The server's answer is not understood (${at}). Nothing was changed. Reload the page or update the program.`;
  throw new ClientError({ code: "bad-answer", message });
}
