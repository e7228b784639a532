import type { KeptKind, RecordKind } from "../../domain/keeping.ts";
import type { Organisation } from "../../domain/organisation.ts";
import { formatDate } from "../format.ts";
import type { Place } from "../parts.ts";

/** What pages and mail call the kinds of record. */
export const RECORD_NAMES: Readonly<Record<KeptKind, string>> = {
  transfers: "Records of transfers",
  incidents: "Reported problems that are closed",
  acts: "What administrators and keepers did",
  mail: "Emails that were sent",
  access: "Oversight trail: auditors’ looks and exports, sign-ins, answers to access requests",
  contacts: "Contacts in no transfer",
  registers: "Agreements and standing arrangements that have ended",
};

/** SIS-37: to the privacy team and administrators. Names no record and nobody in one. */
export function removalMail(
  { name }: Organisation,
  { kind, count, removeFrom }: { readonly kind: RecordKind; readonly count: number; readonly removeFrom: string },
  place: Place,
): { readonly subject: string; readonly text: string } {
  const text = [
    `Records of ${name} have been kept as long as your organisation keeps them. They will be removed from ${formatDate(removeFrom)} on.`,
    `${RECORD_NAMES[kind]}: ${count}`,
    `See which: ${place.origin}/governance/retention`,
    "If some of them are still needed, place a hold on them before that day, and say why. Nothing has been removed yet.",
  ];
  return { subject: `Records will be removed from ${formatDate(removeFrom)}`, text: `${text.join("\n\n")}\n` };
}
