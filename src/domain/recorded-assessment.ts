import type { Advice, AskedRule, Assessment, MethodAnswer, Need } from "./assessment.ts";
import type { Facts } from "./facts.ts";

interface Recorded {
  /** 128 random bits of the transfer: makes the digest unguessable. */
  readonly salt: string;
  readonly method: MethodAnswer["method"];
  readonly facts: Facts;
  readonly policy: Assessment["policy"];
  readonly people: Assessment["people"];
  readonly verdict: MethodAnswer["verdict"];
  readonly needs: readonly Need[];
  readonly advice: readonly Advice[];
}

/** One rule that was asked, and by what the facts met it, in lines: what was said, measured or on the records. */
export interface RecordedRule extends AskedRule {
  readonly by: readonly string[];
}

/**
 * The assessment as it is recorded beside a fixed waybill, which holds the digest of its canonical JSON, and at release. Version 1 knows
 * only what was open; version 2 every rule that was asked, by id.
 */
export type RecordedAssessment =
  | (Recorded & { readonly version: 1 })
  | (Recorded & { readonly version: 2; readonly asked: readonly RecordedRule[] });

/** Every rule that was asked; null where the record is of version 1 and knows only what was open. */
export function rulesAsked(recorded: RecordedAssessment): readonly RecordedRule[] | null {
  return recorded.version === 2 ? recorded.asked : null;
}

/** Whether a rule names another method or another way: the facts met it where what it says was not so. */
export function isRefusal({ need }: Pick<Need, "need">): boolean {
  return need.startsWith("method:") || need.startsWith("ask:");
}
