import { APPROVER_ROLES, type ApproverRole } from "../../domain/facts.ts";
import type { Taken } from "../../domain/lifecycle/step.ts";
import type { Member } from "../../domain/member.ts";
import type { Reader, Writer } from "../../domain/records.ts";
import type { Transfer } from "../../domain/transfer.ts";
import type { WorkingTime } from "../../domain/working-time.ts";
import type { Place } from "../parts.ts";
import { approvalMail } from "./approval-mail.ts";
import { approversNow, askLost } from "./ask-approvals.ts";
import { lostApprovals } from "./counting.ts";

/** What those who are asked are told with. */
export interface About {
  readonly place: Place;
  readonly answering: WorkingTime;
  /** SDT-5: whether it could not go if it were agreed to, so that nobody is asked; by its reference. */
  readonly withheld: (read: Reader, reference: string) => Promise<boolean>;
}

/** Who holds a role that agrees and did not before, by role; line managers are each sender's, and none of these. */
export type Gained = ReadonlyMap<ApproverRole, ReadonlySet<string>>;

export function rolesGained(before: readonly Member[], after: readonly Member[]): Gained {
  const held = new Map(before.map((each) => [each.id, rolesOf(each)]));
  const gained = new Map<ApproverRole, Set<string>>();
  for (const each of after) {
    for (const role of rolesOf(each)) {
      if (held.get(each.id)?.includes(role)) continue;
      gained.set(role, (gained.get(role) ?? new Set()).add(each.id));
    }
  }
  return gained;
}

function rolesOf({ state, roles }: Member): readonly ApproverRole[] {
  if (state !== "active") return [];
  return APPROVER_ROLES.filter((role) => role !== "line-manager" && roles.includes(role));
}

const PAGE = 100;
/** Later than anything expires. */
const EVER = "9999-12-31";

/**
 * SIS-3, SIS-18: whoever holds a role from now on, and their deputies, are asked about what waits for it. Where nobody else could answer, or
 * who had agreed does not hold it any more, it is asked anew, with the whole time to answer.
 */
export async function askNewHolders(tx: Writer, gained: Gained, about: About, taken: Taken): Promise<void> {
  if (gained.size === 0) return;
  for (let after: Transfer | undefined; ; ) {
    const page = await tx.expiring("requested", EVER, PAGE, after);
    for (const transfer of page) await askAbout(tx, transfer, gained, about, taken);
    after = page.at(-1);
    if (page.length < PAGE || after === undefined) return;
  }
}

async function askAbout(
  tx: Writer,
  { reference, waybill, senderId }: Transfer,
  gained: Gained,
  { place, answering, withheld }: About,
  taken: Taken,
): Promise<void> {
  const sender = await tx.member(senderId);
  if (waybill === null || sender === null) return;
  const { digest } = waybill;
  const requests = (await tx.approvalsOf(reference)).filter((each) => each.digest === digest && gained.has(each.role));
  const waiting = requests.filter(({ state }) => state === "waiting");
  const lost = await lostApprovals(tx, requests, digest, sender);
  if (waiting.length + lost.length === 0 || (await withheld(tx, reference))) return;
  for (const request of [...waiting, ...lost]) {
    const approvers = await approversNow(tx, request, sender, taken.at);
    const fresh = approvers.filter(({ member, inPlaceOf }) => gained.get(request.role)?.has((inPlaceOf ?? member).id));
    if (fresh.length === 0) continue;
    if (request.state !== "waiting" || fresh.length === approvers.length) {
      await askLost(tx, { reference, digest, sender, place, answering }, [request], taken);
      continue;
    }
    for (const approver of fresh)
      await tx.post(approvalMail("asked", { request, approver, sender, place, at: taken.at }));
  }
}
