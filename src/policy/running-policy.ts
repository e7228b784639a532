import { existsSync } from "node:fs";
import { parseConfiguration, readConfiguration } from "./configuration/parse-configuration.ts";
import { saveConfiguration } from "./configuration/save-configuration.ts";
import { loadPolicy } from "./load-policy.ts";
import type { Policy } from "./policy.ts";

/** The policy that decides now, and how to put a new one in its place. */
export interface RunningPolicy {
  /** Null until the organisation has a configuration. */
  readonly current: Policy | null;
  /** Where the configuration is. */
  readonly file: string;
  /** Where schema, rules, cases and register of clauses are. */
  readonly folder: string;
  /**
   * Reads folder and configuration again, and answers what parsed, validated and passed its cases. It decides nothing until it is
   * adopted: the running one goes on.
   * @throws PolicyError with file, line and reason.
   */
  read(): Policy;
  /** From now on this one decides. */
  adopt(policy: Policy): void;
  /**
   * Writes the first configuration, once it has parsed, validated and passed its cases, and adopts it.
   * @throws PolicyError; Error `EEXIST` when there is one already, which is never written over; the system's error when it cannot be
   * written. Then nothing is there.
   */
  found(configuration: string): Policy;
}

/** @throws PolicyError: what is refused at start does not start */
export function startPolicy(folder: string, configurationFile: string): RunningPolicy {
  const read = () => loadPolicy(folder, readConfiguration(configurationFile));
  let current = existsSync(configurationFile) ? read() : null;
  return {
    file: configurationFile,
    folder,
    get current() {
      return current;
    },
    read,
    adopt(policy) {
      current = policy;
    },
    found(configuration) {
      const policy = loadPolicy(folder, parseConfiguration(configuration, configurationFile));
      saveConfiguration(configurationFile, configuration);
      current = policy;
      return policy;
    },
  };
}
