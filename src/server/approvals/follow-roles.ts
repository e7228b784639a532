import type { Taken } from "../../domain/lifecycle/step.ts";
import type { Member } from "../../domain/member.ts";
import type { Reader, Writer } from "../../domain/records.ts";
import type { StandingArrangement } from "../../domain/standing-arrangement.ts";
import { arrangementMail } from "../arrangements/arrangement-mail.ts";
import { whyItCoversNothing } from "../arrangements/covers-nothing.ts";
import { approversNow, askLost } from "./ask-approvals.ts";
import { type About, askNewHolders, rolesGained } from "./ask-new-holders.ts";
import { lostApprovals } from "./counting.ts";

/**
 * SDT-3, SIS-3: people's records change, in the same transaction: whoever has become somebody's line manager, or holds a role that agrees,
 * is asked at once about what waits for that, and whoever described a standing arrangement that covers nothing from then on is told.
 * @param change saves the records
 */
export async function followRoles(tx: Writer, change: () => Promise<void>, about: About, taken: Taken): Promise<void> {
  const before = await tx.members();
  const managers = new Map(before.map(({ id, lineManagerId }) => [id, lineManagerId]));
  const covering = await coveringNow(tx, taken.at);
  await change();
  const members = await tx.members();
  for (const sender of members) {
    if (sender.lineManagerId !== null && sender.lineManagerId !== managers.get(sender.id))
      await askNewManager(tx, sender, about, taken);
  }
  await askNewHolders(tx, rolesGained(before, members), about, taken);
  const still = new Set((await coveringNow(tx, taken.at)).map(({ id }) => id));
  for (const each of covering) {
    const requester = still.has(each.id) ? null : await tx.member(each.requesterId);
    const by = requester?.state === "active" && each.decidedBy ? await tx.member(each.decidedBy) : null;
    if (requester && by) await tx.post(arrangementMail("covers-nothing", each, requester, by, about.place, taken.at));
  }
}

async function coveringNow(read: Reader, at: string): Promise<readonly StandingArrangement[]> {
  const agreed = await read.arrangements("agreed");
  const whys = await Promise.all(agreed.map((each) => whyItCoversNothing(read, each, at.slice(0, 10))));
  return agreed.filter((_, index) => whys[index] === null);
}

const PAGE = 100;

/** What waits for the sender's line manager, and what an earlier one agreed to, which does not count any more, is asked of the one they have now. */
async function askNewManager(
  tx: Writer,
  sender: Member,
  { place, answering, withheld }: About,
  taken: Taken,
): Promise<void> {
  for (let offset = 0; ; offset += PAGE) {
    const page = await tx.transfersOf(sender.id, { limit: PAGE, offset });
    for (const { reference, state, waybill } of page) {
      if (state !== "requested" || waybill === null) continue;
      const { digest } = waybill;
      const requests = await tx.approvalsOf(reference);
      const lost = await lostApprovals(tx, requests, digest, sender);
      const open = requests.filter(
        (each) =>
          each.role === "line-manager" &&
          ((each.state === "waiting" && each.digest === digest) || lost.some(({ id }) => id === each.id)),
      );
      const [first] = open;
      // Where the new one may not answer either, the page says so, and it waits as it did.
      if (!first || (await approversNow(tx, first, sender, taken.at)).length === 0) continue;
      if (await withheld(tx, reference)) continue;
      await askLost(tx, { reference, digest, sender, place, answering }, open, taken);
    }
    if (page.length < PAGE) return;
  }
}
