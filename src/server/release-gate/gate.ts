import type { ReleaseCase, ReleaseStep } from "./case.ts";
import { everyoneAgreed } from "./everyone-agreed.ts";
import { policyAllows } from "./policy-allows.ts";
import { recipientsAsAgreed } from "./recipients-as-agreed.ts";
import { senderMayOriginate } from "./sender-may-originate.ts";
import { waybillIsCurrent } from "./waybill-is-current.ts";

/** In order; the first that throws keeps the transfer where it is. */
const STEPS: readonly ReleaseStep[] = [
  senderMayOriginate,
  everyoneAgreed,
  waybillIsCurrent,
  recipientsAsAgreed,
  policyAllows,
];

/** @throws DomainError of the first condition that is not met, on the facts now */
export async function passReleaseGate(release: ReleaseCase): Promise<void> {
  for (const step of STEPS) await step(release);
}
