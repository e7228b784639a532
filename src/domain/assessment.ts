import type { Method, RuleSet } from "./facts.ts";

/** The answer to "can I send this, and how?": what page, API and command line show, as JSON. */
export interface Assessment {
  readonly policy: { readonly rules: RuleSet; readonly digest: string };
  /** Whether those who approved were checked against who holds each role. */
  readonly roles: "checked" | "unchecked";
  /** `bulk` is null while how many people it is about is not known. */
  readonly people: { readonly bulk: boolean | null; readonly threshold: number };
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
  /** Every rule that was asked, by id, where whoever assessed wanted to know. */
  readonly asked?: readonly AskedRule[];
}

/** One rule that was asked of a method. What does not concern a transfer, such as post of a secure link, is not asked of it. */
export interface AskedRule extends Need {
  /** Of `advice` nothing depends. */
  readonly weight: "need" | "advice";
  /** Whether the facts met it. What is open is among the needs, or the advice. */
  readonly met: boolean;
}

/** One condition that is still unmet. */
export interface Need {
  readonly rule: string;
  /** None of what is asked beside the rules, of a local rule that no clause says, and in records of earlier versions. */
  readonly clauses: readonly string[];
  /** What would meet it, such as `approval:senior-manager`; `method:…` names a method to use instead. */
  readonly need: string;
  readonly says: string;
  /** How far it is a reading of its clauses, which do not say it word for word; absent where they do. */
  readonly reading?: string;
  /** Of an organisation's own rule; absent of every other, and in records of earlier versions of one that cites its clauses without a reading. */
  readonly local?: true;
}

export interface Advice {
  /** None where it is an own weighing, or a local rule's that no clause says. */
  readonly clauses: readonly string[];
  readonly says: string;
  /** As of `Need`. */
  readonly reading?: string;
  /** As of `Need`. */
  readonly local?: true;
}
