import { effLargeWordlist } from "./eff-large-wordlist.ts";
import { SealError } from "./error.ts";

/** Words in a secret: 6 × log2(7776) = 77.5 bits. */
export const SECRET_WORDS = 6;

const LIST: readonly string[] = effLargeWordlist.split(" ");
const KNOWN: ReadonlySet<string> = new Set(LIST);
/** Words with a hyphen in the list, by how they read without it. */
const JOINED: ReadonlyMap<string, string> = new Map(
  LIST.filter((word) => word.includes("-")).map((word) => [word.replace("-", ""), word]),
);

/** A new secret: six words chosen uniformly, separated by single spaces. That text is the scrypt passphrase. */
export function generateSecret(): string {
  return Array.from({ length: SECRET_WORDS }, () => LIST[uniform(LIST.length)]).join(" ");
}

/** One word as somebody typed it. */
export interface TypedWord {
  readonly text: string;
  readonly known: boolean;
}

/**
 * What somebody typed or pasted, as words: any case, separated by anything but letters. For checking while it is typed.
 * The list's four words with a hyphen are found with it, with a space, or with neither.
 */
export function typedWords(text: string): readonly TypedWord[] {
  const parts =
    text
      .normalize("NFKC")
      .toLowerCase()
      .match(/\p{L}+/gu) ?? [];
  const words: TypedWord[] = [];
  for (let at = 0; at < parts.length; at++) {
    const part = parts[at] ?? "";
    const pair = `${part}-${parts[at + 1] ?? ""}`;
    if (KNOWN.has(pair)) at++;
    const word = KNOWN.has(pair) ? pair : (JOINED.get(part) ?? part);
    words.push({ text: word, known: KNOWN.has(word) });
  }
  return words;
}

export type ParsedSecret =
  | { readonly ok: true; readonly secret: string }
  | { readonly ok: false; readonly reason: "unknown-word"; readonly word: string; readonly position: number }
  | { readonly ok: false; readonly reason: "count"; readonly count: number };

/** The secret that somebody typed, in the form that opens; or the first word that is on no list; or how many there are. */
export function parseSecret(text: string): ParsedSecret {
  const words = typedWords(text);
  const position = words.findIndex((word) => !word.known);
  const unknown = words[position];
  if (unknown !== undefined) return { ok: false, reason: "unknown-word", word: unknown.text, position };
  if (words.length !== SECRET_WORDS) return { ok: false, reason: "count", count: words.length };
  return { ok: true, secret: words.map((word) => word.text).join(" ") };
}

/** The list's words that begin as typed, in order, at most `limit`: help while typing. */
export function wordsBeginning(prefix: string, limit = 5): readonly string[] {
  const wanted = prefix.trim().toLowerCase();
  let low = 0;
  let high = LIST.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((LIST[middle] ?? "") < wanted) low = middle + 1;
    else high = middle;
  }
  const found: string[] = [];
  for (let word = LIST[low]; word?.startsWith(wanted) && found.length < limit; word = LIST[++low]) found.push(word);
  return found;
}

/** A number from 0 to `count` - 1 without bias: what lies past the last whole multiple of `count` is drawn again. */
function uniform(count: number): number {
  const limit = Math.floor(2 ** 32 / count) * count;
  for (let tries = 0; tries < 128; tries++) {
    const [drawn] = crypto.getRandomValues(new Uint32Array(1));
    if (drawn !== undefined && drawn < limit) return drawn % count;
  }
  throw new SealError({ code: "bad-input", message: "The random generator of this device does not work." });
}
