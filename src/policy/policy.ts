import { formatSize } from "../domain/size-text.ts";
import type { CedarPolicies } from "./cedar.ts";
import { CONTACTS, type Settings } from "./configuration/settings.ts";
import type { Clause } from "./rules/clause-register.ts";
import type { Permit, Rule } from "./rules/rule.ts";

/** A policy that parsed, validated and passed its own cases, with the configuration it was loaded for. */
export interface Policy {
  readonly settings: Settings;
  /** The line, from 1, of a setting in the configuration that was read, such as `workDomains`. */
  lineOf(path: string): number;
  /** `sha256:` and 64 hexadecimal digits, over the schema, the rules and the configuration: what decided. */
  readonly digest: string;
  /** What the digest is over: canonical JSON of `schema`, `policies` (Cedar, by id) and `settings`. */
  readonly text: string;
  /** In the order in which needs are listed. */
  readonly rules: readonly Rule[];
  readonly permits: readonly Permit[];
  readonly clauses: ReadonlyMap<string, Clause>;
  readonly cedar: CedarPolicies;
}

/** What a rule's firing comes to under a configuration. */
export function weightOf({ require, loosen }: Settings, { id, weight }: Rule): "need" | "advice" | "nothing" {
  if (require.includes(id)) return "need";
  if (loosen.includes(id) || weight === "advice") return "advice";
  return weight === "local" ? "nothing" : "need";
}

/** A rule's sentence with the names and limits of the configuration filled in. */
export function sentenceOf(settings: Settings, { says }: Rule): string {
  return filledIn(settings, says);
}

/** What a rule applies to, with the names and limits of the configuration filled in; null where a local rule does not say. */
export function whenOf(settings: Settings, { when }: Rule): string | null {
  return when === null ? null : filledIn(settings, when);
}

function filledIn(settings: Settings, says: string): string {
  const { contacts, collaborationPlatform } = settings;
  return says.replaceAll(/\{([^}]+)\}/g, (whole, name: string, at: number) => {
    const limit = LIMITS[name];
    if (limit) return formatSize(limit(settings));
    if (name === PLATFORM) return collaborationPlatform?.name ?? "The organisation's own platform";
    const contact = CONTACTS.find((each) => each === name);
    if (contact === undefined) return whole;
    const { name: called, address, phone } = contacts[contact];
    const reached = [address, ...(phone === null ? [] : [phone])].join(", ");
    if (says[at - 1] !== "(") return `${called} (${reached})`;
    const named = says.slice(0, at).toLowerCase().includes(called.toLowerCase());
    return named ? reached : `${called}, ${reached}`;
  });
}

/** The name in braces for the organisation's own platform; the others are the contacts' and the limits'. */
export const PLATFORM = "platform";

/** Sizes that a sentence can name in braces, in bytes (SDT-11, SDT2-1, SDT-22). */
const LIMITS: Readonly<Record<string, (settings: Settings) => number>> = {
  "email-limit": ({ email }) => email.limitBytes,
  "secure-link-above": ({ email }) => email.secureLinkAboveBytes,
  "media-limit": ({ media }) => media.limitBytes,
};
export const LIMIT_NAMES = Object.keys(LIMITS);
