import { CLASSIFICATIONS, type RuleSet } from "../../domain/facts.ts";
import { NOT_STATED, type StatedFacts } from "../../domain/transfer.ts";
import { isMarkedSensitive } from "../assessing/questions.ts";

/** Facts as somebody typed or sent them: any text in any field. */
export interface TypedFacts {
  readonly purpose: string;
  readonly necessity: string;
  /** Where the record copy is kept; null where it is not asked here. */
  readonly recordCopy: string | null;
  readonly classification: string;
  readonly personal: boolean | null;
  readonly sensitive: boolean | null;
  readonly individuals: string;
  readonly organisation: string;
}

type Weight = StatedFacts["impact"]["individuals"];
export type FactErrors = Partial<Record<keyof TypedFacts, string>>;

const LONGEST = 2000;
const WEIGHTS: readonly Weight[] = ["none", "some", "serious"];

/** SIS-5: the impact is asked for where something could harm people or the organisation, and preset otherwise. */
export function needsImpact(stated: Pick<TypedFacts, "personal" | "sensitive" | "classification">): boolean {
  return stated.personal === true || stated.sensitive === true || isMarkedSensitive(stated.classification);
}

/** The facts, or what is missing or wrong, by field. @param more what else was stated, checked already */
export function readFacts(
  stated: TypedFacts,
  rules: RuleSet,
  more: Partial<StatedFacts> = {},
): { readonly ok: true; readonly facts: StatedFacts } | { readonly ok: false; readonly errors: FactErrors } {
  const errors: FactErrors = {};
  const purpose = stated.purpose.trim();
  const necessity = stated.necessity.trim();
  // SDT-4: necessity is weighed before anything is sent, and stays on the record.
  if (purpose === "") errors.purpose = "Say what it is for";
  if (necessity === "") errors.necessity = "Say why it is necessary to send this";
  const recordCopy = stated.recordCopy?.trim() ?? null;
  if (recordCopy === "") errors.recordCopy = "Say where the record copy is kept";
  if (recordCopy !== null && recordCopy.length > LONGEST)
    errors.recordCopy = `Use ${LONGEST} characters or fewer for where the record copy is kept`;
  if (purpose.length > LONGEST) errors.purpose = `Use ${LONGEST} characters or fewer for what it is for`;
  if (necessity.length > LONGEST) errors.necessity = `Use ${LONGEST} characters or fewer for why it is necessary`;
  const { classification, personal, sensitive } = stated;
  // SIS-36: what is above OFFICIAL is known by name, so that policy refuses it with whom to ask.
  const classified = CLASSIFICATIONS[rules].find((each) => each === classification);
  if (!classified) errors.classification = "Choose the classification";
  if (personal === null) errors.personal = "Say whether there is personal information in it";
  const marked = isMarkedSensitive(classification);
  if (sensitive === null && !marked) errors.sensitive = "Say whether it is sensitive in any other way";
  const asked = needsImpact(stated);
  const individuals = asked ? WEIGHTS.find((each) => each === stated.individuals) : "none";
  const organisation = asked ? WEIGHTS.find((each) => each === stated.organisation) : "none";
  if (!individuals) errors.individuals = "Say what could happen to people if it reached the wrong person";
  if (!organisation) errors.organisation = "Say what could happen to the organisation if it reached the wrong person";
  if (Object.keys(errors).length > 0 || !classified || !individuals || !organisation) return { ok: false, errors };
  return {
    ok: true,
    facts: {
      ...NOT_STATED,
      ...more,
      purpose,
      necessity,
      classification: classified,
      personal: personal === true,
      sensitive: sensitive === true || (sensitive === null && marked),
      impact: { individuals, organisation },
      ...(recordCopy === null ? {} : { recordCopy }),
    },
  };
}
