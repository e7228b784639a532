/** The privacy team's decision on an impact assessment (SDT2-5), in words. */
export const DECISIONS = {
  needed: "An impact assessment is needed",
  "not-needed": "No impact assessment is needed",
  made: "An impact assessment was made",
} as const;

/** What an adviser answered to a question (SIS-15, SDT2-6), in words. */
export const VERDICTS = {
  "may-go": "It may go like this",
  "may-not-go": "It may not go like this",
} as const;

/** Of a value out of the records or an event; empty where nobody said. */
export function verdictText(value: unknown): string {
  const known: Readonly<Record<string, string>> = VERDICTS;
  return known[String(value)] ?? "";
}

/** Of a value out of the records or an event; empty where nothing was decided. */
export function decisionText(value: unknown): string {
  const known: Readonly<Record<string, string>> = DECISIONS;
  return known[String(value)] ?? "";
}
