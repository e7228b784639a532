import type { Role } from "./member.ts";

/** Every role there is, with what pages call it. */
export const ROLES = {
  administrator: "Administrator",
  auditor: "Auditor",
  "line-manager": "Line manager",
  "senior-manager": "Senior manager",
  "information-asset-owner": "Information asset owner",
  "privacy-team": "Privacy team",
  "operational-security": "Operational security",
  "post-room": "Post room",
} as const satisfies Record<Role, string>;

/** The roles among some texts that a form sent. */
export function rolesIn(texts: readonly string[]): readonly Role[] {
  return (Object.keys(ROLES) as Role[]).filter((role) => texts.includes(role)); // its keys are the roles
}
