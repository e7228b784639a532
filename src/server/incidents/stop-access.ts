import { holdsOnTransfer } from "../../domain/hold.ts";
import type { Report, Standing } from "../../domain/incident.ts";
import { drop, misdirect, pause } from "../../domain/lifecycle/recipient-arrows.ts";
import type { Step, Taken } from "../../domain/lifecycle/step.ts";
import { isOver } from "../../domain/lifecycle/transfer-arrows.ts";
import type { Writer } from "../../domain/records.ts";
import type { Recipient, Transfer } from "../../domain/transfer.ts";
import { carryOut } from "../carry-out.ts";

/** Who says that it reached the wrong person, of which transfer, and about which of its recipients; null where they cannot say. */
export interface WrongPerson {
  readonly standing: Standing;
  readonly transfer: Transfer;
  readonly recipientId: string | null;
  /** Whether a report without proof may pause still: that is rate-limited. */
  readonly mayPause: boolean;
}

/**
 * SPG-3, SDT-14: the recipient who proved the mailbox, and the sender, end that recipient's access at once. Whoever holds the link alone, or
 * knows the reference alone, pauses it until the sender decides; nothing is destroyed. Where nobody says which recipient is meant, everybody
 * who has not confirmed receipt is paused. Answers whose access ended, too.
 */
export async function stopAccess(
  tx: Writer,
  { standing, transfer, recipientId, mayPause }: WrongPerson,
  taken: Taken,
): Promise<{ readonly stopped: Report["stopped"]; readonly ended: readonly string[] }> {
  const nothing = { stopped: null, ended: [] };
  if (transfer.state !== "released" || (transfer.carriage === null && transfer.expiresAt <= taken.at)) return nothing;
  const live = (await tx.recipients(transfer.reference)).filter((each) => !isOver(each) && each.state !== "named");
  const meant = recipientId === null ? onlyOne(live) : live.find(({ id }) => id === recipientId);
  const held = (await holdsOnTransfer(tx, transfer)).length > 0;
  if (standing === "recipient" && meant) return end(tx, misdirect(transfer, meant, taken, held));
  if (standing === "sender" && meant) return end(tx, drop(transfer, meant, taken, held));
  if (standing !== "sender" && !mayPause) return nothing;
  const toPause = meant ? [meant] : recipientId === null ? live.filter(({ receivedAt }) => receivedAt === null) : [];
  const paused = toPause.filter(({ state }) => state !== "paused");
  const how = standing === "link" ? "link" : "report";
  for (const each of paused) await carryOut(tx, pause(transfer, each, taken, how));
  return toPause.length > 0 ? { stopped: "paused", ended: [] } : nothing;
}

async function end(tx: Writer, step: Step): Promise<{ readonly stopped: "ended"; readonly ended: readonly string[] }> {
  await carryOut(tx, step);
  return { stopped: "ended", ended: step.recipients.map(({ id }) => id) };
}

function onlyOne(live: readonly Recipient[]): Recipient | undefined {
  return live.length === 1 ? live[0] : undefined;
}
