import { randomId } from "../../bytes/random.ts";
import type { Writer } from "../../domain/records.ts";
import type { RecoveryExport } from "../../domain/recovery-key.ts";
import type { Transfer } from "../../domain/transfer.ts";
import type { MemberVisit } from "../gate/row.ts";
import { now } from "../passkeys/enrolment.ts";

/** Tells the sender that somebody asked to open their transfer with the recovery key, or that two have agreed to it. */
export async function postExportMail(
  tx: Writer,
  { parts, member, organisation }: MemberVisit,
  { reference, senderId }: Transfer,
  { state, reason }: RecoveryExport,
): Promise<void> {
  const sender = await tx.member(senderId);
  if (sender?.state !== "active") return;
  const who = `${member.name} (${member.address})`;
  const done =
    state === "asked"
      ? `${who}, an administrator, has asked to open your transfer ${reference} with the recovery key of ${organisation.name}. Another administrator has to agree first.`
      : `${who}, a second administrator, has agreed that your transfer ${reference} is opened with the recovery key of ${organisation.name}.`;
  const lines = [
    done,
    `The reason given: ${reason}`,
    `You see at ${parts.place.origin}/transfers/${reference} what is done. If you did not expect this, speak to them.`,
  ];
  await tx.post({
    id: randomId(),
    to: sender.address,
    subject: `${reference}: the recovery key`,
    text: `${lines.join("\n\n")}\n`,
    reference,
    recipientId: null,
    createdAt: now(parts),
  });
}
