import { holdsOnTransfer } from "../../../domain/hold.ts";
import { note } from "../../../domain/lifecycle/incident-arrows.ts";
import { drop, resume } from "../../../domain/lifecycle/recipient-arrows.ts";
import { refuseUnless } from "../../../domain/lifecycle/step.ts";
import { carryOut } from "../../carry-out.ts";
import { leftPaused } from "../../incidents/still-open.ts";
import type { Act } from "./acts.ts";

const MOST = 2000;
const GO_ON = "go-on";
const END = "end";

/**
 * SDT-14: whose access is paused, and whose sender has left: whoever looks after the incident decides in the sender's place, so that a
 * pause is never for good.
 */
export const accessAct: Act = {
  path: "access",
  title: "Decide about access that is paused",
  lead: async ({ parts, incident }) => {
    const paused = await leftPaused(parts.records.read, incident);
    if (paused.length === 0) return ["No access waits for a decision that its sender cannot make any more."];
    const senders = [...new Set(paused.map(({ sender }) => sender))].join(", ");
    return [
      `Whoever sent it (${senders}) is not here any more, so you decide in their place. Ask the recipient on a number that you know, not by answering what came with the report.`,
      "It is on the record of the transfer and of this incident, with your name and the reason.",
    ];
  },
  button: "Decide",
  names: ["recipient", "decision", "reason"],
  fields: async ({ parts, incident }) => [
    {
      kind: "select",
      name: "recipient",
      label: "Whose access?",
      items: [
        { value: "", text: "Choose somebody" },
        ...(await leftPaused(parts.records.read, incident)).map(({ recipientId, recipient, reference }) => ({
          value: recipientId,
          text: `${recipient}, ${reference}`,
        })),
      ],
    },
    {
      kind: "radios",
      name: "decision",
      label: "What happens with it?",
      items: [
        { value: GO_ON, text: "Let it go on: it is for them, and it is their mailbox" },
        { value: END, text: "End it: they are handed nothing any more" },
      ],
    },
    { kind: "textarea", name: "reason", label: "Why?" },
  ],
  read: async ({ parts, incident, member }, { recipient = "", decision = "", reason = "" }) => {
    const found = (await leftPaused(parts.records.read, incident)).find(({ recipientId }) => recipientId === recipient);
    const errors = {
      ...(found ? {} : { recipient: "Choose whose access it is about" }),
      ...(decision === GO_ON || decision === END ? {} : { decision: "Choose what happens with it" }),
      ...(reason === "" ? { reason: "Enter the reason" } : {}),
      ...(reason.length > MOST ? { reason: `Use ${MOST.toLocaleString("en-GB")} characters at the most` } : {}),
    };
    if (!found || Object.keys(errors).length > 0) return { errors };
    return {
      step: async ({ tx, incident: now, taken }) => {
        const still = (await leftPaused(tx, now)).find(({ recipientId }) => recipientId === recipient);
        const transfer = still ? await tx.transfer(still.reference) : null;
        const row = still ? await tx.recipient(still.recipientId) : null;
        refuseUnless(
          transfer !== null && row !== null,
          "Somebody has decided about it already, or its sender is back. Nothing was changed.",
        );
        const held = (await holdsOnTransfer(tx, transfer)).length > 0;
        await carryOut(tx, decision === END ? drop(transfer, row, taken, held) : resume(transfer, row, taken));
        const did = decision === END ? "ended access of" : "let access go on of";
        const text = `${member.name} ${did} ${row.name} to ${transfer.reference}, in the place of ${found.sender}, who has left: ${reason}`;
        return note(now, text, taken);
      },
    };
  },
};
