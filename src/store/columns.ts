import { damaged, type Shape } from "./shape.ts";

export type SqlValue = string | number | null;

/** How one member of a noun is stored in one column, with portable types only: text and whole numbers. */
export interface Column<T, S extends SqlValue> {
  encode(value: T): S;
  /** @throws StoreError `damaged` */
  decode(stored: unknown, where: string): T;
}

/** One column per member of the noun. */
export type Columns<T> = { readonly [K in keyof T]-?: Column<T[K], SqlValue> };

/** The row that such columns make, for Kysely's types. */
export type RowOf<C> = { readonly [K in keyof C]: C[K] extends Column<infer _Value, infer S> ? S : never };

/** A text with a shape, e.g. one of several words. */
export function textOf<T extends string>(shape: Shape<T>): Column<T, string> {
  return { encode: (value) => value, decode: shape };
}

export const text: Column<string, string> = {
  encode: (value) => value,
  decode: (stored, where) => {
    if (typeof stored !== "string") throw damaged(where, "a text");
    return stored;
  },
};

export const whole: Column<number, number> = {
  encode: (value) => value,
  decode: (stored, where) => {
    if (typeof stored !== "number" || !Number.isSafeInteger(stored)) throw damaged(where, "a whole number");
    return stored;
  },
};

/** 0 or 1: SQLite has no booleans. */
export const flag: Column<boolean, number> = {
  encode: (value) => (value ? 1 : 0),
  decode: (stored, where) => {
    if (stored !== 0 && stored !== 1) throw damaged(where, "0 or 1");
    return stored === 1;
  },
};

/** JSON as text. */
export function json<T>(shape: Shape<T>): Column<T, string> {
  return {
    encode: (value) => JSON.stringify(value),
    decode: (stored, where) => shape(parsed(text.decode(stored, where), where), where),
  };
}

export function orNull<T, S extends SqlValue>(column: Column<T, S>): Column<T | null, S | null> {
  return {
    encode: (value) => (value === null ? null : column.encode(value)),
    decode: (stored, where) => (stored === null ? null : column.decode(stored, where)),
  };
}

/** The noun as a row. Members that are no column of it are left out. */
export function toRow<T extends object, C extends Columns<T>>(columns: C & Columns<T>, noun: T): RowOf<C> {
  const row: Record<string, SqlValue> = {};
  for (const key in columns) {
    const member = key as keyof T & string; // Columns<T> has the keys of T
    row[key] = columns[member].encode(noun[member]);
  }
  return row as RowOf<C>; // one value per column, each of its column's type
}

/** The row as a noun. @throws StoreError `damaged`, naming `<table>.<column>` */
export function fromRow<T extends object>(table: string, columns: Columns<T>, row: object): T {
  const stored = row as Readonly<Record<string, unknown>>; // values of a row are unknown until decoded
  const noun: Partial<T> = {};
  for (const key in columns) noun[key] = columns[key].decode(stored[key], `${table}.${key}`);
  return noun as T; // every member of T was set in the loop
}

function parsed(stored: string, where: string): unknown {
  try {
    return JSON.parse(stored);
  } catch {
    throw damaged(where, "JSON");
  }
}
