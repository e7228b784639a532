import type { Method } from "./facts.ts";

/** A data sharing agreement or contract with an organisation outside (SDT-5). */
export interface SharingAgreement {
  readonly id: string;
  /** As people call it, such as DSA-2026-014; unique. */
  readonly reference: string;
  readonly organisation: string;
  /** The methods that it stipulates; none: it leaves them open. */
  readonly methods: readonly Method[];
  /** The last day on which it holds, YYYY-MM-DD. */
  readonly expires: string;
  /** Where the signed document is kept. */
  readonly documents: string;
  readonly createdAt: string;
  readonly createdBy: string;
  readonly endedAt: string | null;
  readonly remindedAt: string | null;
}
