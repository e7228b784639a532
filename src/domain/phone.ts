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

/** Whether a text message can reach it: no landline of the UK. What other countries' numbers are is not known here. */
export function takesTexts(number: string): boolean {
  return !number.startsWith("+44") || /^\+447[1-57-9]/.test(number);
}

/** The last two digits: enough to recognise a number by, too little to ring it. */
export function phoneEnding(number: string): string {
  return number.slice(-2);
}

/** Area codes of five digits after the 0: the few that are longer than the rest. */
const LONG_AREAS = /^0(13873|15242|1539[456]|1697[347]|1768[347]|19467)/;

/** As it is read and dialled in the UK, such as 0113 496 0042 or 07700 900456; numbers of other countries stay E.164. */
export function nationalPhone(number: string): string {
  if (!/^\+44[1-9][0-9]{8,9}$/.test(number)) return number;
  const national = `0${number.slice(3)}`;
  if (/^02/.test(national)) return grouped(national, 3, 7);
  if (/^0(11|1[2-9]1|[389])/.test(national))
    return national.length === 11 ? grouped(national, 4, 7) : grouped(national, 4);
  return LONG_AREAS.test(national) ? grouped(national, 6) : grouped(national, 5);
}

function grouped(digits: string, ...ends: readonly number[]): string {
  return [0, ...ends].map((start, i) => digits.slice(start, ends[i])).join(" ");
}
