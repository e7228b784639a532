import { canonicalJson } from "../../bytes/canonical-json.ts";
import { DomainError } from "../../domain/error.ts";
import { isOver } from "../../domain/lifecycle/transfer-arrows.ts";
import { entryDigest, entryOf, grantDigest, type Waybill, waybillFacts } from "../../domain/waybill.ts";
import type { ReleaseCase } from "./case.ts";

/**
 * SIS-23: what is released is what was signed. Dropping a recipient or a shorter expiry are events beside the waybill;
 * nothing else may differ.
 */
export async function waybillIsCurrent({
  transfer,
  recipients,
}: Pick<ReleaseCase, "transfer" | "recipients">): Promise<void> {
  const { waybill, sealed, recovery, facts, expiresAt } = transfer;
  if (waybill && sealed) {
    const signed = JSON.parse(waybill.text) as Waybill; // our own text, fixed at signing
    const active = recipients.filter((each) => !isOver(each));
    const entries = await Promise.all(active.map((each) => entryDigest(entryOf(each))));
    const grants = await Promise.all(active.map(grantDigest));
    const same =
      signed.content === sealed.content &&
      signed.recovery === (recovery?.key ?? null) &&
      signed.totals.sealed === sealed.bodySize &&
      canonicalJson({ ...signed.facts }) === canonicalJson(waybillFacts(facts)) &&
      signed.expires >= expiresAt &&
      signed.recipients.length === recipients.length &&
      entries.every((each, at) => signed.grants[signed.recipients.indexOf(each)] === grants[at]);
    if (same) return;
  }
  throw new DomainError({
    code: "changed",
    message: "This transfer is not what was signed any more. Nothing was released: take it back and start it again.",
  });
}
