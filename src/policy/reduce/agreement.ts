import type { Agreement, Method } from "../../domain/facts.ts";

/** SDT-5: what an agreement is worth today. */
export interface AgreementNow {
  readonly current: boolean;
  /** The reason why there is none is recorded. */
  readonly noneReason: boolean;
  /** Whether it leaves this method open. */
  allows(method: Method): boolean;
}

/** @param today YYYY-MM-DD. An agreement holds through its last day; one whose end is not known does not count. */
export function agreementNow(agreement: Agreement | null, today: string): AgreementNow {
  if (agreement === null) return { current: false, noneReason: false, allows: () => true };
  if ("none" in agreement) return { current: false, noneReason: true, allows: () => true };
  const { expires, methods } = agreement;
  const current = expires !== null && expires >= today;
  const stipulates = current && methods !== null && methods.length > 0;
  return { current, noneReason: false, allows: (method) => !stipulates || methods.includes(method) };
}
