/** What a sentence of the rules rests on. */
export interface Ground {
  readonly clauses: readonly string[];
  /** How far it is a reading of these clauses; absent or empty where they say it themselves. */
  readonly reading?: string | undefined;
  /** Whether the rule is the organisation's or its unit's, and not Waybill's. */
  readonly local?: boolean | undefined;
}

/**
 * Whose reading of its clauses a rule is, and why, in words that stand behind their ids, without a stop: “as Waybill reads it: the guidance
 * does not speak of fax”. An organisation's own rule may cite a clause and say nothing of how it reads it: then that it is its own, so that nobody
 * takes it for what the clause says. Empty where the clauses say it themselves.
 */
export function readingText({ clauses, reading = "", local = false }: Ground): string {
  if (clauses.length === 0) return "";
  if (reading === "") return local ? "by a rule of the organisation’s own, and not in these words" : "";
  // An abbreviation keeps its capitals.
  const why = /^\p{Lu}\p{Lu}/u.test(reading) ? reading : reading.charAt(0).toLowerCase() + reading.slice(1);
  return `as ${local ? "the organisation" : "Waybill"} reads ${clauses.length === 1 ? "it" : "them"}: ${why}`;
}

/** The clauses with the reading of them behind a comma; empty where there is no clause. */
export function groundText(ground: Ground): string {
  return [...ground.clauses, readingText(ground)].filter((each) => each !== "").join(", ");
}
