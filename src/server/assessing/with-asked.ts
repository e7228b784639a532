import { askedIn, DRAFT_EVENTS } from "../../domain/asked-in-draft.ts";
import type { Step } from "../../domain/lifecycle/step.ts";
import type { Member } from "../../domain/member.ts";
import type { Reader } from "../../domain/records.ts";
import type { Recipient } from "../../domain/transfer.ts";
import type { Parts } from "../parts.ts";
import { assessTransfer, unmetBeforeSigning } from "./assess-transfer.ts";

/**
 * SIS-28: a change of a draft with the clauses, in its event, under which the task list asks for something from then on and had not before: what
 * the rules stopped is counted also where the sender has met it by the time they sign. What is measured when files are added is none of it.
 * @param recipients all of the draft, as they are after it
 */
export async function withAsked(
  parts: Parts,
  read: Reader,
  step: Step,
  { recipients, sender }: { readonly recipients: readonly Recipient[]; readonly sender: Member },
): Promise<Step> {
  const kinds: readonly string[] = DRAFT_EVENTS;
  const at = step.events.findLastIndex(({ kind }) => kinds.includes(kind));
  const event = step.events[at];
  if (step.transfer.state !== "draft" || event === undefined) return step;
  const { answer } = await assessTransfer(parts, read, { transfer: step.transfer, recipients, sender });
  const known = new Set((await read.eventsOf(step.transfer.reference)).flatMap(askedIn));
  const open = unmetBeforeSigning(answer.needs).filter(({ need }) => need !== "declare:bytes");
  const asked = [...new Set(open.flatMap(({ clauses }) => clauses))].filter((each) => !known.has(each));
  if (asked.length === 0) return step;
  return { ...step, events: step.events.with(at, { ...event, detail: { ...event.detail, asked: asked.join(" ") } }) };
}
