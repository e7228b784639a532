import type { Deputy } from "../../domain/approval.ts";
import { whoIsColleague } from "../../domain/colleague.ts";
import type { ApproverRole } from "../../domain/facts.ts";
import type { Member } from "../../domain/member.ts";
import type { Reader } from "../../domain/records.ts";

/** Somebody who may answer for a role, and in whose place where they are a deputy. */
export interface Approver {
  readonly member: Member;
  readonly inPlaceOf: Member | null;
}

/**
 * Who holds a role towards a sender: the line manager that the sender's record names (SDT-3), or everybody with the role. The
 * sender never holds one for their own transfer.
 */
export async function holdersOf(read: Reader, role: ApproverRole, sender: Member): Promise<readonly Member[]> {
  const found =
    role === "line-manager"
      ? [sender.lineManagerId ? await read.member(sender.lineManagerId) : null]
      : (await read.members()).filter((each) => holds(each, role, sender));
  const inside = await whoIsColleague(read); // SDT-17
  return found.filter((each): each is Member => each !== null && inside(each) && each.id !== sender.id);
}

/**
 * Holders, and their deputies at a moment. Never the sender, and never through a delegation that the sender made.
 * @param at ISO 8601
 */
export async function approversOf(
  read: Reader,
  role: ApproverRole,
  sender: Member,
  at: string,
): Promise<readonly Approver[]> {
  const holders = await holdersOf(read, role, sender);
  const deputies = (await read.deputies()).filter((each) => standsIn(each, at) && each.appointedBy !== sender.id);
  const inside = await whoIsColleague(read);
  const found = holders.map((member): Approver => ({ member, inPlaceOf: null }));
  for (const { principalId, deputyId } of deputies) {
    const principal = holders.find(({ id }) => id === principalId);
    const member = principal ? await read.member(deputyId) : null;
    if (!principal || !member || !inside(member) || member.id === sender.id) continue;
    if (!found.some((each) => each.member.id === member.id)) found.push({ member, inPlaceOf: principal });
  }
  return found;
}

/** Whether a deputy stands in at that moment: from the first day to the end of the last. */
export function standsIn({ from, until, endedAt }: Deputy, at: string): boolean {
  return endedAt === null && from <= at && at < until;
}

/** A member, and those whom they stand in for at a moment, with who named them: colleagues alone (SDT-17). */
export interface Capacity {
  /** Null for who acts for the organisation no longer, or never did: they answer nothing. */
  readonly member: Member | null;
  readonly principals: readonly { readonly principal: Member; readonly appointedBy: string }[];
}

/** @param at ISO 8601 */
export async function capacityOf(read: Reader, member: Member, at: string): Promise<Capacity> {
  const deputies = (await read.deputies()).filter((each) => each.deputyId === member.id && standsIn(each, at));
  const found = await Promise.all(
    deputies.map(async ({ principalId, appointedBy }) => ({ principal: await read.member(principalId), appointedBy })),
  );
  const inside = await whoIsColleague(read);
  return {
    member: inside(member) ? member : null,
    principals: found.flatMap(({ principal, appointedBy }) =>
      principal && inside(principal) ? [{ principal, appointedBy }] : [],
    ),
  };
}

/** As `approversOf`, of one member: null when they may not answer at that moment. @param at ISO 8601 */
export async function asApprover(
  read: Reader,
  member: Member,
  role: ApproverRole,
  sender: Member,
  at: string,
): Promise<Approver | null> {
  return answersAs(await capacityOf(read, member, at), role, sender);
}

/** The same of a capacity that is known already. */
export function answersAs({ member, principals }: Capacity, role: ApproverRole, sender: Member): Approver | null {
  if (member === null || member.id === sender.id) return null;
  if (holds(member, role, sender)) return { member, inPlaceOf: null };
  const found = principals.find(
    ({ principal, appointedBy }) =>
      appointedBy !== sender.id && principal.id !== sender.id && holds(principal, role, sender),
  );
  return found ? { member, inPlaceOf: found.principal } : null;
}

/** Whether they may answer in this role for some sender: what others than line managers hold is theirs for everybody. */
export function mightAnswer({ member, principals }: Capacity, role: ApproverRole): boolean {
  if (member === null) return false;
  return (
    role === "line-manager" ||
    [member, ...principals.map((each) => each.principal)].some(({ roles }) => roles.includes(role))
  );
}

function holds({ id, roles }: Member, role: ApproverRole, sender: Member): boolean {
  return role === "line-manager" ? sender.lineManagerId === id : roles.includes(role);
}
