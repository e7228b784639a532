import type { AdviceRequest } from "../../domain/advice.ts";
import type { Member } from "../../domain/member.ts";
import type { Reader } from "../../domain/records.ts";
import { ADVISER_ROLES } from "./advisers.ts";
import { decisionText, verdictText } from "./decisions.ts";

/** What an adviser was asked about a transfer and has said, for its sender and whoever has to agree. */
export interface AdviceGiven {
  readonly advice: AdviceRequest;
  readonly whom: string;
  /** Who asked. */
  readonly asker: Member | null;
  /** Who answered. */
  readonly by: Member | null;
  /** Whether it may go, in words; empty where nobody said. */
  readonly verdict: string;
  /** The decision on an impact assessment, in words; empty where none was made. */
  readonly decision: string;
}

/** SIS-15, SDT2-5: everything that advisers were asked about a transfer, oldest first. It stays with the transfer. */
export async function adviceGiven(read: Reader, reference: string): Promise<readonly AdviceGiven[]> {
  const asked = (await read.adviceOf(reference)).toSorted((a, b) => a.askedAt.localeCompare(b.askedAt));
  return Promise.all(
    asked.map(async (advice) => ({
      advice,
      whom: ADVISER_ROLES[advice.adviser].name,
      asker: await read.member(advice.askedBy),
      by: advice.answeredBy ? await read.member(advice.answeredBy) : null,
      verdict: verdictText(advice.verdict),
      decision: decisionText(advice.impactAssessment),
    })),
  );
}
