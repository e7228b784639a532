import { DomainError } from "../../domain/error.ts";
import type { Facts } from "../../domain/facts.ts";
import { parseReference } from "../../domain/reference.ts";
import { COMMON_NAMES, MONTHS_AND_DAYS } from "./common-names.ts";

const MARKINGS =
  /\b(?:official|sensitive|secret|confidential|restricted|protect(?:ed)?|classified|private|eyes only)\b/iu;
const TITLES = /\b(?:mr|mrs|ms|miss|mx|dr|prof|professor|sir|dame|lord|lady|judge|justice)\b\.?\s+\p{L}/iu;

/**
 * SDT-16: whether a subject line reveals nothing: it is the reference; or, for what is neither personal nor sensitive, a text
 * without names, numbers or markings. What only may be a name counts as one: the way out is the reference.
 */
export function isNeutralSubject(facts: Facts, revealing: boolean): boolean {
  const { subject } = facts;
  if (subject === null) return false;
  if (isReference(subject)) return true;
  return !revealing && !/\p{N}/u.test(subject) && !MARKINGS.test(subject) && !holdsName(subject, facts);
}

function isReference(subject: string): boolean {
  try {
    return /^WB-/i.test(subject) && parseReference(subject) === subject.toUpperCase();
  } catch (cause) {
    if (cause instanceof DomainError) return false;
    throw cause;
  }
}

function holdsName(subject: string, facts: Facts): boolean {
  if (TITLES.test(subject)) return true;
  const known = new Set(
    [facts.sender, ...facts.recipients].flatMap(({ address, ...rest }) => [
      ...wordsOf("name" in rest ? rest.name : ""),
      ...wordsOf(address?.slice(0, address.lastIndexOf("@")) ?? ""),
    ]),
  );
  return [...subject.matchAll(/\p{L}[\p{L}\p{M}'’-]*/gu)].some(([word], index) => {
    const lower = word.toLowerCase().replace(/['’]s?$/u, "");
    if (known.has(lower) || COMMON_NAMES.has(lower)) return true;
    // Anything else with a capital that is not the first word may be a name; words all in capitals are mostly abbreviations.
    return index > 0 && /^\p{Lu}/u.test(word) && !/^\p{Lu}+$/u.test(word) && !MONTHS_AND_DAYS.has(lower);
  });
}

/** Words of a name or address that tell a person: three letters or more. */
function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().match(/\p{L}{3,}/gu) ?? [];
}
