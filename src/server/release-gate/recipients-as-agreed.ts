import { canonicalJson } from "../../bytes/canonical-json.ts";
import type { FixedWaybill } from "../../domain/approval.ts";
import type { Need } from "../../domain/assessment.ts";
import { DomainError } from "../../domain/error.ts";
import type { Facts, RecipientFacts } from "../../domain/facts.ts";
import { needText } from "../../domain/need-text.ts";
import type { RecordedAssessment } from "../../domain/recorded-assessment.ts";
import type { ReleaseCase } from "./case.ts";

/**
 * SDT-3, SIS-15: what the records know of each recipient still on the waybill is what those who agreed saw: a contact who was
 * moved abroad, or became something else to the organisation, since the signature is asked about again.
 */
export function recipientsAsAgreed({ facts, fixed }: ReleaseCase): void {
  const other = changedRecipient(facts, fixed);
  if (!other) return;
  throw new DomainError({
    code: "unmet",
    message: `${needText(other)} Nothing was released, and nothing is lost.`,
  });
}

/** The need that only a change and a new signature meet. */
export const SIGN_ANEW = "sign:anew";

/** The condition that a changed recipient leaves unmet; null where all are as they were. @param facts the facts now */
export function changedRecipient(facts: Facts, fixed: FixedWaybill | null): Need | null {
  const recorded = fixed ? (JSON.parse(fixed.assessment) as RecordedAssessment).facts.recipients : []; // our own text, fixed at signing
  const other = facts.recipients.find((now) => {
    const then = recorded.find(({ address }) => address === now.address);
    return !then || known(then) !== known(now);
  });
  if (!other) return null;
  return {
    rule: "recipients-as-agreed",
    clauses: ["SDT-3"],
    need: SIGN_ANEW,
    says: `What is on record of ${other.name} has changed since this was signed, so it is not what was agreed to: change the transfer, look at it again, and sign it anew.`,
  };
}

/** All but the name as it is shown, and what only the transfer says. */
function known({
  kind,
  organisation,
  country,
  network,
  verified,
  authentication,
  shared,
  list,
}: RecipientFacts): string {
  return canonicalJson({
    kind,
    organisation,
    country,
    network,
    verified,
    authentication,
    shared,
    listed: list !== null,
  });
}
