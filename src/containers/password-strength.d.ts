import type { Format } from "./formats.ts";
/** What stands against a typed password, or that nothing does. `says` is for the person who typed it, and does not repeat it. */
export type Judgement =
  | {
      readonly ok: true;
      readonly says: string;
    }
  | {
      readonly ok: false;
      readonly reason: "short" | "word" | "one-kind" | "guessable";
      readonly says: string;
    };
/**
 * The strength rule for a typed password (OXM-20, SDT-20): 12 characters or more, no word, mixed kinds or a passphrase, and more than a year's work for
 * somebody with a copy and a hundred graphics cards. How many guesses it stands is zxcvbn's estimate: words, names, keyboard patterns, dates, repeats.
 * @param known what an attacker would try first: reference, names of files and people.
 */
export declare function judgePassword(password: string, format: Format, known?: readonly string[]): Judgement;
/** @throws ContainerError `weak-password`, `bad-input` */
export declare function refuseWeak(password: string, format: Format, known?: readonly string[]): void;
