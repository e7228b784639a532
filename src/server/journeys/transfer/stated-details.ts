import type { StatedFacts } from "../../../domain/transfer.ts";
import { isMarkedSensitive } from "../../assessing/questions.ts";
import { impactText, peopleText } from "../../assessing/said-for.ts";

interface Detail {
  readonly label: string;
  readonly value: string;
}

/** What the sender stated of the information, as it was agreed to (SIS-4: the number of people is declared, and said to be). */
export function statedDetails(facts: StatedFacts): readonly Detail[] {
  const { personal, people, agreement } = facts;
  const line = (label: string, value: string): readonly Detail[] => [{ label, value }];
  const yesOrNo = (label: string, said: boolean | null) => (said === null ? [] : line(label, said ? "Yes" : "No"));
  return [
    ...line("Personal information", personal ? "Yes" : "No"),
    ...yesOrNo("Special-category information", facts.special),
    ...yesOrNo("Criminal offences", facts.offences),
    ...yesOrNo("Names with addresses", facts.namesWithAddresses),
    ...(people === null ? [] : line("How many people", peopleText(people))),
    ...(isMarkedSensitive(facts.classification)
      ? line("Sensitive", "Yes: the classification says so")
      : yesOrNo("Sensitive in another way", facts.sensitive)),
    ...line("If it reached the wrong person", impactText(facts).join("\n")),
    ...(agreement === null ? [] : line("Data sharing agreement", agreementWords(agreement))),
    ...(facts.destinationStorage === null ? [] : line("Where they keep it", facts.destinationStorage)),
  ];
}

function agreementWords(agreement: NonNullable<StatedFacts["agreement"]>): string {
  return "reference" in agreement ? agreement.reference : `None, because: ${agreement.none}`;
}
