import type { Member } from "../../../domain/member.ts";
import type { Transfer } from "../../../domain/transfer.ts";
import { toAgreeBy } from "../../approvals/queue.ts";
import type { Parts } from "../../parts.ts";
import { isWithheld } from "../../release-gate/why-held.ts";

/** Transfers that are looked at for one page, each by an assessment; of others it says nothing. */
const MOST = 20;

/** SDT-5: of what a member has sent and of what they are asked to agree to, what could not go if it were agreed to now, by reference. */
export async function keptBack(
  parts: Parts,
  member: Member,
  sent: readonly { readonly transfer: Transfer }[],
): Promise<ReadonlySet<string>> {
  const asked = await toAgreeBy(parts.records.read, member, parts.clock.now().toISOString());
  const waiting = sent.filter(({ transfer }) => transfer.state === "requested");
  const all = [...waiting.map(({ transfer }) => transfer.reference), ...asked.map(({ request }) => request.reference)];
  const found = new Set<string>();
  for (const reference of [...new Set(all)].slice(0, MOST))
    if (await isWithheld(parts, reference)) found.add(reference);
  return found;
}
