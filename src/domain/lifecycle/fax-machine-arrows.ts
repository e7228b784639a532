import { aYearFrom } from "../clock.ts";
import type { EventKind, NewEvent } from "../event.ts";
import type { FaxMachine } from "../fax-machine.ts";
import { refuseUnless, type Taken } from "./step.ts";

/** What one arrow of a fax machine changes. */
export interface FaxMachineStep {
  readonly machine: FaxMachine;
  readonly event: NewEvent;
}

/** nothing → in the register; it is used after its first check (SIS-26). */
export function registerFaxMachine(
  about: Pick<FaxMachine, "id" | "number" | "location" | "owner">,
  createdBy: string,
  taken: Taken,
): FaxMachineStep {
  const machine = { ...about, check: null, createdAt: taken.at, createdBy, endedAt: null, remindedAt: null };
  return step(machine, "fax-machine-added", taken, { number: about.number, location: about.location });
}

/** Another number or place is another configuration: it has to be checked anew. */
export function changeFaxMachine(
  machine: FaxMachine,
  about: Pick<FaxMachine, "number" | "location" | "owner">,
  taken: Taken,
): FaxMachineStep {
  refuseUnless(machine.endedAt === null, "It is out of use.");
  const moved = about.number !== machine.number || about.location !== machine.location;
  const after = { ...machine, ...about, check: moved ? null : machine.check, remindedAt: null };
  return step(after, "fax-machine-changed", taken, { ...about });
}

/** SIS-26: everything on the list was looked at and is as it should be, until that day (YYYY-MM-DD, at most a year away). */
export function checkFaxMachine(machine: FaxMachine, byId: string, until: string, taken: Taken): FaxMachineStep {
  refuseUnless(machine.endedAt === null, "It is out of use.");
  const today = taken.at.slice(0, 10);
  refuseUnless(until > today && until <= aYearFrom(today), "The next check is due within a year.");
  return step({ ...machine, check: { byId, at: taken.at, until }, remindedAt: null }, "fax-machine-checked", taken, {
    until,
  });
}

/** in the register → out of use. What was sent from it stays on the record. */
export function endFaxMachine(machine: FaxMachine, taken: Taken): FaxMachineStep {
  refuseUnless(machine.endedAt === null, "It is out of use already.");
  return step({ ...machine, endedAt: taken.at }, "fax-machine-ended", taken);
}

function step(machine: FaxMachine, kind: EventKind, taken: Taken, detail: NewEvent["detail"] = {}): FaxMachineStep {
  const event: NewEvent = {
    kind,
    at: taken.at,
    actor: taken.by,
    reference: null,
    recipientId: null,
    detail: { machine: machine.id, ...detail },
  };
  return { machine, event };
}
