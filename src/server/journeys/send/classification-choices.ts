import type { RuleSet } from "../../../domain/facts.ts";
import { isMarkedSensitive } from "../../assessing/questions.ts";

interface Choice {
  readonly value: string;
  readonly text: string;
  readonly hint: { readonly text: string };
}

/** SIS-36, OXM-4: known by name in every rule set, so that it is answered with whom to ask. */
const ABOVE: Choice = {
  value: "SECRET",
  text: "SECRET or above",
  hint: { text: "It is never sent this way. You are told whom to ask." },
};

const CHOICES: Readonly<Record<RuleSet, readonly Choice[]>> = {
  "uk-government": [
    { value: "OFFICIAL", text: "OFFICIAL", hint: { text: "Ordinary work." } },
    {
      value: "OFFICIAL-SENSITIVE",
      text: "OFFICIAL-SENSITIVE",
      hint: { text: "Losing it could seriously harm somebody, a case or the organisation." },
    },
    ABOVE,
  ],
  university: [
    { value: "public", text: "Public", hint: { text: "Anybody may see it." } },
    {
      value: "internal",
      text: "Internal",
      hint: { text: "For people of the university, and harmless if others see it." },
    },
    {
      value: "confidential",
      text: "Confidential",
      hint: { text: "It could harm people or the university in the wrong hands, or it was given in confidence." },
    },
    ABOVE,
  ],
};

/** What can be chosen under a rule set, lowest first, and how to choose. */
export function classificationChoices(rules: RuleSet) {
  const sensitive = CHOICES[rules].find((each) => each !== ABOVE && isMarkedSensitive(each.value));
  return {
    classifications: CHOICES[rules],
    classificationHint: "If it carries a marking, choose that one.",
    sensitiveMarking: sensitive?.text ?? ABOVE.text,
  };
}
