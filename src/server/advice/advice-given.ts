import type { AdviceLine, AdviceRequest } from "../../domain/advice.ts";
import type { Member } from "../../domain/member.ts";
import type { Transfer } from "../../domain/transfer.ts";
import type { Parts } from "../parts.ts";
import { aboutOtherFacts } from "./about-other-facts.ts";
import { ADVISER_ROLES } from "./advisers.ts";
import { decisionText, verdictText } from "./decisions.ts";
import { shownFacts } from "./shown-facts.ts";

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
  /** What they were shown; the facts of now where that was not kept. */
  readonly lines: readonly AdviceLine[];
  readonly kept: boolean;
  /** Whether the facts are others now, so that it does not count any more. */
  readonly stale: boolean;
}

/** SIS-15, SDT2-5: everything that advisers were asked about a transfer, oldest first. It stays with the transfer. */
export async function adviceGiven(parts: Parts, transfer: Transfer): Promise<readonly AdviceGiven[]> {
  const { read } = parts.records;
  const asked = (await read.adviceOf(transfer.reference)).toSorted((a, b) => a.askedAt.localeCompare(b.askedAt));
  if (asked.length === 0) return [];
  const isStale = await aboutOtherFacts(parts, read, transfer);
  const now = await shownFacts(parts, read, transfer);
  return Promise.all(
    asked.map(async (advice) => ({
      advice,
      whom: ADVISER_ROLES[advice.adviser].name,
      asker: await read.member(advice.askedBy),
      by: advice.answeredBy ? await read.member(advice.answeredBy) : null,
      verdict: verdictText(advice.verdict),
      decision: decisionText(advice.impactAssessment),
      lines: advice.shown ?? now,
      kept: advice.shown !== null,
      stale: isStale(advice),
    })),
  );
}
