import { type MatchExtended, ZxcvbnFactory } from "@zxcvbn-ts/core";
import { adjacencyGraphs, dictionary as common } from "@zxcvbn-ts/language-common";
import { dictionary as english } from "@zxcvbn-ts/language-en";
import { ContainerError } from "./error.ts";
import type { Format } from "./formats.ts";
import { refuseUntypable, untypable } from "./password.ts";

/** OXM-20. */
const LEAST_LENGTH = 12;
/** A typed password with as many words is a passphrase, and needs no digits and signs. */
const PASSPHRASE_WORDS = 4;
const LEAST_KINDS = 3;

/**
 * Who tries: a hundred graphics cards on a copy of the package. Guesses a second for one of them, by what each format makes a guess cost; orders of
 * magnitude, rounded up, of what hashcat is published to do with WinZip, PDF 1.7 level 8 and Office 2013 files and with scrypt.
 */
const CARDS = 100;
const GUESSES_A_SECOND: Readonly<Record<Format, number>> = { zip: 1e7, pdf: 1e5, office: 3e4, age: 1e2 };
const YEAR = 365 * 86_400;

/** Kinds of characters, and how many a keyboard has of each. */
const KINDS = [
  { kind: /[a-z]/, count: 26 },
  { kind: /[A-Z]/, count: 26 },
  { kind: /[0-9]/, count: 10 },
  { kind: /[^A-Za-z0-9]/, count: 33 },
];
/** What zxcvbn takes a character without a pattern for. */
const TEN = 10;
/** What changes kind as often, nearly at every character, is taken as random. */
const CHANGES = 8;
/** Ways of setting blanks, for somebody who tries phrases. */
const BLANKS = 10;
/** Out of how many people choose a word. */
const WORDS = 1000;
/** Phrases that stand in every list of passwords, and in no dictionary as a whole. */
const FAMOUS = [
  "correcthorsebatterystaple",
  "thequickbrownfoxjumpsoverthelazydog",
  "tobeornottobethatisthequestion",
  "itwasthebestoftimesitwastheworstoftimes",
  "maytheforcebewithyou",
  "tr0ub4dor&3",
];

type Estimate = Pick<ReturnType<ZxcvbnFactory["check"]>, "guesses" | "sequence">;

/** What stands against a typed password, or that nothing does. `says` is for the person who typed it, and does not repeat it. */
export type Judgement =
  | { readonly ok: true; readonly says: string }
  | {
      readonly ok: false;
      readonly reason: "untypable" | "short" | "word" | "one-kind" | "guessable";
      readonly says: string;
    };

/**
 * The strength rule for a typed password (OXM-20, SDT-20): what every program takes, 12 characters or more, no word, mixed kinds or a passphrase, and more than a year's work for
 * somebody with a copy and a hundred graphics cards. How many guesses it stands is zxcvbn's estimate: words, names, keyboard patterns, dates, repeats;
 * where it found no pattern, characters that change kind all the time are taken as chosen at random.
 * @param known what an attacker would try first, word by word: reference, purpose, names of files and people.
 */
