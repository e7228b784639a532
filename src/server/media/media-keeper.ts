import type { Member } from "../../domain/member.ts";
import { ServerError } from "../error.ts";

/** Who keeps the registers of media and fax machines: operational security and administrators (SDT-23, SIS-26). */
export function keepsMedia({ roles }: Member): boolean {
  return roles.includes("operational-security") || roles.includes("administrator");
}

/** @throws ServerError `not-allowed` */
export function refuseUnlessMediaKeeper(member: Member): void {
  if (keepsMedia(member)) return;
  throw new ServerError({
    code: "not-allowed",
    message: "Operational security keeps this register. Nothing was changed: ask them to do it.",
  });
}
