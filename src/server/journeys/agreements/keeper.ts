import type { Member } from "../../../domain/member.ts";
import { ServerError } from "../../error.ts";

/** Who keeps the register of agreements: the privacy team and administrators. Whoever sends uses it, and does not write it. */
export function keepsRegister({ roles }: Member): boolean {
  return roles.includes("privacy-team") || roles.includes("administrator");
}

/** @throws ServerError `not-allowed` */
export function refuseUnlessKeeper(member: Member): void {
  if (keepsRegister(member)) return;
  throw new ServerError({
    code: "not-allowed",
    message: "The privacy team keeps this register. Nothing was changed: ask them to add or change an agreement.",
  });
}
