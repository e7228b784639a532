import type { Member } from "../../domain/member.ts";
import type { Reader } from "../../domain/records.ts";
import { formatDate } from "../format.ts";

/** SIS-37: an administrator is asked how long records are kept until they have said; and what is due is told to who may hold it. */
export async function waitingGovernance(
  read: Reader,
  { roles }: Member,
): Promise<readonly { readonly says: string; readonly button: string; readonly href: string }[]> {
  const administers = roles.includes("administrator");
  if (!administers && !roles.includes("privacy-team")) return [];
  if ((await read.keeping()) === null) {
    const says = "Nobody has said yet how long records are kept. Nothing is removed until then.";
    return administers ? [{ says, button: "Say how long", href: "/governance/retention/set" }] : [];
  }
  const due = (await read.removals(100)).filter(({ state }) => state === "announced");
  const [first] = due.map(({ removeFrom }) => removeFrom).sort();
  if (first === undefined) return [];
  const says = `Records have been kept as long as they are kept, and are removed from ${formatDate(first)} on.`;
  return [{ says, button: "See which", href: "/governance/retention" }];
}
