import { join } from "node:path";
import type { Need } from "../../domain/assessment.ts";
import { nextReview } from "../../domain/lifecycle/control-review.ts";
import type { Organisation } from "../../domain/organisation.ts";
import type { ControlReview, TallyKind } from "../../domain/oversight.ts";
import type { RecordedException } from "../../domain/record-terms.ts";
import { needOf } from "../../policy/assess.ts";
import { readControlNumbers } from "../../policy/rules/control-numbers.ts";
import { policyNow } from "../assessing/policy-now.ts";
import type { ClauseEvidence } from "../clauses/clause-evidence.ts";
import { type RegisteredClause, registerOf } from "../clauses/clause-register.ts";
import type { Parts } from "../parts.ts";
import { londonMidnight } from "../texts/london-day.ts";

/** Days in London, YYYY-MM-DD, both inside. */
export interface Period {
  readonly from: string;
  readonly until: string;
}

/** SIS-28: one clause with its control and what the records say of it. */
export interface ReportedControl extends RegisteredClause {
  /** Of ISO/IEC 27002:2022. */
  readonly controls: readonly string[];
  /** Rules of the set that runs here that cite it, with their words. */
  readonly running: RegisteredClause["rules"];
  /** Where else the product enforces or shows it: pages with their addresses, jobs, checks. */
  readonly areas: readonly string[];
  /** Decisions of the period in which it was asked about, met or not, and the last day. */
  readonly asked: number;
  readonly last: string | null;
  /** Those of them that it stopped until somebody met it. */
  readonly stopped: number;
  /** Decisions of the period in which a reason stood in its place. */
  readonly excepted: number;
}

export interface ControlReport {
  readonly period: Period;
  readonly policy: { readonly rules: string; readonly digest: string };
  readonly controls: readonly ReportedControl[];
  /** Newest first, `MOST` at the most. */
  readonly exceptions: readonly RecordedException[];
  /** How many there are in all. */
  readonly excepted: number;
  /** Rules that this organisation's configuration made advice (SIS-35). */
  readonly loosened: readonly LoosenedRule[];
  /** Those that were made, the last first. */
  readonly reviews: readonly (ControlReview & { readonly by: string })[];
  readonly due: string;
}

/** A rule that is advice here, in its words; `reason` null: the configuration gives none. */
export interface LoosenedRule extends Need {
  readonly reason: string | null;
}

export const MOST_EXCEPTIONS = 200;

export async function controlReport(parts: Parts, organisation: Organisation, period: Period): Promise<ControlReport> {
  const { read } = parts.records;
  const policy = policyNow(parts);
  const numbers = readControlNumbers(join(parts.policy.folder, "iso-27002.yaml"));
  const counted = async (kind: TallyKind) =>
    new Map((await read.tallies(kind, period.from, period.until)).map(({ key, count }) => [key, count]));
  const asked = new Map((await read.tallies("clause", period.from, period.until)).map((each) => [each.key, each]));
  const stopped = await counted("stopped");
  const excepted = await counted("exception");
  const controls = (await registerOf(parts)).map(
    (clause): ReportedControl => ({
      ...clause,
      controls: numbers.get(clause.id) ?? [],
      running: clause.rules.filter(({ set }) => set === policy.settings.rules),
      areas: areasOf(clause.places),
      asked: asked.get(clause.id)?.count ?? 0,
      last: asked.get(clause.id)?.last ?? null,
      stopped: stopped.get(clause.id) ?? 0,
      excepted: excepted.get(clause.id) ?? 0,
    }),
  );
  const reviews = await read.controlReviews();
  return {
    period,
    policy: { rules: policy.settings.rules, digest: policy.digest },
    controls,
    exceptions: await read.exceptions(londonMidnight(period.from), londonMidnight(period.until, 1), MOST_EXCEPTIONS),
    excepted: [...excepted.values()].reduce((sum, count) => sum + count, 0),
    loosened: policy.rules
      .filter(({ id }) => policy.settings.loosen.includes(id))
      .map((rule) => ({
        ...needOf(policy.settings, rule),
        reason: policy.settings.loosenedBecause?.[rule.id] ?? null,
      })),
    reviews: await Promise.all(
      reviews
        .filter(({ reviewedAt }) => reviewedAt !== null)
        .map(async (each) => ({ ...each, by: await nameOf(parts, each.reviewedBy) })),
    ),
    due: nextReview(reviews, organisation.createdAt, "").dueAt,
  };
}

/** Each place once, with the addresses of its pages: in the order of their names. */
function areasOf(places: ClauseEvidence["places"]): readonly string[] {
  const routes = new Map<string, Set<string>>();
  for (const { area, routes: own } of places) {
    const known = routes.get(area) ?? new Set();
    for (const each of own) known.add(each);
    routes.set(area, known);
  }
  return [...routes]
    .map(([area, own]) => (own.size === 0 ? area : `${area} (${[...own].sort().join(", ")})`))
    .toSorted((a, b) => a.localeCompare(b, "en"));
}

async function nameOf({ records }: Parts, id: string | null): Promise<string> {
  const member = id === null ? null : await records.read.member(id);
  return member ? `${member.name} (${member.address})` : "";
}
