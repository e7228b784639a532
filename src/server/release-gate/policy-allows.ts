import { DomainError } from "../../domain/error.ts";
import { needText } from "../../domain/need-text.ts";
import type { ReleaseCase } from "./case.ts";

/** SIS-35: policy is asked again, on the facts now: an agreement may have ended meanwhile, or a role may be lost. */
export function policyAllows({ answer }: ReleaseCase): void {
  if (answer.verdict === "ready") return;
  const whys = answer.needs.map(needText);
  throw new DomainError({
    code: "unmet",
    message: `This cannot be sent as things are now: ${whys.join(" ")} Nothing was released, and nothing is lost.`,
  });
}
