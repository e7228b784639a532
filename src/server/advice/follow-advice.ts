import { waitsForOutcome } from "../../domain/advice.ts";
import { happened, refuseUnless, type Taken } from "../../domain/lifecycle/step.ts";
import type { Writer } from "../../domain/records.ts";

/**
 * SDT2-5: whoever asked says what was decided on “an impact assessment is needed”, which ends the reminder of it.
 * @throws DomainError `not-now` when nothing waits for that
 */
export async function followAdvice(tx: Writer, id: string, outcome: string, taken: Taken): Promise<void> {
  const asked = await tx.advice(id);
  refuseUnless(
    asked !== null && waitsForOutcome(asked),
    "What was decided was recorded already, or nothing waits for it.",
  );
  await tx.saveAdvice({ ...asked, outcome, outcomeAt: taken.at });
  const { reference, adviser } = asked;
  await tx.append(happened("advice-followed", taken, reference, null, { advice: id, adviser, outcome }));
}
