import type { Advice, Assessment, MethodAnswer, Need } from "../../domain/assessment.ts";
import type { Method } from "../../domain/facts.ts";
import { METHOD_NAMES } from "../../domain/method-names.ts";
import { isRefusal } from "../../domain/recorded-assessment.ts";
import type { Settings } from "../../policy/configuration/settings.ts";

/** A method as pages show it: the verdict as a tag, each need and reason as a sentence with its clauses. */
export interface ShownMethod {
  readonly method: Method;
  readonly name: string;
  readonly verdict: MethodAnswer["verdict"];
  readonly tag: { readonly text: string; readonly classes: string };
  /** What a person can do. */
  readonly needs: readonly ShownNeed[];
  /** What is measured when the files are added; null when it is known, or makes no difference. */
  readonly measured: Need | null;
  readonly advice: readonly Advice[];
}

export interface ShownNeed extends Need {
  /** Whether it is why the method is refused: nothing that this transfer could still do would meet it. */
  readonly refuses: boolean;
  /** Another method that serves instead; empty where the need is not for one. */
  readonly instead: string;
}

/** Ranked and assessed, but nothing that Waybill can do: it has no shared spaces, so that nobody is sent there. */
const NOT_HERE: Method = "shared-space";

/**
 * The methods, best first; what Waybill does not have comes after all but the last resorts. CJSM is left out where the organisation knows
 * no network of that kind, so that nobody could use it (SET-3).
 * @param sealed whether the size is known
 */
export function shownMethods(
  { methods }: Assessment,
  sealed: boolean,
  { networks }: Pick<Settings, "networks">,
): readonly ShownMethod[] {
  const usable = methods.filter(({ method }) => method !== "cjsm" || networks.cjsm.length > 0);
  const shown = usable.map((answer) => shownMethod(answer, sealed, methods));
  const here = shown.filter(({ method }) => method !== NOT_HERE);
  const last = here.filter(({ method }) => method === "removable-media" || method === "fax");
  return [
    ...here.filter((each) => !last.includes(each)),
    ...shown.filter(({ method }) => method === NOT_HERE),
    ...last,
  ];
}

/** @param all the answers that it stands among, to name one of them instead */
export function shownMethod(
  { method, verdict, needs, advice }: MethodAnswer,
  sealed: boolean,
  all: Assessment["methods"],
): ShownMethod {
  const size = sealed ? undefined : needs.find(({ need }) => need === "declare:bytes");
  const left = needs.filter((each) => each !== size);
  return {
    method,
    name: METHOD_NAMES[method],
    verdict,
    tag: method === NOT_HERE ? tagOfNotHere(verdict) : tagOf(verdict, left.length),
    needs: left.map((need) => ({ ...need, refuses: isRefusal(need), instead: insteadOf(need, method, all) })),
    measured: size ?? null,
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

/** A way out that Waybill has: where policy names one that it does not have, the next best. */
function insteadOf({ need }: Need, method: Method, all: Assessment["methods"]): string {
  const [kind, named] = need.split(":");
  if (kind !== "method") return "";
  const serves = (each: MethodAnswer) =>
    each.method !== NOT_HERE && each.method !== method && each.verdict !== "refused";
  const other = named === NOT_HERE ? all.find(serves)?.method : named;
  const name = Object.entries(METHOD_NAMES).find(([each]) => each === other)?.[1];
  return name ? `Use instead: ${name}.` : "No other method is left: ask for advice.";
}
