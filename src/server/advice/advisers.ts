import type { AdviceRequest } from "../../domain/advice.ts";
import { colleaguesOf, receives, whoIsColleague } from "../../domain/colleague.ts";
import type { Adviser } from "../../domain/facts.ts";
import { isOver } from "../../domain/lifecycle/transfer-arrows.ts";
import type { Member, Role } from "../../domain/member.ts";
import type { Reader } from "../../domain/records.ts";
import type { Recipient, Transfer } from "../../domain/transfer.ts";

/** Who answers for each adviser, and what pages call them. Nobody has a role for information compliance: the privacy team answers. */
export const ADVISER_ROLES = {
  "privacy-team": { role: "privacy-team", name: "the privacy team" },
  "operational-security": { role: "operational-security", name: "operational security" },
  "information-compliance": { role: "privacy-team", name: "information compliance" },
} as const satisfies Record<Adviser, { readonly role: Role; readonly name: string }>;

/** The colleagues who can be asked (SDT-17). */
export async function advisersOf(read: Reader, adviser: Adviser): Promise<readonly Member[]> {
  const { role } = ADVISER_ROLES[adviser];
  return (await colleaguesOf(read)).filter(({ roles }) => roles.includes(role));
}

/** SDT-3: those of them whom the transfer is not for: nobody says that what they receive may go. */
export async function notForThem(
  read: Reader,
  members: readonly Member[],
  recipients: readonly Recipient[],
): Promise<readonly Member[]> {
  const concerned = recipients.filter((each) => !isOver(each));
  const found = await Promise.all(members.map(async (each) => ((await receives(read, each, concerned)) ? [] : [each])));
  return found.flat();
}

/**
 * Whether a yes to a request counts: of somebody whom the transfer is not for (SDT-3), and who, while it can still be signed, is a colleague
 * in that team (SDT-17). What was signed keeps the yes that it was signed with. A no counts whoever has left since.
 */
export async function mayAllow(
  read: Reader,
  { adviser, answeredBy }: Pick<AdviceRequest, "adviser" | "answeredBy">,
  { state }: Pick<Transfer, "state">,
  recipients: readonly Recipient[],
): Promise<boolean> {
  const by = answeredBy === null ? null : await read.member(answeredBy);
  if (by === null || (await receives(read, by, recipients))) return false;
  if (state !== "draft") return true;
  return by.roles.includes(ADVISER_ROLES[adviser].role) && (await whoIsColleague(read))(by);
}

/** Whether a member may answer a request: in the team that was asked, and not who asked. */
export function advises({ id, roles }: Member, { adviser, askedBy }: AdviceRequest): boolean {
  return id !== askedBy && roles.includes(ADVISER_ROLES[adviser].role);
}
