/** Rows that a list shows at once; it says so when there are more, and is narrowed by what somebody looks for. */
export const MOST_LISTED = 200;

/** What the page's `find` form looks for: works without JavaScript. */
export function wantedIn(query: Readonly<Record<string, string | undefined>>): string {
  return (query.q ?? "").trim().slice(0, 100);
}

/** Those in whose texts every word stands, in any case, by name. */
export function fitting<T extends { readonly name: string }>(
  all: readonly T[],
  wanted: string,
  texts: (each: T) => readonly string[],
): readonly T[] {
  const words = wanted.toLowerCase().split(/\s+/);
  const found = all.filter((each) => {
    const text = texts(each).join(" ").toLowerCase();
    return words.every((word) => text.includes(word));
  });
  return found.toSorted((a, b) => a.name.localeCompare(b.name, "en-GB"));
}
