import type { AdviceRequest } from "../../domain/advice.ts";
import { colleaguesOf } from "../../domain/colleague.ts";
import type { Adviser } from "../../domain/facts.ts";
import type { Member, Role } from "../../domain/member.ts";
import type { Reader } from "../../domain/records.ts";

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

/** Whether a member may answer a request: in the team that was asked, and not who asked. */
export function advises({ id, roles }: Member, { adviser, askedBy }: AdviceRequest): boolean {
  return id !== askedBy && roles.includes(ADVISER_ROLES[adviser].role);
}
