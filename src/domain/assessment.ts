import type { Method, RuleSet } from "./facts.ts";

/** The answer to "can I send this, and how?": what page, API and command line show, as JSON. */
export interface Assessment {
  readonly policy: { readonly rules: RuleSet; readonly digest: string };
  /** Whether those who approved were checked against who holds each role. */
  readonly roles: "checked" | "unchecked";
  readonly people: { readonly bulk: boolean; readonly threshold: number };
  /** Best first. */
  readonly methods: readonly MethodAnswer[];
}

export interface MethodAnswer {
  readonly method: Method;
  /** From 1. */
  readonly rank: number;
  /** `needs`: each can still be met for this transfer by this method. `refused`: at least one cannot. */
  readonly verdict: "ready" | "needs" | "refused";
  readonly needs: readonly Need[];
  readonly advice: readonly Advice[];
}

/** One condition that is still unmet. */
export interface Need {
  readonly rule: string;
  readonly clauses: readonly string[];
  /** What would meet it, such as `approval:senior-manager`; `method:…` names a method to use instead. */
  readonly need: string;
  readonly says: string;
}

export interface Advice {
  readonly clauses: readonly string[];
  readonly says: string;
}
