// Numbers as people type them. A comma, or a space, parts thousands and nothing else: what could be read in two ways is read in none.

const GROUPED = /^[1-9]\d{0,2}(?:(?:,\d{3})+|(?:[ \u00a0\u202f]\d{3})+)$/;

/**
 * 1200, 1,200 and 1 200 are the same whole number; null for everything else, so that 1,5 is never fifteen.
 * @param most the largest that is taken
 */
export function readWholeNumber(typed: string, most: number = Number.MAX_SAFE_INTEGER): number | null {
  const text = typed.trim();
  if (!/^\d{1,16}$/.test(text) && !GROUPED.test(text)) return null;
  const number = Number(text.replaceAll(/\D/g, ""));
  return number <= most ? number : null;
}

/** The same, or with a point and at the most nine digits after it: 0.5 and 1,200.25. Null for everything else. */
export function readDecimalNumber(typed: string): number | null {
  const [, whole = "", part = "0"] = /^([^.]+)(?:\.(\d{1,9}))?$/.exec(typed.trim()) ?? [];
  const number = readWholeNumber(whole, 1e12);
  return number === null ? null : number + Number(`0.${part}`);
}
