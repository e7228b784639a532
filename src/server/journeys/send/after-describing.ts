import { isWorkAddress } from "../../../domain/address.ts";
import { assessTransfer, type TransferAssessment } from "../../assessing/assess-transfer.ts";
import { isMarkedSensitive } from "../../assessing/questions.ts";
import type { MemberVisit } from "../../gate/row.ts";

/** Where a sender goes once a draft is described: to whoever is waited for, to what is left to do, to the choice of a method, or on. */
export async function afterDescribing(
  { parts, member, organisation }: MemberVisit,
  reference: string,
): Promise<string> {
  const { read } = parts.records;
  const path = `/transfers/${reference}`;
  const transfer = await read.transfer(reference);
  const recipients = await read.recipients(reference);
  if (!transfer || recipients.some((each) => each.registerFirst)) return path;
  if (transfer.sealed) return `${path}/tasks`;
  const found = await assessTransfer(parts, read, { transfer, recipients, sender: member });
  const inside = recipients.every(({ address }) => isWorkAddress(address, organisation.workDomains));
  return inside && isShort(found) ? `${path}/add` : `${path}/method`;
}

/** The short way: nothing personal or sensitive, and nothing to do but to add the files. Then there is nothing to choose. */
function isShort({ facts, answer }: TransferAssessment): boolean {
  const harmless = facts.personal === false && facts.sensitive === false && !isMarkedSensitive(facts.classification);
  return harmless && openNeeds(answer.needs).length === 0;
}

/** Without what is measured when the files are added. */
function openNeeds<N extends { readonly need: string }>(needs: readonly N[]): readonly N[] {
  return needs.filter(({ need }) => need !== "declare:bytes");
}
