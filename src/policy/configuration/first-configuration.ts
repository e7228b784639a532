import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isMap, isScalar, parseDocument } from "yaml";
import type { RuleSet } from "../../domain/facts.ts";
import { APPROVER_ROLES } from "../../domain/facts.ts";
import { EXAMPLE_CONFIGURATIONS } from "../load-policy.ts";
import type { ContactName } from "./settings.ts";

/** What an organisation says of itself at set-up. */
export interface FirstConfiguration {
  readonly rules: RuleSet;
  readonly organisation: string;
  readonly workDomains: readonly string[];
  /** Whom rules tell people to ask: a name and an address for each. */
  readonly contacts: Readonly<
    Record<ContactName, { readonly name: string; readonly address: string; readonly copy?: string }>
  >;
}

/**
 * The text of a first configuration: the rule set's example with its comments, and the organisation's own names in it. Nobody holds a
 * role by it, because on the server members' records say who does; and it names no collaboration platform.
 */
export function firstConfiguration(folder: string, first: FirstConfiguration): string {
  const example = parseDocument(readFileSync(join(folder, EXAMPLE_CONFIGURATIONS[first.rules]), "utf8"));
  example.commentBefore = ` ${first.organisation}: what the rules are applied with. docs/policy-authoring.md says what each means.`;
  const top = isMap(example.contents) ? example.contents.items[0]?.key : null;
  if (isScalar(top)) top.commentBefore = null; // it says that this is an example
  example.set("organisation", first.organisation);
  example.set("workDomains", example.createNode([...first.workDomains], { flow: true }));
  for (const role of APPROVER_ROLES) example.setIn(["roles", role], example.createNode([], { flow: true }));
  example.set("contacts", example.createNode({ ...first.contacts }, { aliasDuplicateObjects: false }));
  example.set("collaborationPlatform", null); // nobody was asked whether there is one
  example.set("localRules", example.createNode([], { flow: true }));
  return String(example);
}
