import type { MethodAnswer } from "../../../domain/assessment.ts";
import { assessTransfer, type TransferAssessment } from "../../assessing/assess-transfer.ts";
import type { SenderVisit } from "../../gate/row.ts";
import { type Covering, coveringArrangements } from "./who-agrees.ts";

/** A secure link as it is shown before its size is measured. */
export interface LinkBeforeSize {
  readonly answer: MethodAnswer;
  /** The standing arrangements that stand for the approvals left out, each up to its size; none once the size is known. */
  readonly covering: readonly Covering[];
}

/**
 * SIS-3, SDT-3: while nothing is added, an approval that a standing arrangement gives to all but what is too large is no need of
 * the secure link. Whether it is too large is decided again as files are chosen, and when they are sealed.
 */
export async function linkBeforeSize(visit: SenderVisit, found: TransferAssessment): Promise<LinkBeforeSize> {
  const { transfer, recipients, parts, member } = visit;
  if (found.facts.bytes !== null || !found.facts.arrangement) return { answer: found.answer, covering: [] };
  const least = await assessTransfer(parts, parts.records.read, { transfer, recipients, sender: member, bytes: 0 });
  const asked = new Set(least.answer.needs.map(({ rule }) => rule));
  const needs = found.answer.needs.filter(({ need, rule }) => !need.startsWith("approval:") || asked.has(rule));
  return {
    answer: { ...found.answer, needs },
    covering: await coveringArrangements(visit, least.facts),
  };
}
