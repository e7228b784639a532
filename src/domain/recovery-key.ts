/** One administrator's half of what takes two: who signed, and when. */
export interface Deed {
  readonly byMemberId: string;
  /** ISO 8601. */
  readonly at: string;
}

/**
 * An organisation recovery key, past or present. Its secret half is made and kept offline; here is the public half. At most one is
 * active, and while it is, every transfer is sealed to it too, which senders, approvers and recipients are told.
 */
export interface RecoveryKey {
  readonly id: string;
  /** Counts the proposals, from 1. */
  readonly version: number;
  /** age1pq… */
  readonly recipient: string;
  readonly state: "proposed" | "active" | "removed" | "withdrawn";
  readonly proposed: Deed;
  /** By another administrator than the one who proposed it: since then clients seal to it. */
  readonly confirmed: Deed | null;
  /** One administrator has asked for its removal, and it waits for a second. */
  readonly removal: Deed | null;
  readonly removed: Deed | null;
}

/** What two administrators decide together about the recovery key. The word stands in what they sign. */
export type RecoveryAct = "enrol" | "replace" | "remove";

/** What waits for a second administrator. */
export interface WaitingAct {
  readonly act: RecoveryAct;
  readonly key: RecoveryKey;
  readonly proposed: Deed;
}

/** The key that transfers are sealed to now; null where the organisation has none. */
export function activeRecoveryKey(keys: readonly RecoveryKey[]): RecoveryKey | null {
  return keys.find(({ state }) => state === "active") ?? null;
}

/** What one administrator has proposed and no second one has confirmed yet. */
export function waitingAct(keys: readonly RecoveryKey[]): WaitingAct | null {
  const active = activeRecoveryKey(keys);
  const proposed = keys.find(({ state }) => state === "proposed");
  if (proposed) return { act: active ? "replace" : "enrol", key: proposed, proposed: proposed.proposed };
  return active?.removal ? { act: "remove", key: active, proposed: active.removal } : null;
}

/** The sealed package of one transfer, asked for to be opened offline with the recovery key. The latest one for its transfer. */
export interface RecoveryExport {
  readonly reference: string;
  readonly reason: string;
  readonly state: "asked" | "agreed" | "withdrawn";
  readonly asked: Deed;
  /** By another administrator than the one who asked. */
  readonly agreed: Deed | null;
}

/** How long the two administrators can fetch what was agreed, hours. */
export const EXPORT_HOURS = 24;
