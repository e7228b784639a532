import type { Adviser } from "./facts.ts";

/** One line of what an adviser is shown. */
export interface AdviceLine {
  readonly key: string;
  readonly value: string;
}

/** A question to an adviser about a transfer (OXM-4, SIS-15, SDT2-5, SDT2-6): facts alone go to them, never content. */
export interface AdviceRequest {
  readonly id: string;
  readonly reference: string;
  readonly adviser: Adviser;
  /** Empty where the product tells them by itself (SDT2-5). */
  readonly question: string;
  readonly askedBy: string;
  readonly askedAt: string;
  /** SHA-256 of the facts that the answer rests on, hexadecimal: it counts while they are so. */
  readonly basis: string;
  /** What they were shown when they were asked, or told; null of what was asked before that was kept. */
  readonly shown: readonly AdviceLine[] | null;
  readonly answer: string | null;
  /** Whether it may go as it was stated: an answer against it meets no need. Null in earlier answers, and where nothing was asked. */
  readonly verdict: "may-go" | "may-not-go" | null;
  /** The privacy team's decision on an impact assessment; null where none was asked or made. */
  readonly impactAssessment: "needed" | "not-needed" | "made" | null;
  readonly answeredBy: string | null;
  readonly answeredAt: string | null;
  /** SDT2-5: what whoever asked says was decided on “an impact assessment is needed”; null until they have said it. */
  readonly outcome: string | null;
  readonly outcomeAt: string | null;
  /** SDT2-5: when a notice that nobody had answered was closed, because the team is told of other facts, or of none any more. */
  readonly supersededAt: string | null;
}

/** Whether an answer waits for what was decided on it. */
export function waitsForOutcome({ impactAssessment, outcomeAt }: AdviceRequest): boolean {
  return impactAssessment === "needed" && outcomeAt === null;
}
