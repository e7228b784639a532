import type { Need } from "../../../domain/assessment.ts";
import type { Facts } from "../../../domain/facts.ts";
import { ROLES } from "../../../domain/roles.ts";
import { covers } from "../../../policy/reduce/arrangement.ts";
import { approversOf } from "../../approvals/approvers.ts";
import { roleOf } from "../../approvals/ask-approvals.ts";
import { policyNow } from "../../assessing/policy-now.ts";
import type { SenderVisit } from "../../gate/row.ts";

/** One role that has to agree after the sender has signed (SDT-3, SIS-3), and who may answer for it now. */
export interface Agreeing extends Need {
  readonly role: string;
  readonly names: readonly string[];
}

/** @param needs `approval:…` alone */
export async function whoAgrees({ parts, member }: SenderVisit, needs: readonly Need[]): Promise<readonly Agreeing[]> {
  const at = parts.clock.now().toISOString();
  return Promise.all(
    needs.map(async (need) => {
      const role = roleOf(need.need);
      const found = await approversOf(parts.records.read, role, member, at);
      const names = found.map(({ member: { name }, inPlaceOf }) =>
        inPlaceOf ? `${name} (in place of ${inPlaceOf.name})` : name,
      );
      return { ...need, role: ROLES[role], names };
    }),
  );
}

/** A standing arrangement that covers this transfer, so that its role is not asked again. */
export interface Covering {
  readonly role: string;
  readonly by: string;
  /** YYYY-MM-DD */
  readonly ends: string;
}

export async function coveringArrangements({ parts }: SenderVisit, facts: Facts): Promise<readonly Covering[]> {
  const { rules } = policyNow(parts).settings;
  const today = parts.clock.now().toISOString().slice(0, 10);
  const found = (facts.arrangement ?? []).filter((each) => covers(each, facts, "secure-link", rules, today));
  return Promise.all(
    found.map(async ({ role, by, ends }) => ({
      role: ROLES[role],
      by: (await parts.records.read.memberByAddress(by))?.name ?? by,
      ends,
    })),
  );
}
