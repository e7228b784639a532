import { sha256Hex } from "../bytes/digest.ts";
import { utf8 } from "../bytes/text.ts";
import { entryDigest } from "../domain/waybill.ts";
import { EvidenceError } from "./error.ts";
import type { Evidence } from "./pack.ts";
import { readWaybill } from "./read-evidence.ts";

export type CheckedWaybill = ReturnType<typeof readWaybill>;

/**
 * Every waybill in the pack by its digest. SIS-23: each is this transfer's, and holds the digest of an assessment that is there;
 * whom the last one names is told by the recipients' entries.
 * @throws EvidenceError `altered`
 */
export async function checkWaybills(evidence: Evidence): Promise<ReadonlyMap<string, CheckedWaybill>> {
  const assessments = new Set<string>();
  for (const { assessment } of evidence.waybills) {
    if (assessment !== null) assessments.add(await sha256Hex(utf8(assessment)));
  }
  const entries = new Set<string>();
  for (const { entry } of evidence.recipients) entries.add(await entryDigest(entry));
  const waybills = new Map<string, CheckedWaybill>();
  const named = new Set<string>();
  for (const { text } of evidence.waybills) {
    const waybill = readWaybill(text);
    const digest = await sha256Hex(utf8(text));
    if (waybill.reference !== evidence.reference) throw altered(`A waybill is one of ${waybill.reference}.`);
    if (!assessments.has(waybill.assessment))
      throw altered(`The assessment that waybill ${digest} names is not there.`);
    for (const each of waybill.recipients) named.add(each);
    waybills.set(digest, waybill);
  }
  for (const { entry } of evidence.recipients) {
    if (!named.has(await entryDigest(entry))) throw altered(`No waybill names ${entry.name} as they stand there.`);
  }
  const last = [...waybills.values()].at(-1);
  if (last?.recipients.some((each) => !entries.has(each)))
    throw altered("A recipient whom the waybill names is not there.");
  return waybills;
}

function altered(message: string): EvidenceError {
  return new EvidenceError({ code: "altered", message });
}
