import { dirname, join } from "node:path";
import { parseConfiguration } from "./configuration/parse-configuration.ts";
import { badConfiguration } from "./error.ts";
import { loadPolicy } from "./load-policy.ts";
import type { Policy } from "./policy.ts";
import type { RunningPolicy } from "./running-policy.ts";

/** What somebody would like the policy to be: texts, which an administrator controls. Nothing of it is saved. */
export interface Draft {
  /** YAML, as the configuration file. */
  readonly configuration: string;
  /** Cedar, as one file of local rules; may be empty. */
  readonly rules: string;
}

/** How messages name a draft's configuration. */
export const DRAFT_FILE = "draft.yaml";

/**
 * Loads and tries a draft as the real one would be. It may name the folders of local rules that the running configuration names,
 * and no others: a page must not be a way of reading folders of the server.
 * @throws PolicyError with file, line and reason
 */
export function loadDraft({ folder, file, current }: RunningPolicy, draft: Draft): Policy {
  const { settings, lineOf } = parseConfiguration(draft.configuration, DRAFT_FILE);
  const known = current?.settings.localRules ?? [];
  for (const [index, path] of settings.localRules.entries()) {
    if (known.includes(path)) continue;
    const at = `localRules[${index}]`;
    const reason = `${at} names ${path}, which the running configuration does not; paste those rules instead.`;
    throw badConfiguration(DRAFT_FILE, lineOf(at), reason);
  }
  // The same folders as the running configuration's, which are relative to its file.
  return loadPolicy(folder, { file: join(dirname(file), DRAFT_FILE), settings, lineOf }, draft.rules);
}
