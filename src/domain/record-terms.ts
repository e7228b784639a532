import { type Address, domainOf } from "./address.ts";
import type { FixedWaybill } from "./approval.ts";
import { covers } from "./arrangement-covers.ts";
import type { Method } from "./facts.ts";
import { type RecordedAssessment, rulesAsked } from "./recorded-assessment.ts";
import type { Recipient } from "./transfer.ts";

/** What a transfer is found by, beside its reference, its state and when it was begun. */
export const TERM_KINDS = ["sender", "approver", "person", "organisation", "method", "clause"] as const;
export type TermKind = (typeof TERM_KINDS)[number];

export interface RecordTerm {
  readonly kind: TermKind;
  readonly term: string;
}

const MOST_WORDS = 12;

/** The words of a name as they are compared: lower case, without accents, each once. An address stays whole. */
export function wordsOf(text: string): readonly string[] {
  const folded = text.normalize("NFKD").replaceAll(/\p{M}/gu, "").toLowerCase();
  const words = folded.includes("@") ? folded.split(/\s+/u) : folded.split(/[^\p{L}\p{N}]+/u);
  return [...new Set(words.filter((each) => each !== ""))].slice(0, MOST_WORDS);
}

/** Every word of the name, and the address; every word of the organisation, and the address's domain. */
export function termsOfRecipient({
  name,
  address,
  organisation,
}: Pick<Recipient, "name" | "address" | "organisation">): readonly RecordTerm[] {
  const person = new Set([...wordsOf(name), address.toLowerCase()]);
  const inside = new Set([...wordsOf(organisation), domainOf(address).toLowerCase()]);
  return [
    ...[...person].map((term): RecordTerm => ({ kind: "person", term })),
    ...[...inside].map((term): RecordTerm => ({ kind: "organisation", term })),
  ];
}

/** A reason that stands where the rules ask for something else (SIS-28). */
export interface RecordedException {
  readonly clause: string;
  readonly at: string;
  /** Of the waybill that was signed so. */
  readonly digest: string;
  readonly reference: string;
  readonly reason: string;
}

/** What a recorded assessment tells about clauses. */
export interface Decision {
  readonly method: Method;
  /** Those that were asked about when the sender signed, met or not, each once. Of a record of version 1: as far as it knows, those that were open. */
  readonly clauses: readonly string[];
  /** Those of them whose condition was still unmet, so that it could not go yet; each once. */
  readonly stopped: readonly string[];
  readonly exceptions: readonly RecordedException[];
  /** SDT-3: who had agreed in advance, by a standing arrangement that covered it; each once. */
  readonly arranged: readonly Address[];
}

/** Why a method that comes last may serve: the clause that asks for the reason, in each set. */
const REASONED: Readonly<Partial<Record<Method, Readonly<Record<RecordedAssessment["policy"]["rules"], string>>>>> = {
  email: { "uk-government": "SDT-12", university: "SDT-12" },
  "removable-media": { "uk-government": "SDT-18", university: "OXM-13" },
  fax: { "uk-government": "SIS-16", university: "OXM-19" },
};

/** @param fixed whose assessment this program recorded. */
export function decisionOf({ assessment, at, digest, reference }: FixedWaybill): Decision | null {
  const recorded = parsed(assessment);
  if (recorded === null) return null;
  const { method, needs, advice, facts, policy } = recorded;
  const exceptions: RecordedException[] = [];
  const add = (clause: string | undefined, reason: string | undefined) => {
    if (clause && reason) exceptions.push({ clause, at, digest, reference, reason });
  };
  if (facts.agreement && "none" in facts.agreement) add("SDT-5", facts.agreement.none);
  add(REASONED[method]?.[policy.rules], facts.reasons?.[method]);
  const asked = [...(rulesAsked(recorded) ?? []), ...needs, ...advice].flatMap((each) => each.clauses);
  const clauses = [...new Set([...asked, ...exceptions.map(({ clause }) => clause)])];
  const stopped = [...new Set(needs.flatMap((each) => each.clauses))];
  const covering = (facts.arrangement ?? []).filter((each) =>
    covers(each, facts, method, policy.rules, at.slice(0, 10)),
  );
  return { method, clauses, stopped, exceptions, arranged: [...new Set(covering.map(({ by }) => by))] };
}

/** Null for what is no assessment: an older or a made-up record is found by everything else. */
function parsed(text: string): RecordedAssessment | null {
  try {
    const value = JSON.parse(text) as Partial<RecordedAssessment>; // written by this program; its digest is in the waybill
    const known =
      (value as { readonly version?: unknown }).version !== 2 ||
      Array.isArray((value as { readonly asked?: unknown }).asked);
    const whole = known && Array.isArray(value.needs) && Array.isArray(value.advice) && value.facts && value.method;
    return whole ? (value as RecordedAssessment) : null;
  } catch {
    return null;
  }
}
