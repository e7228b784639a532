import { isWorkAddress } from "../../domain/address.ts";
import { DomainError } from "../../domain/error.ts";
import type { Member } from "../../domain/member.ts";
import type { Organisation } from "../../domain/organisation.ts";

/** SDT-17: only the organisation's own addresses originate. @throws DomainError `not-work-address` */
export function refuseUnlessWorkAddress(member: Member, organisation: Organisation): void {
  if (isWorkAddress(member.address, organisation.workDomains)) return;
  throw new DomainError({
    code: "not-work-address",
    message: `Only people with a work address of ${organisation.name} can send. You are signed in as ${member.address}, with which you can receive.`,
  });
}
