import type { Member, Role } from "../../domain/member.ts";
import { ServerError } from "../error.ts";

/** Which roles let somebody look, and which let them say how it is. An auditor alone looks, and changes nothing. */
const MAY = {
  auditor: ["auditor"],
  overseer: ["auditor", "administrator", "privacy-team"],
  reviewer: ["administrator", "privacy-team"],
} as const satisfies Record<string, readonly Role[]>;

const SAYS = {
  auditor: "Only an auditor sees the records of every transfer, in a browser. Your own are under Records.",
  overseer: "Only auditors, administrators and the privacy team see this, in a browser. Nothing was changed.",
  reviewer: "Only administrators and the privacy team record a review, in a browser. Nothing was changed.",
} as const;

/**
 * SIS-37: records are looked at by those whose role it is.
 * @throws ServerError `not-allowed`
 */
export function refuseUnlessOverseer({ roles }: Member, as: keyof typeof MAY): void {
  const may: readonly Role[] = MAY[as];
  if (roles.some((each) => may.includes(each))) return;
  throw new ServerError({ code: "not-allowed", message: SAYS[as] });
}

/** Whether somebody is shown the way to the dashboard and the report. */
export function oversees({ roles }: Member): boolean {
  return roles.some((each) => (MAY.overseer as readonly Role[]).includes(each));
}
