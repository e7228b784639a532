import type { Advice, Assessment, MethodAnswer, Need } from "../../domain/assessment.ts";
import type { Method } from "../../domain/facts.ts";
import { METHOD_NAMES } from "../../domain/method-names.ts";

/** A method as pages show it: the verdict as a tag, each need and reason as a sentence with its clauses. */
export interface ShownMethod {
  readonly method: Method;
  readonly name: string;
  readonly verdict: MethodAnswer["verdict"];
  readonly tag: { readonly text: string; readonly classes: string };
  /** What a person can do. */
  readonly needs: readonly ShownNeed[];
  /** Clauses of what is measured when the files are added; null when it is known, or makes no difference. */
  readonly measured: readonly string[] | null;
  readonly advice: readonly Advice[];
}

export interface ShownNeed extends Need {
  /** Another method that serves instead; empty where the need is not for one. */
  readonly instead: string;
}

/** All methods, best first. @param sealed whether the size is known */
export function shownMethods({ methods }: Assessment, sealed: boolean): readonly ShownMethod[] {
  return methods.map((answer) => shownMethod(answer, sealed));
}

export function shownMethod({ method, verdict, needs, advice }: MethodAnswer, sealed: boolean): ShownMethod {
  const size = sealed ? undefined : needs.find(({ need }) => need === "declare:bytes");
  const left = needs.filter((each) => each !== size);
  return {
    method,
    name: METHOD_NAMES[method],
    verdict,
    tag: tagOf(verdict, left.length),
    needs: left.map((need) => ({ ...need, instead: insteadOf(need) })),
    measured: size?.clauses ?? null,
    advice,
  };
}

function tagOf(verdict: MethodAnswer["verdict"], left: number): ShownMethod["tag"] {
  if (verdict === "refused") return { text: "Not for this", classes: "govuk-tag--red" };
  if (left === 0) return { text: "Ready", classes: "govuk-tag--green" };
  const things = left === 1 ? "1 thing is" : `${left} things are`;
  return { text: `Ready once ${things} done`, classes: "govuk-tag--blue" };
}

function insteadOf({ need }: Need): string {
  const [kind, other] = need.split(":");
  if (kind !== "method") return "";
  const name = Object.entries(METHOD_NAMES).find(([method]) => method === other)?.[1];
  return name ? `Use instead: ${name}.` : "No other method is left: ask for advice.";
}
