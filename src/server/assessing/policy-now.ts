import type { Policy } from "../../policy/policy.ts";
import { ServerError } from "../error.ts";
import type { Parts } from "../parts.ts";

/** The policy that decides now. @throws ServerError `not-set-up` before the organisation has chosen its rules */
export function policyNow({ policy }: Parts): Policy {
  if (policy.current) return policy.current;
  throw new ServerError({ code: "not-set-up", message: "The rules of this organisation are not set up yet." });
}
