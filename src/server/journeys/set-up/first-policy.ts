import { RULE_SETS, type RuleSet } from "../../../domain/facts.ts";
import { type FirstConfiguration, firstConfiguration } from "../../../policy/configuration/first-configuration.ts";
import { CONTACTS } from "../../../policy/configuration/settings.ts";
import type { Policy } from "../../../policy/policy.ts";
import { ServerError } from "../../error.ts";
import type { Parts } from "../../parts.ts";
import { domainsIn } from "./organisation.ts";
import type { Draft } from "./set-up-code.ts";

/** The rule set that was chosen so far, or null. */
export function rulesIn(draft: Draft): RuleSet | null {
  return RULE_SETS.find((each) => each === draft.rules) ?? null;
}

/** Whom to ask, as typed so far: fields `<contact>-name`, `<contact>-address` and, where there is one, `<contact>-copy`. */
export function contactsIn(draft: Draft): FirstConfiguration["contacts"] {
  const entries = CONTACTS.map((contact) => {
    const { [`${contact}-name`]: name, [`${contact}-address`]: address, [`${contact}-copy`]: copy } = draft;
    const copied = copy ? { copy: String(copy) } : {};
    return [contact, { name: String(name ?? ""), address: String(address ?? ""), ...copied }] as const;
  });
  // A member for each of the words.
  return Object.fromEntries(entries) as FirstConfiguration["contacts"];
}

/** The configuration that the draft comes to; null while something of it is missing. */
export function configurationOf(parts: Parts, draft: Draft): string | null {
  const rules = rulesIn(draft);
  const contacts = contactsIn(draft);
  const whole = Object.values(contacts).every(({ name, address }) => name !== "" && address !== "");
  if (rules === null || !draft.name || !draft.workDomains || !whole) return null;
  const workDomains = domainsIn(String(draft.workDomains));
  return firstConfiguration(parts.policy.folder, { rules, organisation: String(draft.name), workDomains, contacts });
}

/** Whether there is still something to choose: not when the configuration was there before set-up. */
export function policyIsChosen(parts: Parts, draft: Draft): boolean {
  return parts.policy.current !== null || configurationOf(parts, draft) !== null;
}

/**
 * The policy that decides from now on: the configuration that is there already, or the draft's, which is written and tried.
 * @throws ServerError `unwritable` when the file cannot be written; then nothing was saved.
 */
export function foundPolicy(parts: Parts, draft: Draft): Policy {
  const { policy } = parts;
  if (policy.current) return policy.current;
  const text = configurationOf(parts, draft);
  if (text === null) throw new ServerError({ code: "already-set-up", message: "Choose the rules first, at /set-up." });
  try {
    return policy.found(text);
  } catch (cause) {
    if (!(cause instanceof Error && "code" in cause && "syscall" in cause)) throw cause;
    throw new ServerError({
      code: "unwritable",
      message: `The configuration of the rules cannot be written to ${policy.file} (${cause.code}). Nothing was saved. Whoever runs the server lets it write there, or names another place with WAYBILL_POLICY; then go on here.`,
      cause,
    });
  }
}
