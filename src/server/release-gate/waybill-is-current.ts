import { canonicalJson } from "../../bytes/canonical-json.ts";
import { carriedEntry, carriedPart } from "../../domain/carried-waybill.ts";
import { DomainError } from "../../domain/error.ts";
import { isOver } from "../../domain/lifecycle/transfer-arrows.ts";
import { entryDigest, entryOf, grantDigest, shownIn, type Waybill, waybillFacts } from "../../domain/waybill.ts";
import type { ReleaseCase } from "./case.ts";

/** Nobody is shown the files where the waybill does not say so. */
function plainShown({ shown = [] }: Pick<Waybill, "shown">) {
  return shown.map(({ name, address, grant }) => ({ name, address, grant }));
}

/**
 * SIS-23: what is released is what was signed. Dropping a recipient or a shorter expiry are events beside the waybill;
 * nothing else may differ.
 */
export async function waybillIsCurrent({
  transfer,
  recipients,
  named,
}: Pick<ReleaseCase, "transfer" | "recipients" | "named">): Promise<void> {
  if (transfer.carriage) return carriedIsCurrent({ transfer, recipients }, named);
  const { waybill, sealed, recovery, facts, expiresAt } = transfer;
  if (waybill && sealed) {
    const signed = JSON.parse(waybill.text) as Waybill; // our own text, fixed at signing
    const active = recipients.filter((each) => !isOver(each));
    const entries = await Promise.all(active.map((each) => entryDigest(entryOf(each))));
    const grants = await Promise.all(active.map(grantDigest));
    const same =
      signed.content === sealed.content &&
      signed.recovery === (recovery?.key ?? null) &&
      canonicalJson(plainShown(signed)) === canonicalJson(plainShown(await shownIn(transfer))) &&
      signed.totals.sealed === sealed.bodySize &&
      canonicalJson({ ...signed.facts }) === canonicalJson(waybillFacts(facts)) &&
      signed.expires >= expiresAt &&
      signed.recipients.length === recipients.length &&
      entries.every((each, at) => signed.grants[signed.recipients.indexOf(each)] === grants[at]);
    if (same) return;
  }
  throw notAsSigned();
}

/** The same for what is carried: the package, the medium, the carrier and the counts are those that were signed. */
async function carriedIsCurrent(
  { transfer, recipients }: Pick<ReleaseCase, "transfer" | "recipients">,
  named: ReleaseCase["named"],
): Promise<void> {
  const { waybill, carriage, facts, expiresAt } = transfer;
  if (waybill && carriage) {
    const signed = JSON.parse(waybill.text) as Waybill; // our own text, fixed at signing
    const active = recipients.filter((each) => !isOver(each));
    const entries = await Promise.all(active.map((each) => entryDigest(carriedEntry(each))));
    const { totals, content, carried } = carriedPart(carriage, named);
    const plain = { totals, content, carried, method: carriage.method, facts: waybillFacts(facts) };
    const same =
      canonicalJson(plain) ===
        canonicalJson({
          totals: signed.totals,
          content: signed.content,
          carried: signed.carried ?? null,
          method: signed.method,
          facts: signed.facts,
        }) &&
      signed.expires >= expiresAt &&
      signed.recipients.length === recipients.length &&
      entries.every((each) => signed.recipients.includes(each));
    if (same) return;
  }
  throw notAsSigned();
}

function notAsSigned(): DomainError {
  return new DomainError({
    code: "changed",
    message: "This transfer is not what was signed any more. Nothing was released: take it back and start it again.",
  });
}
