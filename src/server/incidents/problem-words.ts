import type { IncidentKind } from "../../domain/incident.ts";

/** What was reported, of an incident's kind or out of an event's detail, in words inside a sentence. */
export function problemInWords(kind: unknown): string {
  const known: Readonly<Record<string, string>> = IN_A_SENTENCE;
  return known[String(kind)] ?? "something else";
}

const IN_A_SENTENCE = {
  lost: "something was lost or stolen",
  "wrong-person": "it reached the wrong person",
  "opened-by-other": "somebody else may have opened it",
  damaged: "it is damaged, or does not open",
  missing: "something is missing",
  "suspicious-message": "a suspicious message",
  "near-miss": "nothing seems lost, but something is not as it should be",
} as const satisfies Record<IncidentKind, string>;
