import { randomId } from "../../bytes/random.ts";
import type { Member } from "../../domain/member.ts";
import type { Writer } from "../../domain/records.ts";
import type { RecoveryAct, RecoveryExport } from "../../domain/recovery-key.ts";
import type { Transfer } from "../../domain/transfer.ts";
import type { MemberVisit } from "../gate/row.ts";
import { now } from "../passkeys/enrolment.ts";
import { whomToTell } from "./whom-to-tell.ts";

/**
 * Tells the sender, or whoever is told in the place of one who has left, that somebody asked to open their transfer with the recovery key, or that
 * two have agreed to it; and the other administrators, one of whom has to agree, that it was asked.
 */
export async function postExportMail(
  tx: Writer,
  visit: MemberVisit,
  transfer: Transfer,
  { state, reason }: RecoveryExport,
): Promise<void> {
  const { parts, organisation } = visit;
  const { reference } = transfer;
  const { as, members } = await whomToTell(tx, transfer);
  const sender = await tx.member(transfer.senderId);
  const its =
    as === "sender" || !sender
      ? `your transfer ${reference}`
      : `${reference}, which ${sender.name} sent, who has left,`;
  const done =
    state === "asked"
      ? `${whoIs(visit)}, an administrator, has asked to open ${its} with the recovery key of ${organisation.name}. Another administrator has to agree first.`
      : `${whoIs(visit)}, a second administrator, has agreed that ${its} is opened with the recovery key of ${organisation.name}.`;
  const see = as === "sender" ? `You see at ${parts.place.origin}/transfers/${reference} what is done. ` : "";
  const lines = [done, `The reason given: ${reason}`, `${see}If you did not expect this, speak to them.`];
  for (const each of members) await post(tx, visit, each, `${reference}: the recovery key`, lines, reference);
  if (state !== "asked") return;
  const ask = [
    `${whoIs(visit)} has asked to open ${reference} with the recovery key of ${organisation.name}, and a second administrator has to agree.`,
    `The reason given: ${reason}`,
    `To agree or withdraw it: ${parts.place.origin}/recovery-key/exports/${reference}`,
  ];
  for (const each of await secondsTo(tx, visit))
    await post(tx, visit, each, `${reference}: a second administrator is needed`, ask, reference);
}

const PROPOSED: Readonly<Record<RecoveryAct, string>> = {
  enrol: "a recovery key",
  replace: "another recovery key",
  remove: "that there is no recovery key any more",
};

/** Tells the other administrators that one of them has proposed something about the recovery key, which waits for a second. */
export async function postProposalMail(tx: Writer, visit: MemberVisit, act: RecoveryAct): Promise<void> {
  const { parts, organisation } = visit;
  const lines = [
    `${whoIs(visit)} has proposed ${PROPOSED[act]} for ${organisation.name}. Nothing changes before a second administrator confirms it.`,
    ...(act === "remove"
      ? []
      : ["Whoever has the secret half of it could open everything: compare its number with whoever keeps that half."]),
    `To confirm or withdraw it: ${parts.place.origin}/recovery-key`,
    "If you did not expect this, speak to them.",
  ];
  for (const each of await secondsTo(tx, visit))
    await post(tx, visit, each, "The recovery key: a second administrator is needed", lines, null);
}

async function secondsTo(tx: Writer, { member }: MemberVisit): Promise<readonly Member[]> {
  return (await tx.members()).filter(
    ({ id, state, roles }) => id !== member.id && state === "active" && roles.includes("administrator"),
  );
}

function whoIs({ member }: MemberVisit): string {
  return `${member.name} (${member.address})`;
}

async function post(
  tx: Writer,
  { parts }: MemberVisit,
  to: Member,
  subject: string,
  lines: readonly string[],
  reference: string | null,
): Promise<void> {
  const text = `${lines.join("\n\n")}\n`;
  await tx.post({ id: randomId(), to: to.address, subject, text, reference, recipientId: null, createdAt: now(parts) });
}
