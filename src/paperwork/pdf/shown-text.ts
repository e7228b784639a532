/** Characters that say how others are shown and are not seen themselves; a name must not hide any. Joiners of scripts are left. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Cn}\p{Zl}\p{Zp}]/u;
const JOINERS: readonly string[] = ["\u200c", "\u200d"];

/** What is written for characters that the fonts have no shape for, and that it was done. */
export interface ShownText {
  readonly text: string;
  readonly replaced: boolean;
}

/**
 * The text with every character that cannot be seen, or has no shape in the fonts, as its number, such as [U+738B U+5C0F]: nothing becomes
 * an empty box, and nothing vanishes.
 * @param has whether the fonts have a shape for a code point.
 */
export function shownText(text: string, has: (codePoint: number) => boolean): ShownText {
  let [written, numbers, replaced] = ["", [] as string[], false];
  const flush = () => {
    if (numbers.length > 0) written += `[${numbers.join(" ")}]`;
    numbers = [];
  };
  for (const character of text.replaceAll("\r\n", "\n").replaceAll("\t", " ").normalize("NFC")) {
    const code = character.codePointAt(0) ?? 0;
    if (character === "\n" || (has(code) && (!UNSEEN.test(character) || JOINERS.includes(character)))) {
      flush();
      written += character;
    } else {
      numbers.push(`U+${code.toString(16).toUpperCase().padStart(4, "0")}`);
      replaced = true;
    }
  }
  flush();
  return { text: written, replaced };
}
