import type { Need } from "./assessment.ts";

/** A condition with the clauses that it rests on; one that rests on none says its ground itself. */
export function needText({ says, clauses }: Pick<Need, "says" | "clauses">): string {
  return clauses.length === 0 ? says : `${says} (${clauses.join(", ")})`;
}
