import type { Transfer } from "../transfer.ts";
import type { Step } from "./step.ts";

/**
 * Why programs, scripts or macros are in a package stays with that package: another one, or none, has no reason but its own.
 * @param step of a draft that somebody carries; `before`: the transfer that it was taken from
 * @param said for the package that the step states; null: nothing was said
 */
export function withReason(step: Step, before: Transfer, said: string | null = null): Step {
  const digests = digestsOf(step.transfer);
  const same = digests !== "" && digests === digestsOf(before);
  return { ...step, transfer: { ...step.transfer, riskyReason: said ?? (same ? before.riskyReason : null) } };
}

function digestsOf({ carriage }: Transfer): string {
  return carriage?.fixed.package?.digests.join(" ") ?? "";
}
