import type { NewEvent } from "../event.ts";
import type { Hold } from "../hold.ts";
import { KEPT_KINDS, type Keeping, type Removal } from "../keeping.ts";
import { refuseUnless, type Taken } from "./step.ts";

const LONGEST_REASON = 2000;
const MOST_MONTHS = 1200;

/** What one arrow of a hold changes, to be saved in one transaction with its event. */
export interface HoldStep {
  readonly hold: Hold;
  readonly event: NewEvent;
}

/** nothing → standing. The caller has checked that the transfer is there, and who places it. */
export function placeHold(about: Pick<Hold, "id" | "scope" | "reason" | "placedBy">, taken: Taken): HoldStep {
  const reason = about.reason.trim();
  refuseUnless(reason !== "" && reason.length <= LONGEST_REASON, "Say why, in 2,000 characters or fewer.");
  const { scope } = about;
  refuseUnless(scope.kind !== "period" || scope.from <= scope.until, "The last day is before the first.");
  const hold: Hold = { ...about, reason, placedAt: taken.at, lifted: null };
  return { hold, event: event("hold-placed", hold, reason, taken) };
}

/** standing → lifted. What was kept because of it alone is destroyed by the next job. */
export function liftHold(hold: Hold, by: string, reason: string, taken: Taken): HoldStep {
  const why = reason.trim();
  refuseUnless(hold.lifted === null, "This hold was lifted already.");
  refuseUnless(why !== "" && why.length <= LONGEST_REASON, "Say why it is lifted, in 2,000 characters or fewer.");
  const lifted: Hold = { ...hold, lifted: { by, at: taken.at, reason: why } };
  return { hold: lifted, event: event("hold-lifted", lifted, why, taken) };
}

function event(kind: "hold-placed" | "hold-lifted", { id, scope }: Hold, reason: string, { at, by }: Taken): NewEvent {
  const { kind: on, ...what } = scope;
  const reference = scope.kind === "transfer" ? scope.reference : null;
  return { kind, at, actor: by, reference, recipientId: null, detail: { hold: id, on, ...what, reason } };
}

/** What one arrow of retention changes. */
export interface KeepingStep {
  readonly keeping: Keeping;
  readonly event: NewEvent;
}

/** How long records are kept, said for the first time or anew. What was announced under the earlier answer is withdrawn by the caller. */
export function setKeeping(
  said: Pick<Keeping, "months" | "noticeDays" | "backupDays">,
  by: string,
  taken: Taken,
): KeepingStep {
  const { months, noticeDays, backupDays } = said;
  for (const kind of KEPT_KINDS) {
    const count = months[kind];
    refuseUnless(
      count === null || (count !== undefined && Number.isSafeInteger(count) && count >= 1 && count <= MOST_MONTHS),
      "Say how long.",
    );
  }
  const { transfers = null, registers = null } = months;
  refuseUnless(
    registers === null || (transfers !== null && registers >= transfers),
    "Agreements are kept at least as long as the transfers that name them.",
  );
  refuseUnless(Number.isSafeInteger(noticeDays) && noticeDays >= 1 && noticeDays <= 365, "Say how long it is shown.");
  refuseUnless(
    Number.isSafeInteger(backupDays) && backupDays >= 0 && backupDays <= 3650,
    "Say how long backups are kept.",
  );
  const keeping: Keeping = { months: { ...months }, noticeDays, backupDays, setBy: by, setAt: taken.at };
  const detail = { ...months, noticeDays, backupDays };
  return { keeping, event: { ...about("keeping-set", taken), detail } };
}

/** What one arrow of a removal changes. */
export interface RemovalStep {
  readonly removal: Removal;
  readonly event: NewEvent;
}

/** nothing → announced: what is due is shown until `removeFrom`. */
export function announceRemoval(
  due: Pick<Removal, "id" | "kind" | "before" | "removeFrom" | "due">,
  taken: Taken,
): RemovalStep {
  const removal: Removal = { ...due, announcedAt: taken.at, state: "announced", removed: 0 };
  return { removal, event: removalEvent("removal-announced", removal, taken) };
}

/** announced → withdrawn: how long records are kept was said anew. */
export function withdrawRemoval(removal: Removal, taken: Taken): RemovalStep {
  refuseUnless(removal.state === "announced", "That is over already.");
  const withdrawn: Removal = { ...removal, state: "withdrawn" };
  return { removal: withdrawn, event: removalEvent("removal-withdrawn", withdrawn, taken) };
}

/** announced → done. `removed`: how many of what was due no hold was on. */
export function finishRemoval(removal: Removal, removed: number, taken: Taken): RemovalStep {
  refuseUnless(removal.state === "announced", "That is over already.");
  refuseUnless(removal.removeFrom <= taken.at, "It is still being shown.");
  const done: Removal = { ...removal, state: "done", removed };
  return { removal: done, event: removalEvent("removal-finished", done, taken) };
}

function removalEvent(
  kind: "removal-announced" | "removal-withdrawn" | "removal-finished",
  { id, kind: what, before, removeFrom, due, removed }: Removal,
  taken: Taken,
): NewEvent {
  return { ...about(kind, taken), detail: { removal: id, what, before, removeFrom, due, removed } };
}

function about<K extends NewEvent["kind"]>(kind: K, { at, by }: Taken) {
  return { kind, at, actor: by, reference: null, recipientId: null };
}
