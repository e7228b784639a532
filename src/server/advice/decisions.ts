/** The privacy team's decision on an impact assessment (SDT2-5), in words. */
export const DECISIONS = {
  needed: "An impact assessment is needed",
  "not-needed": "No impact assessment is needed",
  made: "An impact assessment was made",
} as const;

/** Of a value out of the records or an event; empty where nothing was decided. */
export function decisionText(value: unknown): string {
  const known: Readonly<Record<string, string>> = DECISIONS;
  return known[String(value)] ?? "";
}
