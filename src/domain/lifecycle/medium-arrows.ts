import type { EventKind, NewEvent } from "../event.ts";
import { ERASE_DAYS, type Medium, type MediumState } from "../medium.ts";
import { refuseUnless, type Taken } from "./step.ts";

/** What one arrow of a medium changes. Its event belongs to the transfer that it carries, where it carries one. */
export interface MediumStep {
  readonly medium: Medium;
  readonly event: NewEvent;
}

/** nothing → available (SDT-23). */
export function registerMedium(
  about: Pick<Medium, "id" | "serial" | "owner" | "kind" | "capacity" | "purpose" | "reviewDue">,
  createdBy: string,
  taken: Taken,
): MediumStep {
  const medium: Medium = {
    ...about,
    state: "available",
    custodianId: null,
    reference: null,
    returnDue: null,
    eraseDue: null,
    erasure: null,
    createdAt: taken.at,
    createdBy,
    remindedAt: null,
    escalatedAt: null,
  };
  return step(medium, "medium-registered", taken, { owner: about.owner, kind: about.kind, purpose: about.purpose });
}

/** Its owner, kind, capacity, purpose or review date is corrected; what happened to it stays. */
export function describeMedium(
  medium: Medium,
  about: Pick<Medium, "owner" | "kind" | "capacity" | "purpose" | "reviewDue">,
  taken: Taken,
): MediumStep {
  refuseUnless(medium.state !== "destroyed", "It was destroyed.");
  return step({ ...fresh(medium), ...about }, "medium-changed", taken, { ...about });
}

/** available → issued, to somebody who answers for it until the day on which it is due back (SDT-24). */
export function issueMedium(
  medium: Medium,
  to: { readonly custodianId: string; readonly reference: string | null; readonly returnDue: string },
  taken: Taken,
): MediumStep {
  refuseIn(
    medium,
    ["available"],
    "It is not available: what was on it has to be erased, and it has to be put back first.",
  );
  refuseUnless(to.returnDue >= taken.at.slice(0, 10), "The day on which it is due back has passed.");
  return step({ ...fresh(medium), ...to, state: "issued" }, "medium-issued", taken, { ...to });
}

/** issued → in transit, with the transfer that is on it. */
export function dispatchMedium(medium: Medium, reference: string, taken: Taken): MediumStep {
  refuseIn(medium, ["issued"], "Only a medium that was issued can be sent.");
  refuseUnless(medium.reference === null || medium.reference === reference, "It carries another transfer.");
  return step({ ...fresh(medium), state: "in-transit", reference }, "medium-dispatched", taken);
}

/** in transit → with the recipient. */
export function handMediumOver(medium: Medium, taken: Taken): MediumStep {
  refuseIn(medium, ["in-transit"], "It is not on its way.");
  return step({ ...fresh(medium), state: "with-recipient" }, "medium-arrived", taken);
}

/** issued, in transit, with the recipient, or lost and found → returned (SDT-24): whoever keeps the register checks it in next. */
export function returnMedium(medium: Medium, taken: Taken): MediumStep {
  refuseIn(medium, ["issued", "in-transit", "with-recipient", "lost"], "It is not out.");
  const eraseDue = dayAfter(taken.at, ERASE_DAYS);
  return step({ ...fresh(medium), state: "returned", returnDue: null, eraseDue }, "medium-returned", taken);
}

/** returned → to erase: it is in the keeper's hands. */
export function checkMediumIn(medium: Medium, taken: Taken): MediumStep {
  refuseIn(medium, ["returned"], "It has not been returned.");
  return step({ ...fresh(medium), state: "to-erase", custodianId: null }, "medium-checked-in", taken);
}

/** returned or to erase → erased (SDT-25), with how, and by whom. @param needsWitness whether a second person is asked for. */
export function eraseMedium(
  medium: Medium,
  how: { readonly method: string; readonly byId: string; readonly witnessId: string | null },
  needsWitness: boolean,
  taken: Taken,
): MediumStep {
  refuseIn(medium, ["returned", "to-erase"], "It is not waiting to be erased.");
  const { method, byId, witnessId } = how;
  refuseUnless(method.trim() !== "", "Say how it was erased.");
  refuseUnless(!needsWitness || witnessId !== null, "A second person has to have seen it.");
  refuseUnless(witnessId !== byId, "The second person is somebody else than who erased it.");
  const erasure = { method: method.trim(), byId, witnessId, at: taken.at };
  const after: Medium = { ...fresh(medium), state: "erased", custodianId: null, eraseDue: null, erasure };
  return step(after, "medium-erased", taken, { method: erasure.method, byId, witnessId });
}

/** erased → available: only what was erased is used again. */
export function reissueMedium(medium: Medium, taken: Taken): MediumStep {
  refuseIn(medium, ["erased"], "Only a medium that was erased is used again (SDT-25).");
  return step({ ...fresh(medium), state: "available", reference: null }, "medium-available", taken);
}

/** An archive was looked at (OXM-27); the next day for it is YYYY-MM-DD. */
export function reviewMedium(medium: Medium, next: string, taken: Taken): MediumStep {
  refuseUnless(medium.purpose === "archive", "Only archives are reviewed.");
  refuseUnless(next > taken.at.slice(0, 10), "The next review is on a later day.");
  return step({ ...fresh(medium), reviewDue: next }, "medium-reviewed", taken, { next });
}

/** anything that is not destroyed → lost. The caller opens the incident in the same write. */
export function loseMedium(medium: Medium, what: string, taken: Taken): MediumStep {
  refuseUnless(medium.state !== "destroyed" && medium.state !== "lost", "It is lost or destroyed already.");
  refuseUnless(what.trim() !== "", "Say what is known about it.");
  return step({ ...fresh(medium), state: "lost" }, "medium-lost", taken, { what: what.trim() });
}

/** in the cupboard → destroyed, with how. What was on it went with it. */
export function destroyMedium(medium: Medium, method: string, taken: Taken): MediumStep {
  refuseIn(medium, ["available", "returned", "to-erase", "erased"], "Only what is here can be destroyed.");
  refuseUnless(method.trim() !== "", "Say how it was destroyed.");
  const after: Medium = { ...fresh(medium), state: "destroyed", custodianId: null, eraseDue: null, reviewDue: null };
  return step(after, "medium-destroyed", taken, { method: method.trim() });
}

function refuseIn(medium: Medium, states: readonly MediumState[], what: string): void {
  refuseUnless(states.includes(medium.state), what);
}

/** What is due is another thing after each step: it is reminded of anew. */
function fresh(medium: Medium): Medium {
  return { ...medium, remindedAt: null, escalatedAt: null };
}

function step(medium: Medium, kind: EventKind, taken: Taken, detail: NewEvent["detail"] = {}): MediumStep {
  const { id, serial, reference } = medium;
  return {
    medium,
    event: {
      kind,
      at: taken.at,
      actor: taken.by,
      reference,
      recipientId: null,
      detail: { medium: id, serial, ...detail },
    },
  };
}

/** @param at ISO 8601 @returns YYYY-MM-DD */
function dayAfter(at: string, days: number): string {
  return new Date(Date.parse(at) + days * 86_400_000).toISOString().slice(0, 10);
}
