import { type Incident, type IncidentKind, kindsOf } from "./incident.ts";

/** What was reported, of an incident's kind or out of an event's detail, in words inside a sentence. */
export function problemInWords(kind: unknown): string {
  const known: Readonly<Record<string, string>> = IN_A_SENTENCE;
  return known[String(kind)] ?? "something else";
}

/** Everything that was reported of an incident, the gravest first. */
export function problemsInWords(incident: Pick<Incident, "kind" | "reports">): string {
  const [gravest, ...others] = kindsOf(incident).map(problemInWords);
  return others.length === 0 ? `${gravest}` : `${gravest} (also: ${others.join("; ")})`;
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
