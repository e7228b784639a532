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

/** Ranked and assessed, but nothing that Waybill can do: it has no shared spaces, so that nobody is sent there. */
const NOT_HERE: Method = "shared-space";

/** All methods, best first; what Waybill does not have comes after all but the last resorts. @param sealed whether the size is known */
export function shownMethods({ methods }: Assessment, sealed: boolean): readonly ShownMethod[] {
  const shown = methods.map((answer) => shownMethod(answer, sealed));
  const here = shown.filter(({ method }) => method !== NOT_HERE);
  const last = here.filter(({ method }) => method === "removable-media" || method === "fax");
  return [
    ...here.filter((each) => !last.includes(each)),
    ...shown.filter(({ method }) => method === NOT_HERE),
    ...last,
  ];
}

export function shownMethod({ method, verdict, needs, advice }: MethodAnswer, sealed: boolean): ShownMethod {
  const size = sealed ? undefined : needs.find(({ need }) => need === "declare:bytes");
  const left = needs.filter((each) => each !== size);
  return {
    method,
    name: METHOD_NAMES[method],
    verdict,
    tag: method === NOT_HERE ? tagOfNotHere(verdict) : tagOf(verdict, left.length),
    needs: left.map((need) => ({ ...need, instead: insteadOf(need) })),
    measured: size?.clauses ?? null,
    advice,
  };
}

function tagOfNotHere(verdict: MethodAnswer["verdict"]): ShownMethod["tag"] {
  return verdict === "refused" ? tagOf(verdict, 0) : { text: "Not in Waybill", classes: "govuk-tag--grey" };
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
