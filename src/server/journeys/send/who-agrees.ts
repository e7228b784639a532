import { covers } from "../../../domain/arrangement-covers.ts";
import type { Need } from "../../../domain/assessment.ts";
import type { Facts } from "../../../domain/facts.ts";
import type { Member } from "../../../domain/member.ts";
import { ROLES } from "../../../domain/roles.ts";
import { approversOf } from "../../approvals/approvers.ts";
import { roleOf } from "../../approvals/ask-approvals.ts";
import { isForThem, whyNotThisManager } from "../../approvals/one-role-each.ts";
import { policyNow } from "../../assessing/policy-now.ts";
import type { SenderVisit } from "../../gate/row.ts";

/** One role that has to agree after the sender has signed (SDT-3, SIS-3), and who may answer for it now. */
export interface Agreeing extends Need {
  readonly role: string;
  readonly names: readonly string[];
  /** The same people, each once. */
  readonly people: readonly Member[];
  /** Who holds the role, beside the sender, and is left out of it, in words that go after “nobody but you”; empty for nobody. */
  readonly leftOut: string;
}

/**
 * Those whom signing would ask: of two managers nobody is both (SIS-3). @param needs `approval:…` alone, all that signing
 * would ask for
 */
export async function whoAgrees(
  { parts, member, transfer: { reference } }: SenderVisit,
  needs: readonly Need[],
): Promise<readonly Agreeing[]> {
  const { read } = parts.records;
  const at = parts.clock.now().toISOString();
  const requests = needs.map(({ need }) => ({ ...NOT_SIGNED, role: roleOf(need) }));
  return Promise.all(
    needs.map(async (need) => {
      const role = roleOf(need.need);
      const found = await approversOf(read, role, member, at);
      const asked = { ...NOT_SIGNED, reference, role };
      const free = await Promise.all(
        found.map(async (each) => (await whyNotThisManager(read, asked, each.member, member, requests)) === null),
      );
      const able = found.filter((_, index) => free[index]);
      const names = able.map(({ member: { name }, inPlaceOf }) =>
        inPlaceOf ? `${name} (in place of ${inPlaceOf.name})` : name,
      );
      const people = able.map((each) => each.member);
      const others = found.filter((_, index) => !free[index]);
      const receives = await Promise.all(others.map((each) => isForThem(read, reference, each.member)));
      const leftOut =
        others.length === 0 ? "" : receives.includes(true) ? RECEIVES : " and your line manager, who agrees as that,";
      return { ...need, role: ROLES[role], names, people, leftOut };
    }),
  );
}

/** SDT-3: whoever receives it agrees to it in no role; somebody who stands in for them can. */
const RECEIVES = " and people whom it is for, who cannot agree to it,";

/** What signing would ask for has no waybill yet. */
const NOT_SIGNED = { digest: "", state: "waiting", decidedBy: null } as const;

/** A standing arrangement that covers this transfer, so that its role is not asked again. */
export interface Covering {
  readonly role: string;
  readonly by: string;
  /** Up to how many bytes it covers. */
  readonly bytes: number;
  /** YYYY-MM-DD */
  readonly ends: string;
}

/** Those that cover these facts. @param facts while the size is open: as if it were as small as can be */
export async function coveringArrangements({ parts }: SenderVisit, facts: Facts): Promise<readonly Covering[]> {
  const { rules } = policyNow(parts).settings;
  const today = parts.clock.now().toISOString().slice(0, 10);
  const found = (facts.arrangement ?? []).filter((each) => covers(each, facts, "secure-link", rules, today));
  return Promise.all(
    found.map(async ({ role, by, bytes, ends }) => ({
      role: ROLES[role],
      bytes,
      by: (await parts.records.read.memberByAddress(by))?.name ?? by,
      ends,
    })),
  );
}
