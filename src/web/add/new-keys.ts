import type { KeyLogLine } from "../../domain/wire/people.ts";

/** What the panel about new keys says of them: a line for each person, and the button that goes on. */
export interface NewKeys {
  readonly lines: readonly string[];
  readonly goOn: string;
}

/** @param own the address of whoever sends. @param names of their own command lines, by key id; others' names are not known here. */
export function describeNewKeys(
  keys: readonly KeyLogLine[],
  own: string,
  names: Readonly<Record<string, string>>,
): NewKeys {
  const addresses = [...new Set(keys.map(({ address }) => address))];
  const lines = addresses.map((address) => {
    const theirs = keys.filter((each) => each.address === address);
    const count = theirs.length === 1 ? "1 new key" : `${theirs.length} new keys`;
    const each = theirs.map((key) => `${whatItIs(key, names[key.id])}, added ${day(key.createdAt)}`);
    return `${address === own ? `You (${address})` : address}: ${count}: ${each.join("; ")}`;
  });
  const [only, second] = addresses;
  const one = keys.length === 1;
  if (second !== undefined) return { lines, goOn: "I have checked them: go on" };
  if (only === own) return { lines, goOn: one ? "This key is mine: go on" : "These keys are mine: go on" };
  return { lines, goOn: `${only} added ${one ? "it" : "them"}: go on` };
}

function whatItIs({ kind, version }: KeyLogLine, name: string | undefined): string {
  if (kind === "device") return name === undefined ? "command line" : `command line “${name}”`;
  return version === 1 ? "key for passkeys" : `key for passkeys number ${version}, in place of the one before`;
}

function day(at: string): string {
  return new Date(at).toLocaleDateString("en-GB", {
    day: "numeric",
    month: "long",
    year: "numeric",
    timeZone: "Europe/London",
  });
}
