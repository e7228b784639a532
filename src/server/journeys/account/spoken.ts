import { isWorkAddress } from "../../../domain/address.ts";
import type { Language } from "../../../domain/contact.ts";
import type { Member } from "../../../domain/member.ts";
import type { AnonymousVisit } from "../../gate/row.ts";
import { cookieName, cookieOptions } from "../../gate/session.ts";
import { languageOfMember } from "../../key-offers/language-of-member.ts";
import { type AccountTexts, accountTextsIn } from "../../texts/account/texts.ts";
import { type KeyTexts, keyTextsIn } from "../../texts/key/texts.ts";
import type { House, ReceivingTexts } from "../../texts/receiving/texts.ts";
import { languageOf, textsIn } from "../receive/receive-page.ts";

/** What `account/frame.njk` and the pages in it are given, beside their own. */
export interface Spoken {
  readonly language: Language;
  readonly t: ReceivingTexts;
  readonly a: AccountTexts;
  readonly k: KeyTexts;
  readonly house: House | null;
  /** Whether whoever reads it sends too. */
  readonly sends: boolean;
  /** The same page in the other language; null where there is none to go to, or a colleague reads it. */
  readonly other: { readonly language: Language; readonly href: string } | null;
}

/** In English, for colleagues. */
export function inEnglish(house: House | null): Spoken {
  return { ...textsOf("en"), house, sends: true, other: null };
}

/**
 * The language of a page for whoever receives from here, as `languageOf` says; colleagues read English. `person` is whom the page is
 * for, null where nobody knows yet. A person's own language is remembered in the browser, so that the page to sign in, which does not
 * know who comes, speaks it too.
 * @param here the address of the page, a path of ours; null where it cannot be asked for again
 */
export async function spoken(
  visit: AnonymousVisit,
  here: string | null,
  person: Member | null = visit.member,
): Promise<Spoken> {
  const { parts, request, reply, organisation } = visit;
  if (person && isWorkAddress(person.address, organisation.workDomains)) return inEnglish(organisation);
  const own = person && (await languageOfMember(parts.records.read, person, organisation));
  const language = languageOf(visit, own === null ? null : { language: own });
  const cookie = cookieName(parts, "waybill-language");
  if (own === "cy" && language === "cy" && !request.cookies[cookie]) {
    reply.setCookie(cookie, language, cookieOptions(parts));
  }
  const wanted: Language = language === "cy" ? "en" : "cy";
  const other = here === null ? null : { language: wanted, href: withLanguage(here, wanted) };
  return { ...textsOf(language), house: organisation, sends: false, other };
}

function textsOf(language: Language): Pick<Spoken, "language" | "t" | "a" | "k"> {
  return { language, t: textsIn(language), a: accountTextsIn(language), k: keyTextsIn(language) };
}

/** A path of ours, asked for in a language. */
export function withLanguage(path: string, language: Language): string {
  return `${path}${path.includes("?") ? "&" : "?"}lang=${language}`;
}
