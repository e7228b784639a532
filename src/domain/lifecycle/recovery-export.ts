import type { EventKind, NewEvent } from "../event.ts";
import type { Member } from "../member.ts";
import { type Deed, EXPORT_HOURS, type RecoveryExport } from "../recovery-key.ts";
import type { Transfer } from "../transfer.ts";
import { isAdministrator } from "./recovery-key.ts";
import { type Proof, refuseUnless } from "./step.ts";

/** The administrator who does it, and when (ISO 8601). */
export interface Acting {
  readonly member: Member;
  readonly at: string;
}

/** What one of these arrows changes. Its event belongs to the transfer, so that its sender sees it. */
export interface ExportStep {
  readonly export: RecoveryExport;
  readonly event: NewEvent;
}

/** → asked. The caller has checked the `recover` statement over the waybill's digest. `before`: the latest one, if any. */
export function askExport(
  transfer: Transfer,
  before: RecoveryExport | null,
  reason: string,
  by: Acting,
  proof: Proof,
): ExportStep {
  refuseUnlessKept(transfer);
  refuseUnless(reason.trim() !== "", "Say why it has to be opened.");
  refuseUnless(before?.state !== "asked", "This was asked for already and waits for a second administrator.");
  const { reference } = transfer;
  const asked: RecoveryExport = { reference, reason: reason.trim(), state: "asked", asked: deed(by), agreed: null };
  return { export: asked, event: happened("recovery-export-asked", asked, by, { reason: asked.reason, ...proof }) };
}

/** asked → agreed, by a second administrator. @param asker as they are now. */
export function agreeExport(
  transfer: Transfer,
  wanted: RecoveryExport | null,
  asker: Member | null,
  by: Acting,
  proof: Proof,
): ExportStep {
  refuseUnlessKept(transfer);
  refuseUnless(wanted?.state === "asked", "Nobody has asked for this, or it was withdrawn.");
  refuseUnless(wanted.asked.byMemberId !== by.member.id, "You asked for this yourself: another administrator agrees.");
  refuseUnless(
    asker?.id === wanted.asked.byMemberId && isAdministrator(asker),
    "Whoever asked for this is no administrator any more: withdraw it, then ask again.",
  );
  const agreed: RecoveryExport = { ...wanted, state: "agreed", agreed: deed(by) };
  return { export: agreed, event: happened("recovery-export-agreed", agreed, by, { ...proof }) };
}

/** asked or agreed → withdrawn, by any administrator. */
export function withdrawExport(wanted: RecoveryExport | null, by: Acting): ExportStep {
  refuseUnless(wanted !== null && wanted.state !== "withdrawn", "There is nothing here that could be withdrawn.");
  const withdrawn: RecoveryExport = { ...wanted, state: "withdrawn" };
  return { export: withdrawn, event: happened("recovery-export-withdrawn", withdrawn, by) };
}

/** One of the two fetches the package: nothing changes, and it is on the record each time. */
export function takeExport(transfer: Transfer, wanted: RecoveryExport | null, by: Acting): ExportStep {
  refuseUnlessKept(transfer);
  refuseUnless(
    wanted !== null && mayFetch(wanted, deed(by)),
    "This is not agreed for you, or the time for it has passed.",
  );
  return { export: wanted, event: happened("recovery-exported", wanted, by) };
}

/** Whether this administrator is one of the two, and in time. */
export function mayFetch({ state, asked, agreed }: RecoveryExport, { byMemberId, at }: Deed): boolean {
  if (state !== "agreed" || agreed === null) return false;
  const late = Date.parse(at) - Date.parse(agreed.at) > EXPORT_HOURS * 3_600_000;
  return !late && [asked.byMemberId, agreed.byMemberId].includes(byMemberId);
}

/** Signed, and sealed to a recovery key; after expiry or take-back that access is destroyed like every other. */
export function isRecoverable({ waybill, sealed, recovery }: Transfer): boolean {
  return waybill !== null && sealed !== null && sealed.manifest !== "" && (recovery?.grant ?? null) !== null;
}

function refuseUnlessKept(transfer: Transfer): void {
  refuseUnless(
    isRecoverable(transfer),
    "This transfer cannot be opened with a recovery key: it was not sealed to one, is not signed, or is over and destroyed.",
  );
}

function deed({ member, at }: Acting): Deed {
  return { byMemberId: member.id, at };
}

/** With the administrator's name and address: the sender sees who it was, whoever left since. */
function happened(
  kind: EventKind,
  { reference }: RecoveryExport,
  { member, at }: Acting,
  more: NewEvent["detail"] = {},
): NewEvent {
  const detail = { name: member.name, address: member.address, ...more };
  return { kind, at, actor: { kind: "member", id: member.id }, reference, recipientId: null, detail };
}
