import { DomainError } from "./error.ts";

/**
 * A typed telephone number as E.164, such as +442079460000. UK numbers may be in their national form (020 7946 0000);
 * others begin with + or 00 and the country code. Spaces, dots, hyphens, brackets and `(0)` are read past.
 * @throws DomainError `bad-number`
 */
export function parsePhone(typed: string): string {
  const bare = typed
    .normalize("NFKC")
    .trim()
    .replace(/^00/, "+")
    .replace("(0)", "")
    .replaceAll(/[\s().\p{Pd}]/gu, "");
  const international = /^0[1-9]/.test(bare) ? `+44${bare.slice(1)}` : bare;
  const fits = /^\+[1-9][0-9]{6,14}$/.test(international);
  if (!fits || (international.startsWith("+44") && !/^\+44[1-35789][0-9]{8,9}$/.test(international))) {
    throw new DomainError({
      code: "bad-number",
      message: `“${typed.trim().slice(0, 40)}” is not a telephone number. Type it like 020 7946 0000, or with + and the country code.`,
    });
  }
  return international;
}

/** The last two digits: enough to recognise a number by, too little to ring it. */
export function phoneEnding(number: string): string {
  return number.slice(-2);
}
