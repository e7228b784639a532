import { type MatchExtended, ZxcvbnFactory } from "@zxcvbn-ts/core";
import { adjacencyGraphs, dictionary as common } from "@zxcvbn-ts/language-common";
import { dictionary as english } from "@zxcvbn-ts/language-en";
import { ContainerError } from "./error.ts";
import type { Format } from "./formats.ts";
import { refuseUntypable } from "./password.ts";

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

/** What stands against a typed password, or that nothing does. `says` is for the person who typed it, and does not repeat it. */
export type Judgement =
  | { readonly ok: true; readonly says: string }
  | { readonly ok: false; readonly reason: "short" | "word" | "one-kind" | "guessable"; readonly says: string };

/**
 * The strength rule for a typed password (OXM-20, SDT-20): 12 characters or more, no word, mixed kinds or a passphrase, and more than a year's work for
 * somebody with a copy and a hundred graphics cards. How many guesses it stands is zxcvbn's estimate: words, names, keyboard patterns, dates, repeats.
 * @param known what an attacker would try first: reference, names of files and people.
 */
export function judgePassword(password: string, format: Format, known: readonly string[] = []): Judgement {
  if (password.length < LEAST_LENGTH) {
    return {
      ok: false,
      reason: "short",
      says: `It has ${password.length} characters: at least ${LEAST_LENGTH} are needed.`,
    };
  }
  const { guesses, sequence } = estimator().check(password, [...known]);
  const [only] = sequence;
  if (sequence.length === 1 && only !== undefined && isDictionary(only)) {
    return {
      ok: false,
      reason: "word",
      says: "It is a word or a well-known password, however it is written: attackers try those first.",
    };
  }
  const seconds = guesses / (CARDS * GUESSES_A_SECOND[format]);
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

/** Made when the first password is typed: the dictionaries take a moment. */
function estimator(): ZxcvbnFactory {
  made ??= new ZxcvbnFactory({ dictionary: { ...common, ...english }, graphs: adjacencyGraphs });
  return made;
}

function isDictionary(match: MatchExtended): boolean {
  return match.pattern === "dictionary";
}

function kindsOf(password: string): number {
  return [/[a-z]/, /[A-Z]/, /[0-9]/, /[^A-Za-z0-9]/].filter((kind) => kind.test(password)).length;
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
