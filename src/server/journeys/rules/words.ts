import type { Method, RuleSet } from "../../../domain/facts.ts";
import { INCIDENT_KINDS } from "../../../domain/incident.ts";
import { METHOD_NAMES } from "../../../domain/method-names.ts";
import type { Settings } from "../../../policy/configuration/settings.ts";
import { type Policy, sentenceOf, weightOf, whenOf } from "../../../policy/policy.ts";
import type { Rule } from "../../../policy/rules/rule.ts";
import { reportTextsIn } from "../../texts/report/texts.ts";
import { asksWords } from "./need-words.ts";

/** What people call the rule sets. */
export const RULE_SET_NAMES: Readonly<Record<RuleSet, string>> = {
  "uk-government": "UK government",
  university: "Universities",
};

/** The same inside a sentence: the rules for universities. */
export function ruleSetInWords(set: RuleSet): string {
  return lowered(RULE_SET_NAMES[set]);
}

/** A rule as pages show it. */
export interface ShownRule {
  readonly id: string;
  readonly says: string;
  readonly clauses: readonly string[];
  /** How far it is a reading of its clauses, or of a local rule without one, why there is it; null where its clauses say it. */
  readonly own: string | null;
  readonly topic: string;
  /** What it applies to, such as “Personal or sensitive content by email”; of a local rule that does not say, “By email and CJSM”. */
  readonly applies: string;
  readonly methods: readonly Method[];
  /** What would meet it, such as “A senior manager agrees”. */
  readonly asks: string;
  readonly need: string;
  readonly weight: "need" | "advice" | "nothing";
  /** Rules of an organisation's or unit's own (SIS-35). */
  readonly local: boolean;
  /** From where on it is bulk, where the rule speaks of that; empty otherwise. */
  readonly limits: string;
}

export function shownRule({ settings }: Policy, rule: Rule): ShownRule {
  const { id, clauses, own, methods, need, file, local } = rule;
  return {
    id,
    says: sentenceOf(settings, rule),
    clauses,
    own,
    topic: topicOf(file),
    applies: whenOf(settings, rule) ?? byWords(methods),
    methods,
    asks: asksWords(need),
    need,
    weight: weightOf(settings, rule),
    local,
    limits: /\bbulk\b/.test(rule.says) ? bulkWords(settings) : "",
  };
}

/** SIS-4: what, beside names with addresses, makes it bulk from fewer people on. */
export function combinedWords({ rules }: Settings): string {
  return `special-category or criminal-offence information, or ${rules === "university" ? "what is confidential" : "OFFICIAL-SENSITIVE"}`;
}

const number = new Intl.NumberFormat("en-GB");

function bulkWords(settings: Settings): string {
  const { bulk } = settings;
  return `Bulk begins at ${number.format(bulk.people)} people, or at ${number.format(bulk.identifying)} where names with addresses stand with ${combinedWords(settings)}`;
}

const TOPICS: Readonly<Record<string, string>> = {
  purpose: "Purpose and necessity",
  contents: "What is in it",
  recipients: "Who receives it",
  lists: "Lists",
  "third-parties": "Third parties and suppliers",
  abroad: "Abroad",
  approvals: "Who must agree",
  secrets: "Passwords and secret words",
  email: "Email",
  cjsm: "CJSM",
  post: "Post",
  carried: "Carried by hand or post",
  media: "Removable media",
  handover: "Handing over and telephone",
  fax: "Fax",
  platform: "The organisation's own platform",
};

function topicOf(file: string): string {
  const name = file.replace(/^.*\//, "").replace(/\.cedar$/, "");
  return TOPICS[name] ?? `Our own: ${name.replaceAll("-", " ")}`;
}

function byWords(methods: readonly Method[]): string {
  if (methods.length === Object.keys(METHOD_NAMES).length) return "By every method";
  return `By ${listWords(methods.map((each) => lowered(METHOD_NAMES[each])))}`;
}

/** Names such as CJSM stay as they are. */
function lowered(name: string): string {
  return /^[A-Z]{2}/.test(name) ? name : name.charAt(0).toLowerCase() + name.slice(1);
}

/** one, two and three */
export function listWords(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}

const CONTACT_NAMES = {
  "security-team": "Security team",
  "privacy-team": "Privacy team",
  "operational-security": "Operational security",
  "information-compliance": "Information compliance",
  "service-desk": "Service desk",
} as const;

/** SDT-29, SDT-30, OXM-3, ESG-4: where a reported problem of each kind goes. */
export function routesInWords({ incidents, contacts }: Settings) {
  return INCIDENT_KINDS.map((kind) => ({
    kind: reportTextsIn("en").kinds[kind],
    to: listWords(incidents.routes[kind].map((name) => contacts[name].name)),
  }));
}

export function contactsInWords({ contacts }: Settings) {
  return Object.entries(contacts).map(([id, contact]) => ({
    role: CONTACT_NAMES[id as keyof typeof CONTACT_NAMES],
    ...contact,
  }));
}
