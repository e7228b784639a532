import type { NewEvent } from "../event.ts";
import type { StandingArrangement } from "../standing-arrangement.ts";
import { type Proof, refuseUnless, type Taken } from "./step.ts";

/** What one arrow of a standing arrangement changes, to be saved in one transaction with its event. */
export interface ArrangementStep {
  readonly arrangement: StandingArrangement;
  readonly event: NewEvent;
}

type Described = Omit<
  StandingArrangement,
  "state" | "createdAt" | "remindedAt" | "decidedBy" | "decidedAt" | "reason" | "proof"
>;

/** nothing → asked. */
export function askArrangement(described: Described, taken: Taken): ArrangementStep {
  const undecided = { remindedAt: null, decidedBy: null, decidedAt: null, reason: "", proof: null } as const;
  const arrangement: StandingArrangement = { ...described, state: "asked", createdAt: taken.at, ...undecided };
  return step(arrangement, "arrangement-asked", taken);
}

/** asked → agreed: the caller has checked the signature of the `approve` statement over its text, and who holds the role. */
export function agreeArrangement(
  arrangement: StandingArrangement,
  memberId: string,
  proof: Proof,
  taken: Taken,
): ArrangementStep {
  waits(arrangement);
  const decided = { state: "agreed", decidedBy: memberId, decidedAt: taken.at, proof } as const;
  return step({ ...arrangement, ...decided }, "arrangement-agreed", taken, proof);
}

/** asked → refused, with a reason. */
export function refuseArrangement(
  arrangement: StandingArrangement,
  memberId: string,
  reason: string,
  proof: Proof,
  taken: Taken,
): ArrangementStep {
  waits(arrangement);
  refuseUnless(reason.trim() !== "", "Say why it is refused.");
  const decided = { state: "refused", decidedBy: memberId, decidedAt: taken.at, reason: reason.trim(), proof } as const;
  return step({ ...arrangement, ...decided }, "arrangement-refused", taken, { reason: reason.trim(), ...proof });
}

/** asked or agreed → ended, by who asked for it or by who can agree to it. */
export function endArrangement(arrangement: StandingArrangement, taken: Taken): ArrangementStep {
  refuseUnless(arrangement.state === "asked" || arrangement.state === "agreed", "This arrangement has ended already.");
  return step({ ...arrangement, state: "ended" }, "arrangement-ended", taken);
}

/** Those who can answer are reminded, once. */
export function remindArrangement(arrangement: StandingArrangement, taken: Taken): ArrangementStep {
  waits(arrangement);
  refuseUnless(arrangement.remindedAt === null, "They were reminded already.");
  return step({ ...arrangement, remindedAt: taken.at }, "arrangement-reminded", taken);
}

/** asked → lapsed: nobody answered in time. */
export function lapseArrangement(arrangement: StandingArrangement, taken: Taken): ArrangementStep {
  waits(arrangement);
  return step({ ...arrangement, state: "lapsed" }, "arrangement-lapsed", taken);
}

function waits({ state }: StandingArrangement): void {
  refuseUnless(state === "asked", "This arrangement does not wait for an answer any more.");
}

function step(
  arrangement: StandingArrangement,
  kind: NewEvent["kind"],
  { at, by }: Taken,
  detail: NewEvent["detail"] = {},
): ArrangementStep {
  const about = { arrangement: arrangement.id, role: arrangement.role, ends: arrangement.ends };
  const event = { kind, at, actor: by, reference: null, recipientId: null, detail: { ...detail, ...about } };
  return { arrangement, event };
}
