import type { EventKind, NewEvent } from "../event.ts";
import type { Member } from "../member.ts";
import { activeRecoveryKey, type Deed, type RecoveryKey, type WaitingAct, waitingAct } from "../recovery-key.ts";
import { type Proof, refuseUnless } from "./step.ts";

/** What one of these arrows changes: saved, and its events appended, in one transaction. */
export interface RecoveryStep {
  readonly keys: readonly RecoveryKey[];
  readonly events: readonly NewEvent[];
}

/** nothing → proposed. The caller has checked the proposer's `enrol` statement. `keys`: all that there ever were. */
export function proposeRecoveryKey(
  keys: readonly RecoveryKey[],
  fresh: Pick<RecoveryKey, "id" | "recipient">,
  by: Deed,
  proof: Proof,
): RecoveryStep {
  refuseUnless(waitingAct(keys) === null, "Another change of the recovery key waits for a second administrator.");
  const used = keys.some(({ recipient, state }) => recipient === fresh.recipient && state !== "withdrawn");
  refuseUnless(!used, "That key is the recovery key already, or was it before: make a new one.");
  const version = 1 + Math.max(0, ...keys.map((each) => each.version));
  const open = { state: "proposed", proposed: by, confirmed: null, removal: null, removed: null } as const;
  const key: RecoveryKey = { ...fresh, version, ...open };
  return { keys: [key], events: [happened("recovery-key-proposed", key, by, proof)] };
}

/**
 * proposed → active, by a second administrator; the key before it → removed.
 * @param proposer as they are now: whoever is no administrator any more has proposed nothing.
 */
export function enrolRecoveryKey(
  keys: readonly RecoveryKey[],
  proposer: Member | null,
  by: Deed,
  proof: Proof,
): RecoveryStep {
  const waiting = waitingAct(keys);
  refuseUnless(waiting !== null && waiting.act !== "remove", "No recovery key waits for a second administrator.");
  refuseUnlessTwo(waiting, proposer, by);
  const before = activeRecoveryKey(keys);
  const key: RecoveryKey = { ...waiting.key, state: "active", confirmed: by };
  const replaced: readonly RecoveryKey[] = before ? [{ ...before, state: "removed", removal: null, removed: by }] : [];
  return {
    keys: [...replaced, key],
    events: [
      ...replaced.map((each) => happened("recovery-key-removed", each, by)),
      happened("recovery-key-enrolled", key, by, proof),
    ],
  };
}

/** active → active, its removal proposed. */
export function proposeRemoval(keys: readonly RecoveryKey[], by: Deed, proof: Proof): RecoveryStep {
  const active = activeRecoveryKey(keys);
  refuseUnless(active !== null, "There is no recovery key that could be removed.");
  refuseUnless(waitingAct(keys) === null, "Another change of the recovery key waits for a second administrator.");
  const key = { ...active, removal: by };
  return { keys: [key], events: [happened("recovery-key-removal-proposed", key, by, proof)] };
}

/** active → removed, by a second administrator. Nothing is sealed to it from now on; what was stays so until it ends. */
export function removeRecoveryKey(
  keys: readonly RecoveryKey[],
  proposer: Member | null,
  by: Deed,
  proof: Proof,
): RecoveryStep {
  const waiting = waitingAct(keys);
  refuseUnless(waiting?.act === "remove", "No removal of the recovery key waits for a second administrator.");
  refuseUnlessTwo(waiting, proposer, by);
  const key: RecoveryKey = { ...waiting.key, state: "removed", removed: by };
  return { keys: [key], events: [happened("recovery-key-removed", key, by, proof)] };
}

/** What waits, waits no more: any administrator may say so alone, since nothing changes by it. */
export function withdrawRecoveryAct(keys: readonly RecoveryKey[], by: Deed): RecoveryStep {
  const waiting = waitingAct(keys);
  refuseUnless(waiting !== null, "No change of the recovery key waits for a second administrator.");
  const { act, key } = waiting;
  if (act === "remove") {
    return { keys: [{ ...key, removal: null }], events: [happened("recovery-key-removal-withdrawn", key, by)] };
  }
  return { keys: [{ ...key, state: "withdrawn" }], events: [happened("recovery-key-withdrawn", key, by)] };
}

/** Whether somebody's half of a decision still counts: they are an administrator now. */
export function isAdministrator(member: Member | null): boolean {
  return member?.state === "active" && member.roles.includes("administrator");
}

function refuseUnlessTwo({ proposed }: WaitingAct, proposer: Member | null, by: Deed): void {
  refuseUnless(proposed.byMemberId !== by.byMemberId, "You proposed this yourself: another administrator confirms it.");
  refuseUnless(
    proposer?.id === proposed.byMemberId && isAdministrator(proposer),
    "Whoever proposed this is no administrator any more: withdraw it, then propose it again.",
  );
}

function happened(kind: EventKind, key: RecoveryKey, { byMemberId, at }: Deed, proof?: Proof): NewEvent {
  const detail = { keyId: key.id, version: key.version, ...proof };
  return { kind, at, actor: { kind: "member", id: byMemberId }, reference: null, recipientId: null, detail };
}
