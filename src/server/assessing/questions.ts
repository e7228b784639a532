import type { Address } from "../../domain/address.ts";
import type { Classification } from "../../domain/facts.ts";
import { type Policy, weightOf } from "../../policy/policy.ts";
import { networkOf } from "../../policy/reduce/network.ts";

/** Which questions the running rules make worth asking of a transfer by secure link: nothing is asked that no rule looks at. */
export interface Questions {
  /** SDT-6. */
  readonly minimised: boolean;
  /** SIS-4: how many people, and whether names stand with addresses. */
  readonly people: boolean;
  /**
   * Whether special-category and criminal-offence data are asked for: under university rules they only make sensitive what
   * `confidential` makes so already (OXM-19).
   */
  readonly special: boolean;
  /** Whether somebody may have to agree: under university rules nobody has. */
  readonly agreeing: boolean;
}

/** SET-3: whether it is for criminal justice is asked where somebody is on the network that is for that alone. */
export function asksCriminalJustice({ settings }: Policy, addresses: readonly Address[]): boolean {
  return addresses.some((address) => networkOf(address, null, settings, false) === "cjsm");
}

/**
 * @param classification as chosen; any text
 * @returns which questions some rule of the running policy asks, as a need or as advice
 */
export function questionsOf(policy: Policy, classification: string): Questions {
  return {
    minimised: policyAsks(policy, "declare:minimised"),
    people: policyAsks(policy, "declare:people"),
    special: policy.settings.rules !== "university" || classification !== "confidential",
    agreeing: policy.rules.some(
      (rule) => rule.need.startsWith("approval:") && weightOf(policy.settings, rule) !== "nothing",
    ),
  };
}

/** Whether a rule that counts here wants this of a secure link. @param need such as `declare:minimised` */
function policyAsks({ rules, settings }: Policy, need: string): boolean {
  return rules.some(
    (rule) => rule.need === need && rule.methods.includes("secure-link") && weightOf(settings, rule) !== "nothing",
  );
}

const SENSITIVE: readonly Classification[] = ["OFFICIAL-SENSITIVE", "confidential", "SECRET", "TOP SECRET"];

/** Whether the classification alone says that it is sensitive: then nobody is asked. */
export function isMarkedSensitive(classification: string): boolean {
  return SENSITIVE.some((each) => each === classification);
}
