import { effLargeWordlist } from "./eff-large-wordlist.ts";
import { SealError } from "./error.ts";

/** Words in a secret. */
export const SECRET_WORDS = 6;

/**
 * EFF's list without `drop-down`, `felt-tip`, `t-shirt`, `yo-yo` and `yoyo`: secrets are told by telephone, where a hyphen
 * is not heard. 7,771 words; six of them carry 77.5 bits, as with all 7,776.
 */
const LIST: readonly string[] = effLargeWordlist.split(" ").filter((word) => /^[a-z]+$/.test(word) && word !== "yoyo");
const KNOWN: ReadonlySet<string> = new Set(LIST);

/** A new secret: six words chosen uniformly, separated by single spaces. That text is the scrypt passphrase. */
export function generateSecret(): string {
  return Array.from({ length: SECRET_WORDS }, () => LIST[uniform(LIST.length)]).join(" ");
}

/** One word as somebody typed it. */
export interface TypedWord {
  readonly text: string;
  readonly known: boolean;
}

/** What somebody typed or pasted, as words: any case, separated by anything but letters. For checking while it is typed. */
export function typedWords(text: string): readonly TypedWord[] {
  const words =
    text
      .normalize("NFKC")
      .toLowerCase()
      .match(/\p{L}+/gu) ?? [];
  return words.map((word) => ({ text: word, known: KNOWN.has(word) }));
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
