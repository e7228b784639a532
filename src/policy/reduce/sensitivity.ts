import { ABOVE_OFFICIAL, type Facts } from "../../domain/facts.ts";
import { isPersonal } from "../../domain/people-in.ts";

/** What the contents count as. What is not stated counts as if it had been said yes, so that it never loosens anything. */
export interface Sensitivity {
  readonly personal: boolean;
  readonly special: boolean;
  readonly offences: boolean;
  readonly sensitive: boolean;
  /** Special-category or criminal-offence data, as stated. */
  readonly especially: boolean;
  /** Whether it holds such data is open. */
  readonly specialAssumed: boolean;
  /** Some of it is open. */
  readonly assumed: boolean;
}

const SENSITIVE: readonly string[] = ["OFFICIAL-SENSITIVE", "confidential", ...ABOVE_OFFICIAL];

/** Whether the classification alone makes everything sensitive. */
export function isMarkedSensitive({ classification }: Facts): boolean {
  return SENSITIVE.includes(classification);
}

export function sensitivityOf(facts: Facts): Sensitivity {
  const stated = facts.special === true || facts.offences === true;
  const mayHold = isPersonal(facts);
  const special = facts.special ?? mayHold;
  const offences = facts.offences ?? mayHold;
  const marked = isMarkedSensitive(facts);
  const specialAssumed = !stated && mayHold && (facts.special === null || facts.offences === null);
  return {
    personal: mayHold,
    special,
    offences,
    sensitive: marked || special || offences || (facts.sensitive ?? true),
    especially: stated,
    specialAssumed,
    assumed:
      // What is confidential counts as sensitive anyway: there it is not asked for.
      (specialAssumed && facts.classification !== "confidential") ||
      (facts.personal === null && !stated) ||
      (facts.sensitive === null && !marked && !special && !offences),
  };
}
