import type { ApprovalRequest } from "../../domain/approval.ts";
import { whoIsColleague } from "../../domain/colleague.ts";
import type { Approval, ApproverRole } from "../../domain/facts.ts";
import type { Member } from "../../domain/member.ts";
import type { Reader } from "../../domain/records.ts";
import { holdersOf } from "./approvers.ts";

/**
 * The approvals of one waybill that count now: signed over exactly it, by a colleague who held the role and whose
 * principal, where they stood in, holds it still. A deputy's answer stays good when the time of the deputy ends.
 */
export async function countingApprovals(
  read: Reader,
  requests: readonly ApprovalRequest[],
  digest: string | null,
  sender: Member,
): Promise<readonly Approval[]> {
  const inside = await whoIsColleague(read); // SDT-17
  const given = requests.filter((each) => each.state === "approved" && each.digest === digest);
  const counted = await Promise.all(
    given.map(async ({ role, decidedBy, inPlaceOf }): Promise<readonly Approval[]> => {
      const by = decidedBy ? await read.member(decidedBy) : null;
      const holders = await holdersOf(read, role, sender);
      const holds = holders.some(({ id }) => id === (inPlaceOf ?? decidedBy));
      return by && inside(by) && by.id !== sender.id && holds ? [{ role, by: by.address }] : [];
    }),
  );
  return counted.flat();
}

/** Agreements to one waybill that were given and do not count now: whoever gave them has left, or the role has changed hands. */
export async function lostApprovals(
  read: Reader,
  requests: readonly ApprovalRequest[],
  digest: string | null,
  sender: Member,
): Promise<readonly ApprovalRequest[]> {
  const counted = await countingApprovals(read, requests, digest, sender);
  return requests.filter(
    (each) => each.state === "approved" && each.digest === digest && !counted.some(({ role }) => role === each.role),
  );
}

/** Says of exactly these approvals that their givers hold the role: who does is decided above, from the records. */
export function asHolds(approvals: readonly Approval[]): (role: ApproverRole, by: string) => boolean {
  return (role, by) => approvals.some((each) => each.role === role && each.by === by);
}
