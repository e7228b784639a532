import { DomainError } from "../../domain/error.ts";
import { refuseUnlessWorkAddress } from "../gate/work-address.ts";
import type { ReleaseCase } from "./case.ts";

/** SDT-17: the sender is still here, with an address of the organisation. */
export function senderMayOriginate({ sender, organisation }: ReleaseCase): void {
  refuseUnlessWorkAddress(sender, organisation);
  if (sender.state === "active") return;
  throw new DomainError({ code: "not-now", message: `${sender.name} is no longer active, so this is not released.` });
}
