import { existsSync, writeFileSync } from "node:fs";
import { parseConfiguration, readConfiguration } from "./configuration/parse-configuration.ts";
import { loadPolicy } from "./load-policy.ts";
import type { Policy } from "./policy.ts";

/** The policy that decides now, and how to put a new one in its place. */
export interface RunningPolicy {
  /** Null until the organisation has a configuration. */
  readonly current: Policy | null;
  /** Where the configuration is. */
  readonly file: string;
  /**
   * Reads folder and configuration again. The running policy stays until the new one has parsed, validated and passed its cases.
   * @throws PolicyError with file, line and reason; then the running one goes on.
   */
  reload(): Policy;
  /**
   * Writes the first configuration, once it has parsed, validated and passed its cases.
   * @throws PolicyError; and Error `EEXIST` when there is one already: it is never written over.
   */
  found(configuration: string): Policy;
}

/** @throws PolicyError: what is refused at start does not start */
export function startPolicy(folder: string, configurationFile: string): RunningPolicy {
  const load = () => loadPolicy(folder, readConfiguration(configurationFile));
  let current = existsSync(configurationFile) ? load() : null;
  return {
    file: configurationFile,
    get current() {
      return current;
    },
    reload() {
      current = load();
      return current;
    },
    found(configuration) {
      const policy = loadPolicy(folder, parseConfiguration(configuration, configurationFile));
      writeFileSync(configurationFile, configuration, { flag: "wx", mode: 0o600 });
      current = policy;
      return policy;
    },
  };
}
