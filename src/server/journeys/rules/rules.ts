import { METHODS, RULE_SETS, type RuleSet } from "../../../domain/facts.ts";
import { METHOD_NAMES } from "../../../domain/method-names.ts";
import { policyNow } from "../../assessing/policy-now.ts";
import { policyOfSet } from "../../clauses/both-sets.ts";
import { type Row, row } from "../../gate/row.ts";
import { render } from "../../render.ts";
import { compareRules } from "./compare-rules.ts";
import { settingsInWords, storageQuestions } from "./settings-words.ts";
import { contactsInWords, RULE_SET_NAMES, routesInWords, ruleSetInWords, type ShownRule, shownRule } from "./words.ts";

/** "How we decide": every rule of the running policy in words, and both sets beside each other. */
export const rulesRows: readonly Row[] = [
  row({
    method: "GET",
    path: "/rules",
    who: "colleague",
    handle: async (visit) => {
      const policy = policyNow(visit.parts);
      const method = METHODS.find((each) => each === visit.query.method) ?? null;
      const all = policy.rules.map((rule) => shownRule(policy, rule));
      const rules = all.filter(({ methods }) => method === null || methods.includes(method));
      return render(visit, "rules/rules.njk", {
        title: "How we decide",
        set: ruleSetInWords(policy.settings.rules),
        other: ruleSetInWords(otherThan(policy.settings.rules)),
        digest: policy.digest,
        total: all.length,
        shown: rules.length,
        topics: byTopic(rules),
        own: all.filter(({ own, local }) => own !== null && !local),
        unweighed: policy.settings.rules === "university",
        method,
        methods: METHODS.map((id) => ({ value: id, text: METHOD_NAMES[id], selected: id === method })),
        settings: settingsInWords(policy),
        contacts: contactsInWords(policy.settings),
        routes: routesInWords(policy.settings),
        acknowledgeWithin: policy.settings.incidents.acknowledgeWithinMinutes,
        storage: storageQuestions(policy),
        administrator: visit.member.roles.includes("administrator"),
      });
    },
  }),
  row({
    method: "GET",
    path: "/rules/compare",
    who: "colleague",
    handle: async (visit) => {
      const own = policyNow(visit.parts);
      const others = policyOfSet(visit.parts, otherThan(own.settings.rules));
      const shown = [own, others].map((policy) => policy.rules.map((rule) => shownRule(policy, rule)));
      return render(visit, "rules/compare.njk", {
        title: "Both sets of rules",
        own: RULE_SET_NAMES[own.settings.rules],
        other: RULE_SET_NAMES[others.settings.rules],
        sides: [own, others].map(({ settings }) => ruleSetInWords(settings.rules)),
        topics: compareRules(shown[0] ?? [], shown[1] ?? []),
      });
    },
  }),
];

function otherThan(set: RuleSet): RuleSet {
  return RULE_SETS.find((each) => each !== set) ?? set;
}

/** In the order of the rules, which is the order in which people are asked. */
function byTopic(rules: readonly ShownRule[]) {
  return [...Map.groupBy(rules, ({ topic }) => topic)].map(([topic, own]) => ({ topic, rules: own }));
}
