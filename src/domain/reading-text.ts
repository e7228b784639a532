/** What a sentence of the rules rests on. */
export interface Ground {
  readonly clauses: readonly string[];
  /** How far it is a reading of these clauses; absent or empty where they say it themselves. */
  readonly reading?: string | undefined;
  /** Whether the reading is the organisation's or its unit's, and not Waybill's. */
  readonly local?: boolean | undefined;
}

/**
 * Whose reading of its clauses a rule is, and why, in words that stand behind their ids, without a stop: “as Waybill reads it: the guidance
 * does not speak of fax”. Empty where the clauses say it themselves.
 */
export function readingText({ clauses, reading = "", local = false }: Ground): string {
  if (reading === "" || clauses.length === 0) return "";
  // An abbreviation keeps its capitals.
  const why = /^\p{Lu}\p{Lu}/u.test(reading) ? reading : reading.charAt(0).toLowerCase() + reading.slice(1);
  return `as ${local ? "the organisation" : "Waybill"} reads ${clauses.length === 1 ? "it" : "them"}: ${why}`;
}

/** The clauses with the reading of them behind a comma; empty where there is no clause. */
export function groundText(ground: Ground): string {
  return [...ground.clauses, readingText(ground)].filter((each) => each !== "").join(", ");
}
