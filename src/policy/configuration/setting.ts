import { parseAddress } from "../../domain/address.ts";
import type { Place, YamlTree } from "./yaml-tree.ts";

/** Reads one setting, or refuses it by file and line. */
export type Setting<T> = (place: Place, tree: YamlTree) => T;

export const text: Setting<string> = (place, tree) => {
  const value = tree.scalar(place);
  if (typeof value !== "string" || value.trim() === "") throw place.refuse("must be a text");
  return value.trim();
};

/** What programs call something: small letters, digits and hyphens. */
export const word: Setting<string> = (place, tree) => {
  const typed = text(place, tree);
  if (!/^[a-z0-9][a-z0-9-]{0,39}$/.test(typed))
    throw place.refuse(`is “${typed}”; it must be of small letters, digits and hyphens, such as special-delivery-9am`);
  return typed;
};

export const yesNo: Setting<boolean> = (place, tree) => {
  const value = tree.scalar(place);
  if (typeof value !== "boolean") throw place.refuse("must be true or false");
  return value;
};

/** A whole number from 1. */
export const whole: Setting<number> = (place, tree) => {
  const value = tree.scalar(place);
  if (typeof value === "number" && Number.isSafeInteger(value) && value > 0) return value;
  throw place.refuse("must be a whole number, 1 or more");
};

export const address: Setting<string> = (place, tree) => {
  const typed = text(place, tree);
  try {
    return parseAddress(typed);
  } catch {
    throw place.refuse(`is “${typed}”, which is not an email address`);
  }
};

/** A host name in lower case, without a wildcard: its subdomains belong to it. */
export const domain: Setting<string> = (place, tree) => {
  const typed = text(place, tree).toLowerCase();
  try {
    parseAddress(`someone@${typed}`);
  } catch {
    throw place.refuse(`is “${typed}”, which is not a domain such as example.gov.uk`);
  }
  return typed;
};

/** YAML reads NO as a text in version 1.2, so Norway is safe. */
export const country: Setting<string> = (place, tree) => {
  const typed = text(place, tree);
  if (!/^[A-Z]{2}$/.test(typed)) throw place.refuse(`is “${typed}”, which is not a country such as GB`);
  return typed;
};

export function oneOf<const T extends string>(words: readonly T[]): Setting<T> {
  return (place, tree) => {
    const typed = text(place, tree);
    const found = words.find((word) => word === typed);
    if (found === undefined) throw place.refuse(`is “${typed}”; it must be one of ${words.join(", ")}`);
    return found;
  };
}

export function list<T>(setting: Setting<T>, least = 0): Setting<readonly T[]> {
  return (place, tree) => {
    const entries = tree.entries(place);
    if (entries === null) throw place.refuse("must be a list");
    if (entries.length < least) throw place.refuse("must not be empty");
    return entries.map((each) => setting(each, tree));
  };
}

/** A setting that may be null, but must be there. */
export function orNone<T>(setting: Setting<T>): Setting<T | null> {
  return (place, tree) => (tree.scalar(place) === null ? null : setting(place, tree));
}

/** A mapping with all of these members and no others; those named in `may` can be left out, and are then null. */
export function mapping<T extends Readonly<Record<string, Setting<unknown>>>>(
  settings: T,
  may: readonly (keyof T & string)[] = [],
): Setting<{ readonly [K in keyof T]: ReturnType<T[K]> }> {
  return (place, tree) => {
    const members = tree.members(place);
    if (members === null) throw place.refuse("must be a mapping of names to values");
    for (const [name, member] of members) {
      if (!Object.hasOwn(settings, name))
        throw member.refuse(`is no setting; there are ${Object.keys(settings).join(", ")}`);
    }
    const read = Object.entries(settings).map(([name, setting]) => {
      const member = members.get(name);
      if (member === undefined) {
        if (may.includes(name)) return [name, null];
        throw place.refuse(`lacks ${name}`);
      }
      return [name, setting(member, tree)];
    });
    return Object.fromEntries(read) as { readonly [K in keyof T]: ReturnType<T[K]> }; // each member by its own setting
  };
}

/** A mapping with a member for each of these words. */
export function forEach<const K extends string, T>(words: readonly K[], setting: Setting<T>): Setting<Record<K, T>> {
  const read = mapping(Object.fromEntries(words.map((word) => [word, setting])));
  return (place, tree) => read(place, tree) as Record<K, T>; // its members are exactly the words
}
