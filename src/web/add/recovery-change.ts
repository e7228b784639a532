import type { RecoveryChange } from "../../client/keys/check-recovery-key.ts";
import type { Texts } from "../page/texts.ts";

export const RECOVERY_TEXTS = ["recoveryNew", "recoveryChanged", "recoveryRemoved", "recoveryWho"] as const;

/**
 * What the panel about the organisation's recovery key says of it, a paragraph each.
 * @param number as people compare it; empty where the key is gone.
 */
export function describeRecoveryChange(
  change: RecoveryChange,
  number: string,
  texts: Texts<(typeof RECOVERY_TEXTS)[number]>,
): readonly string[] {
  if (change.kind === "removed") return [texts("recoveryRemoved")];
  const { enrolledBy, enrolledAt } = change.now;
  const day = new Date(enrolledAt).toLocaleDateString("en-GB", {
    day: "numeric",
    month: "long",
    year: "numeric",
    timeZone: "Europe/London",
  });
  const said = texts(change.kind === "new" ? "recoveryNew" : "recoveryChanged");
  return [said, texts("recoveryWho", { number, who: enrolledBy.join(" and "), day })];
}
