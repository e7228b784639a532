import { isOver } from "../../domain/lifecycle/transfer-arrows.ts";
import type { Recipient, Transfer } from "../../domain/transfer.ts";
import type { Condition } from "../assessing/conditions.ts";

/** Met before it is signed by saying how it will go; done once it went. */
const AS_IT_GOES: readonly string[] = ["carrier:", "verify:fax-machine"];
/** Met before it is signed by saying how they will be told; done once they were. */
const AS_THEY_ARE_TOLD: readonly string[] = ["plan:secret-channel", "verify:secret-number"];

/**
 * Whether what a condition asks is on record as done, for a checklist on paper (SDT-28, SIS-23): a tick there is read as "done", and what was only said to
 * be done later is still to do. @param condition as policy sees it, met by what was done or by what was stated
 */
export function isDone(
  { need, met }: Pick<Condition, "need" | "met">,
  transfer: Pick<Transfer, "carriage">,
  recipients: readonly Pick<Recipient, "state" | "wordsToldAt">[],
): boolean {
  if (!met) return false;
  if (AS_IT_GOES.some((each) => need.startsWith(each))) return Boolean(transfer.carriage?.dispatch);
  const waited = recipients.filter((each) => !isOver(each));
  const told = waited.length > 0 && waited.every(({ wordsToldAt }) => wordsToldAt !== null);
  return !AS_THEY_ARE_TOLD.includes(need) || told;
}
