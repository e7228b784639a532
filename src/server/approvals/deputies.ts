import { randomId } from "../../bytes/random.ts";
import type { Deputy } from "../../domain/approval.ts";
import { isColleague } from "../../domain/colleague.ts";
import { endDeputy } from "../../domain/lifecycle/deputy-arrows.ts";
import type { Taken } from "../../domain/lifecycle/step.ts";
import type { Message } from "../../domain/mail.ts";
import type { Member } from "../../domain/member.ts";
import type { Organisation } from "../../domain/organisation.ts";
import type { Writer } from "../../domain/records.ts";
import { formatDate } from "../format.ts";
import type { Place } from "../parts.ts";
import { hasApprovingRole } from "./queue.ts";

/** Whether somebody agrees to transfers, by a role or as a line manager, so that a deputy of theirs has something to answer. */
export function mayHaveDeputy(member: Member, members: readonly Member[], { workDomains }: Organisation): boolean {
  return (
    isColleague(member, workDomains) &&
    (hasApprovingRole(member) || members.some((each) => each.lineManagerId === member.id))
  );
}

/** Colleagues who can stand in for somebody. */
export function possibleDeputies(
  members: readonly Member[],
  principalId: string,
  { workDomains }: Organisation,
): readonly Member[] {
  return members.filter((each) => each.id !== principalId && isColleague(each, workDomains));
}

/** Somebody leaves: nobody stands in for them any more, and they for nobody. Call it in the transaction that deactivates them. */
export async function endDeputiesOf(tx: Writer, memberId: string, taken: Taken): Promise<void> {
  for (const each of await tx.deputies()) {
    if (each.principalId !== memberId && each.deputyId !== memberId) continue;
    const { deputy, event } = endDeputy(each, taken);
    await tx.saveDeputy(deputy);
    await tx.append(event);
  }
}

/** To the deputy, and to the principal where an administrator named one for them. @param at ISO 8601 */
export function deputyMails(
  deputy: Deputy,
  people: { readonly principal: Member; readonly deputy: Member; readonly by: Member },
  place: Place,
  at: string,
): readonly Message[] {
  const { principal, by } = people;
  const lastDay = new Date(Date.parse(deputy.until) - 1).toISOString();
  const time = `from ${formatDate(deputy.from)} until the end of ${formatDate(lastDay)}`;
  const mail = (to: Member, text: string): Message => ({
    id: randomId(),
    to: to.address,
    subject: "Answering in somebody’s place",
    text: `Dear ${to.name},\n\n${text}\n\nSee and end it: ${place.origin}/deputies\n`,
    reference: null,
    recipientId: null,
    createdAt: at,
  });
  const whose = by.id === principal.id ? "their place" : `the place of ${principal.name} (${principal.address})`;
  const named = `${by.name} (${by.address}) has named you to answer in ${whose} what people may send, ${time}. You get the same emails.`;
  const forYou = `${by.name} (${by.address}) has named ${people.deputy.name} (${people.deputy.address}) to answer in your place what people may send, ${time}.`;
  return [mail(people.deputy, named), ...(by.id === principal.id ? [] : [mail(principal, forYou)])];
}
