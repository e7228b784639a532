import { fileURLToPath } from "node:url";
import type { RuleSet } from "../domain/facts.ts";
import { firstConfiguration } from "../policy/configuration/first-configuration.ts";
import { parseConfiguration } from "../policy/configuration/parse-configuration.ts";
import { loadUntried } from "../policy/load-policy.ts";
import type { Policy } from "../policy/policy.ts";
import type { RunningPolicy } from "../policy/running-policy.ts";

const FOLDER = fileURLToPath(new URL("../../policies", import.meta.url));
const FILE = "council.example.yaml";
const contact = (name: string) => ({ name: `the ${name} team`, address: `${name}@council.example` });

/** By the configuration's text, what was loaded already: the shipped files do not change while tests run. */
const loaded = new Map<string, Policy>();

/** The shipped rules of a set for Example Council, whose people are at council.example. @param change of the configuration's text */
export function councilPolicy(
  rules: RuleSet = "uk-government",
  change: (yaml: string) => string = (yaml) => yaml,
): RunningPolicy {
  const text = change(councilConfiguration(rules));
  const read = () => {
    const policy = loaded.get(text) ?? loadUntried(FOLDER, parseConfiguration(text, FILE));
    loaded.set(text, policy);
    return policy;
  };
  let current: Policy = read();
  return {
    file: FILE,
    folder: FOLDER,
    get current() {
      return current;
    },
    read,
    adopt(policy) {
      current = policy;
    },
    found: () => current,
  };
}

const written = new Map<RuleSet, string>();

/** The text of Example Council’s configuration. */
export function councilConfiguration(rules: RuleSet): string {
  const text = written.get(rules) ?? writeConfiguration(rules);
  written.set(rules, text);
  return text;
}

function writeConfiguration(rules: RuleSet): string {
  return firstConfiguration(FOLDER, {
    rules,
    organisation: "Example Council",
    workDomains: ["council.example"],
    contacts: {
      "security-team": contact("security"),
      "privacy-team": contact("privacy"),
      "operational-security": contact("operations"),
      "information-compliance": contact("compliance"),
      "service-desk": contact("desk"),
    },
  });
}
