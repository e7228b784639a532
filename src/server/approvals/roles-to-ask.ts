import type { ApprovalRequest } from "../../domain/approval.ts";
import type { Need } from "../../domain/assessment.ts";
import type { ApproverRole } from "../../domain/facts.ts";
import { approvalsIn } from "../assessing/assess-transfer.ts";
import { roleOf } from "./ask-approvals.ts";

/**
 * SIS-3: roles whose agreement a signed transfer needs now and that were not asked: a standing arrangement counted for them when it was
 * signed. @param needs of the transfer now @param lost what was given and does not count, which is asked for again by itself
 */
export function rolesToAsk(
  needs: readonly Need[],
  lost: readonly Pick<ApprovalRequest, "role">[],
): readonly ApproverRole[] {
  const roles = new Set(approvalsIn(needs).map(({ need }) => roleOf(need)));
  return [...roles].filter((role) => !lost.some((each) => each.role === role));
}
