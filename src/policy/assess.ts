import type { Advice, AskedRule, Assessment, MethodAnswer, Need } from "../domain/assessment.ts";
import type { Facts, Method } from "../domain/facts.ts";
import type { Settings } from "./configuration/settings.ts";
import { type Policy, sentenceOf, weightOf } from "./policy.ts";
import { rankMethods } from "./ranking/rank-methods.ts";
import type { Holds } from "./reduce/approved.ts";
import { reduceFacts, type Situation } from "./reduce/context.ts";
import { canBeMet, type Rule } from "./rules/rule.ts";

export interface AssessOptions {
  /** When it is: agreements and arrangements end. */
  readonly now: Date;
  /**
   * Who holds a role: `configured` asks the configuration, a function is asked itself (the server knows line managers from
   * members' records), `unchecked` takes every stated role as held and every stated network as true, and says so.
   */
  readonly roles: "configured" | "unchecked" | Holds;
  /** Told of every rule that could not be evaluated. The method is refused in any case. */
  readonly report?: (fault: string) => void;
  /** Methods whose answer names every rule that was asked, met or not; `all` of them, or none. */
  readonly asked?: Method | "all";
}

/** Assesses all nine methods: the needs of each are the rules that still forbid it. Never throws for facts that parsed. */
export function assess(policy: Policy, facts: Facts, options: AssessOptions): Assessment {
  const { settings } = policy;
  const situation = reduceFacts(facts, {
    settings,
    holds: holderCheck(policy, options.roles),
    trustStatedNetworks: options.roles === "unchecked",
    now: options.now,
  });
  const found = rankMethods(situation, settings).map(({ method, advice }) => {
    const ruled = rulesOn(policy, situation, method, options.report);
    const said = ruled.advice.map(({ rule: _, ...each }): Advice => each);
    const wanted = options.asked === "all" || options.asked === method;
    const asked = wanted ? askedOn(policy, situation, method, ruled) : null;
    return { method, verdict: verdictOf(ruled.needs), needs: ruled.needs, advice: [...said, ...advice], asked };
  });
  const best = [...found].sort((a, b) => order(a) - order(b));
  return {
    policy: { rules: settings.rules, digest: policy.digest },
    roles: options.roles === "unchecked" ? "unchecked" : "checked",
    people: { bulk: situation.people.stated ? situation.people.bulk : null, threshold: situation.people.threshold },
    methods: best.map(({ method, verdict, needs, advice, asked }, index) => {
      return {
        method,
        rank: index + 1,
        verdict,
        needs: needs.map((need) => namingAnother(need, method, best)),
        advice,
        ...(asked === null
          ? {}
          : { asked: asked.map((each) => (each.met ? each : namingAnother(each, method, best))) }),
      };
    }),
  };
}

function holderCheck({ settings }: Policy, roles: AssessOptions["roles"]): Holds {
  if (typeof roles === "function") return roles;
  return roles === "unchecked" ? () => true : (role, by) => settings.roles[role].includes(by);
}

/** What one method still needs for all recipients: the union over their profiles, in the order of the rules. */
export function rulesOn(
  policy: Policy,
  situation: Situation,
  method: Method,
  report: AssessOptions["report"],
): { readonly needs: readonly Need[]; readonly advice: readonly (Advice & { readonly rule: string })[] } {
  const { settings } = policy;
  const fired = new Set<string>();
  const faults = new Map<string, string>();
  for (const profile of situation.profiles) {
    const decision = policy.cedar.decide(method, situation.contextFor(method, profile));
    for (const id of decision.fired) fired.add(id);
    for (const { policyId, reason } of decision.faults) faults.set(policyId ?? "request", reason);
    // A refusal that no rule explains is not passed off as an allowance.
    const explained = decision.allowed || decision.fired.length > 0 || decision.faults.length > 0;
    if (!explained) faults.set("method", "nothing permits this method");
  }
  const broken = [...faults]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, reason]): Need => {
      const says = `The rule ${id} could not be evaluated, so that this is refused until it is mended (${reason}).`;
      report?.(`${method}: ${says}`);
      const clauses = policy.rules.find((rule) => rule.id === id)?.clauses ?? [];
      return { rule: id, clauses, need: "ask:administrator", says };
    });
  const rules = policy.rules.filter(({ id }) => fired.has(id));
  const needs = rules.filter((rule) => weightOf(settings, rule) === "need").map((rule) => needOf(settings, rule));
  const advice = rules.filter((rule) => weightOf(settings, rule) === "advice").map((rule) => needOf(settings, rule));
  return {
    needs: [...broken, ...needs],
    advice: advice.map(({ need: _, ...each }) => each),
  };
}

/**
 * Every rule that is asked of a method, by id (SDT-28, SIS-28): what still forbids it is open, the rest was met by the facts. Rules that
 * come to nothing under the configuration are not asked.
 */
export function askedOn(
  policy: Policy,
  situation: Situation,
  method: Method,
  { needs, advice }: ReturnType<typeof rulesOn>,
): readonly AskedRule[] {
  const { settings } = policy;
  const asked = new Map<string, AskedRule>();
  const concerning = situation.profiles.flatMap((profile) =>
    policy.cedar.concerning(method, situation.contextFor(method, profile)),
  );
  for (const id of new Set(concerning)) {
    const rule = policy.rules.find((each) => each.id === id);
    const weight = rule ? weightOf(settings, rule) : "nothing";
    if (!rule || weight === "nothing") continue;
    const open = advice.some((each) => each.rule === id);
    asked.set(id, { ...needOf(settings, rule), weight, met: !open });
  }
  for (const need of needs) asked.set(need.rule, { ...need, weight: "need", met: false });
  return [...asked.values()].sort((a, b) => (a.rule < b.rule ? -1 : 1));
}

/** A rule as what it asks for, in its words. */
export function needOf(settings: Settings, rule: Rule): Need {
  const { id, clauses, own, need, local } = rule;
  const says = sentenceOf(settings, rule);
  const reading = own === null || clauses.length === 0 ? {} : { reading: own };
  return { rule: id, clauses, need, says, ...reading, ...(local ? { local } : {}) };
}

function verdictOf(needs: readonly Need[]): MethodAnswer["verdict"] {
  if (needs.length === 0) return "ready";
  return needs.every(({ need }) => canBeMet(need)) ? "needs" : "refused";
}

type Found = Pick<MethodAnswer, "method" | "verdict">;

/** Those that are refused come after the rest; media and fax last in any case (SDT-18, SIS-16). */
function order({ method, verdict }: Found): number {
  const last = method === "removable-media" ? 2 : method === "fax" ? 3 : 0;
  return last > 0 ? last : verdict === "refused" ? 1 : 0;
}

/** A refusal names the best method that is not refused. */
function namingAnother<T extends Need>(need: T, method: Method, best: readonly Found[]): T {
  if (need.need !== "method:other") return need;
  const other = best.find((each) => each.method !== method && each.verdict !== "refused");
  return { ...need, need: `method:${other?.method ?? "none"}` };
}
