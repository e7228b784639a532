import type { RuleSet } from "../../domain/facts.ts";
import type { Settings } from "../../policy/configuration/settings.ts";
import { loadUntried } from "../../policy/load-policy.ts";
import type { Policy } from "../../policy/policy.ts";
import { policyNow } from "../assessing/policy-now.ts";
import type { Parts } from "../parts.ts";

const others = new WeakMap<Policy, Policy>();

/**
 * The running policy, or for the other set its shipped rules as they would read here: to be looked at and compared, never to
 * decide. @throws PolicyError when the files on the disk were changed since the start and no longer load
 */
export function policyOfSet(parts: Parts, set: RuleSet): Policy {
  const running = policyNow(parts);
  if (running.settings.rules === set) return running;
  const known = others.get(running) ?? loadUntried(parts.policy.folder, asConfigured(parts, running.settings, set));
  others.set(running, known);
  return known;
}

/** This organisation's configuration, without what it says about single rules of the running set. */
function asConfigured({ policy }: Parts, running: Settings, rules: RuleSet) {
  const settings: Settings = { ...running, rules, require: [], loosen: [], localRules: [] };
  return { file: policy.file, settings, lineOf: () => 1 };
}
