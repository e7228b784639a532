import { readConfiguration } from "./configuration/parse-configuration.ts";
import { loadPolicy } from "./load-policy.ts";
import type { Policy } from "./policy.ts";

/** The policy that decides now, and how to put a new one in its place. */
export interface RunningPolicy {
  readonly current: Policy;
  /**
   * Reads folder and configuration again. The running policy stays until the new one has parsed, validated and passed its cases.
   * @throws PolicyError with file, line and reason; then the running one goes on.
   */
  reload(): Policy;
}

/** @throws PolicyError: what is refused at start does not start */
export function startPolicy(folder: string, configurationFile: string): RunningPolicy {
  const load = () => loadPolicy(folder, readConfiguration(configurationFile));
  let current = load();
  return {
    get current() {
      return current;
    },
    reload() {
      current = load();
      return current;
    },
  };
}
