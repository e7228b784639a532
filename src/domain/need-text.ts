import type { Need } from "./assessment.ts";
import { groundText } from "./reading-text.ts";

/** A condition with the clauses that it rests on, and how far it reads them; one that rests on none says its ground itself. */
export function needText(need: Pick<Need, "says" | "clauses" | "reading" | "local">): string {
  const ground = groundText(need);
  return ground === "" ? need.says : `${need.says} (${ground})`;
}
