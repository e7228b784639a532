import type { CedarPolicies } from "./cedar.ts";
import type { Settings } from "./configuration/settings.ts";
import type { Clause } from "./rules/clause-register.ts";
import type { Rule } from "./rules/rule.ts";

/** A policy that parsed, validated and passed its own cases, with the configuration it was loaded for. */
export interface Policy {
  readonly settings: Settings;
  /** `sha256:` and 64 hexadecimal digits, over the schema, the rules and the configuration: what decided. */
  readonly digest: string;
  /** In the order in which needs are listed. */
  readonly rules: readonly Rule[];
  readonly clauses: ReadonlyMap<string, Clause>;
  readonly cedar: CedarPolicies;
  /** What a rule's firing comes to under this configuration. */
  weightOf(rule: Rule): "need" | "advice" | "nothing";
  /** A rule's sentence with the names filled in. */
  sentenceOf(rule: Rule): string;
}
