const MOST_DIGITS = 2;

/**
 * SDT2-3, SDT2-4, SIS-37: what is typed of an identification, a person or a call stays for good, so numbers of documents, cases and people are
 * kept out of it. @returns why the text is not taken; null: it is
 */
export function refusedNumbers(text: string): string | null {
  const digits = text.match(/\p{Nd}/gu) ?? [];
  if (digits.length <= MOST_DIGITS) return null;
  return "Numbers of documents are not recorded: this stays on the record for good. Say it without the number";
}
