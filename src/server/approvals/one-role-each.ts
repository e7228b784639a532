import type { ApprovalRequest } from "../../domain/approval.ts";
import { receives } from "../../domain/colleague.ts";
import type { ApproverRole } from "../../domain/facts.ts";
import { isOver } from "../../domain/lifecycle/transfer-arrows.ts";
import type { Member } from "../../domain/member.ts";
import type { Reader } from "../../domain/records.ts";
import { ROLES } from "../../domain/roles.ts";
import { arrangementsFor } from "../assessing/arrangements.ts";

const MANAGERS: readonly ApproverRole[] = ["line-manager", "senior-manager"];

/** Whether a transfer is for this member, so that they do not agree to it. @param reference of a draft or of what was signed */
export async function isForThem(
  read: Reader,
  reference: string,
  { id, address }: Pick<Member, "id" | "address">,
): Promise<boolean> {
  return receives(
    read,
    { id, address },
    (await read.recipients(reference)).filter((each) => !isOver(each)),
  );
}

/**
 * SIS-3: the line manager and the senior manager who agree to one waybill are two people, and the sender's own line manager is
 * the former. SDT-3: whoever receives it agrees to it in no role, as the sender does not. Says why this member cannot answer in this role;
 * null when nothing is in the way.
 * @param requests of the transfer; before it is signed, those that signing would make
 */
export async function whyNotThisManager(
  read: Reader,
  about: { readonly role: ApproverRole; readonly digest: string; readonly reference: string },
  member: Pick<Member, "id" | "address">,
  sender: Member,
  requests: readonly Pick<ApprovalRequest, "digest" | "role" | "state" | "decidedBy">[],
): Promise<string | null> {
  const { role, digest, reference } = about;
  if (await isForThem(read, reference, member)) {
    return `This transfer is for you, so somebody else has to answer as ${ROLES[role].toLowerCase()} (SDT-3).`;
  }
  const [lineManager, seniorManager] = MANAGERS;
  const other = role === lineManager ? seniorManager : role === seniorManager ? lineManager : null;
  if (!other) return null;
  const same = requests.filter((each) => each.digest === digest && each.role === other);
  if (same.some(({ state, decidedBy }) => state === "approved" && decidedBy === member.id)) {
    return `You agreed to this as ${ROLES[other].toLowerCase()}, so somebody else has to answer as ${ROLES[role].toLowerCase()} (SIS-3).`;
  }
  if (role !== "senior-manager" || sender.lineManagerId !== member.id) return null;
  const isAsked = same.some(({ state }) => state === "waiting" || state === "approved");
  const arranged = (await arrangementsFor(read, sender)).some(
    (each) => each.role === other && each.by === member.address,
  );
  return isAsked || arranged
    ? `You are ${sender.name}’s line manager and answer as that, so the senior manager has to be somebody else (SIS-3).`
    : null;
}
