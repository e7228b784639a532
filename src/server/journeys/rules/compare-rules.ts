import type { ShownRule } from "./words.ts";

/** One thing that is asked for, with the rules of each set that ask it; a set without one does not ask. */
export interface ComparedNeed {
  readonly asks: string;
  readonly own: readonly ShownRule[];
  readonly other: readonly ShownRule[];
  /** Both have the very same rules. */
  readonly same: boolean;
}

/** Both sets by topic and by what is asked: what one set has no rule about has an empty side. */
export function compareRules(
  own: readonly ShownRule[],
  other: readonly ShownRule[],
): readonly { readonly topic: string; readonly needs: readonly ComparedNeed[] }[] {
  const topics = new Map<string, Map<string, { own: ShownRule[]; other: ShownRule[] }>>();
  for (const [side, rules] of [
    ["own", own],
    ["other", other],
  ] as const) {
    for (const rule of rules) {
      const needs = topics.get(rule.topic) ?? new Map<string, { own: ShownRule[]; other: ShownRule[] }>();
      const pair = needs.get(rule.asks) ?? { own: [], other: [] };
      pair[side].push(rule);
      topics.set(rule.topic, needs.set(rule.asks, pair));
    }
  }
  return [...topics].map(([topic, needs]) => ({
    topic,
    needs: [...needs].map(([asks, pair]) => ({ asks, ...pair, same: idsOf(pair.own) === idsOf(pair.other) })),
  }));
}

function idsOf(rules: readonly ShownRule[]): string {
  return rules.map(({ id }) => id).join(" ");
}
