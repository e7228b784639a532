import type { Address } from "../../domain/address.ts";
import type { FixedWaybill } from "../../domain/approval.ts";
import { covers } from "../../domain/arrangement-covers.ts";
import type { RecordedAssessment } from "../../domain/recorded-assessment.ts";
import type { Reader } from "../../domain/records.ts";
import { ROLES } from "../../domain/roles.ts";
import { formatDateTime } from "../format.ts";

/** A standing arrangement that covered a transfer when its waybill was fixed. */
export interface ArrangementUsed {
  readonly id: string;
  readonly purpose: string;
  readonly role: "line-manager" | "senior-manager";
  /** Whoever agreed; the name is empty where they are no member any more. */
  readonly name: string;
  readonly address: Address;
  readonly agreedAt: string | null;
  /** Who agreed in advance, as what, and when. */
  readonly says: string;
}

/**
 * SDT-3, SIS-3: the standing arrangements that covered a transfer, from the assessment that its waybill commits to. What has ended since
 * is named too: it covered then.
 */
export async function arrangementsUsed(
  read: Reader,
  { assessment, at }: FixedWaybill,
): Promise<readonly ArrangementUsed[]> {
  const { facts, method, policy } = JSON.parse(assessment) as RecordedAssessment; // our own text, fixed at signing
  const today = at.slice(0, 10);
  const covering = (facts.arrangement ?? []).filter((each) => covers(each, facts, method, policy.rules, today));
  return Promise.all(
    covering.map(async ({ reference, role, by }) => {
      const arrangement = await read.arrangement(reference);
      const when = arrangement?.decidedAt ? ` on ${formatDateTime(arrangement.decidedAt)}` : "";
      const name = (await read.memberByAddress(by))?.name ?? "";
      const named = name === "" ? by : `${name} (${by})`; // OXM-15: the name and the address together
      return {
        ...{ id: reference, purpose: arrangement?.purpose ?? "", role, name, address: by },
        agreedAt: arrangement?.decidedAt ?? null,
        says: `${named} agreed to it in advance as ${ROLES[role].toLowerCase()}${when}`,
      };
    }),
  );
}
