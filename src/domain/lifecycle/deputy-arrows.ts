import { type Deputy, LONGEST_DEPUTY_DAYS } from "../approval.ts";
import { DAY } from "../clock.ts";
import type { NewEvent } from "../event.ts";
import { refuseUnless, type Taken } from "./step.ts";

/** What one arrow of a deputy changes, to be saved in one transaction with its event. */
export interface DeputyStep {
  readonly deputy: Deputy;
  readonly event: NewEvent;
}

/**
 * nothing → named, for a time that is never open-ended. `from` and `until` are ISO 8601; `until` is the first moment after it.
 * The caller has checked who may name somebody for the principal, and that both are here.
 */
export function nameDeputy(
  about: Pick<Deputy, "id" | "principalId" | "deputyId" | "from" | "until" | "appointedBy">,
  taken: Taken,
): DeputyStep {
  const { principalId, deputyId, from, until } = about;
  refuseUnless(principalId !== deputyId, "Nobody stands in for themselves.");
  refuseUnless(from < until, "The last day is before the first.");
  refuseUnless(until > taken.at, "That time is over already.");
  const days = Math.round((Date.parse(until) - Date.parse(from)) / DAY);
  refuseUnless(days <= LONGEST_DEPUTY_DAYS, `A deputy is named for ${LONGEST_DEPUTY_DAYS} days at the most.`);
  return step({ ...about, createdAt: taken.at, endedAt: null }, "deputy-named", taken);
}

/** named → ended, before or in its time. */
export function endDeputy(deputy: Deputy, taken: Taken): DeputyStep {
  refuseUnless(deputy.endedAt === null, "That has ended already.");
  return step({ ...deputy, endedAt: taken.at }, "deputy-ended", taken);
}

function step(deputy: Deputy, kind: "deputy-named" | "deputy-ended", { at, by }: Taken): DeputyStep {
  const { id, principalId, deputyId, from, until } = deputy;
  const detail = { deputy: id, principalId, deputyId, from, until };
  return { deputy, event: { kind, at, actor: by, reference: null, recipientId: null, detail } };
}
