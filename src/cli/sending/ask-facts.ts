import { askLine, say } from "../ask.ts";
import type { Parts } from "../command.ts";
import { type Missing, missingIn, type Said } from "./missing-facts.ts";

/** How often one question is asked before the command gives up. */
const TRIES = 3;

/** Asks for what was not said, one question after the other, until nothing is missing or one is not answered. @throws CliError `interrupted` */
export async function askMissing(said: Said, parts: Parts): Promise<Said> {
  let known = said;
  for (let [next] = missingIn(known); next !== undefined; [next] = missingIn(known)) {
    const answer = await askOne(next, parts);
    if (answer === null) return known;
    known = { ...known, ...answer };
  }
  return known;
}

async function askOne({ question, read }: Missing, parts: Parts): Promise<Partial<Said> | null> {
  for (let tries = 0; tries < TRIES; tries++) {
    const answer = read(await askLine(question, "", parts));
    if (answer !== null) return answer;
    say("That was not understood.", parts);
  }
  return null;
}