export function judgePassword(password: string, format: Format, known: readonly string[] = []): Judgement {
  const refused = untypable(password, format);
  if (refused !== null) return { ok: false, reason: "untypable", says: refused };
  if (password.length < LEAST_LENGTH) {
    return {
      ok: false,
      reason: "short",
      says: `It has ${password.length} characters: at least ${LEAST_LENGTH} are needed.`,
    };
  }
  const tried = [...known.flatMap((each) => [each, ...each.split(/[^\p{L}\p{N}]+/u)]), ...FAMOUS].filter(
    ({ length }) => length > 2,
  );
  // zxcvbn finds words only where no blank stands between them; one who tries phrases sets blanks or none.
  const words = password.split(/[\s._-]+/);
  const phrase = words.length > 1 && words.every((each) => /^\p{L}+$/u.test(each));
  const ways = (phrase ? [password, words.join("")] : [password]).map((each) => estimator().check(each, tried));
  if (ways.some(({ sequence }) => sequence.length === 1 && sequence.every(isDictionary))) {
    return {
      ok: false,
      reason: "word",
      says: "It is a word or a well-known password, however it is written: attackers try those first.",
    };
  }
  const [asTyped = 0, closed = Number.POSITIVE_INFINITY] = ways.map(guessesOf);
  const seconds =
    Math.min(asTyped, Math.max(closed * BLANKS, byWords(words, tried))) / (CARDS * GUESSES_A_SECOND[format]);
  const found = `Somebody with a copy of the package and ${CARDS} graphics cards would need ${duration(seconds)} to find it`;
  if (seconds < YEAR) {
    return {
      ok: false,
      reason: "guessable",
      says: `${found}: it should be more than a year. Make it longer, with words that do not belong together.`,
    };
  }
  if (
    kindsOf(password) < LEAST_KINDS &&
    password.split(/[^A-Za-z]+/).filter((word) => word.length > 2).length < PASSPHRASE_WORDS
  ) {
    return {
      ok: false,
      reason: "one-kind",
      says: "Mix capital and small letters, digits and signs, or use four words or more.",
    };
  }
  return { ok: true, says: `${found}.` };
}

/** @throws ContainerError `weak-password`, `bad-input` */
export function refuseWeak(password: string, format: Format, known: readonly string[] = []): void {
  refuseUntypable(password, format);
  const judgement = judgePassword(password, format, known);
  if (judgement.ok) return;
  const message = `This password is not strong enough. ${judgement.says} Or leave it to Waybill to make one.`;
  throw new ContainerError({ code: "weak-password", message });
}

let made: ZxcvbnFactory | undefined;

/**
 * zxcvbn counts every character without a pattern as one of ten: too few where a stretch of it changes kind all the time, as what was chosen
 * at random does and what people think up does not.
 */
function guessesOf({ guesses, sequence }: Estimate): number {
  return sequence
    .filter(({ pattern, token }) => pattern === "bruteforce" && looksRandom(token))
    .reduce((sum, { token }) => sum * (alphabetOf(token) / TEN) ** token.length, guesses);
}

/** Words that are all different, and none that is tried first: how frequent each is says too little of them together. */
function byWords(words: readonly string[], tried: readonly string[]): number {
  const chosen = new Set(words.map((each) => each.toLowerCase()));
  const known = tried.map((each) => each.toLowerCase());
  return known.some((each) => chosen.has(each)) ? 0 : WORDS ** chosen.size;
}

function looksRandom(token: string): boolean {
  const runs = token.match(/[a-z]+|[A-Z]+|[0-9]+|[^A-Za-z0-9]+/g) ?? [];
  return kindsOf(token) >= LEAST_KINDS && runs.length * 10 >= token.length * 7 && runs.length >= CHANGES;
}

/** How many characters a keyboard has of the kinds in it. */
function alphabetOf(token: string): number {
  return KINDS.filter(({ kind }) => kind.test(token)).reduce((sum, { count }) => sum + count, 0);
}

/** Made when the first password is typed: the dictionaries take a moment. */
function estimator(): ZxcvbnFactory {
  made ??= new ZxcvbnFactory({ dictionary: { ...common, ...english }, graphs: adjacencyGraphs });
  return made;
}

function isDictionary(match: MatchExtended): boolean {
  return match.pattern === "dictionary";
}

function kindsOf(password: string): number {
  return KINDS.filter(({ kind }) => kind.test(password)).length;
}

const UNITS: readonly (readonly [name: string, seconds: number])[] = [
  ["second", 1],
  ["minute", 60],
  ["hour", 3600],
  ["day", 86_400],
  ["month", YEAR / 12],
  ["year", YEAR],
];

/** A time in plain words, rounded down. */
function duration(seconds: number): string {
  if (seconds < 1) return "less than a second";
  if (seconds >= 1000 * YEAR) return "more than a thousand years";
  const [name, length] = UNITS.findLast(([, each]) => seconds >= each) ?? ["second", 1];
  const count = Math.floor(seconds / length);
  return `about ${count} ${name}${count === 1 ? "" : "s"}`;
}
