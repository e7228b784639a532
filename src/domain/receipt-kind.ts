import type { Recipient } from "./transfer.ts";

/**
 * What there is of somebody's receipt, also after their access ended (SDT-28). `proved`: signed with the token out of what was sealed to
 * them, so that they opened it. `said`: by their word alone, on the page or another way. Null: none.
 */
export function receiptKind({
  openedAt,
  receivedAt,
  confirmation,
}: Pick<Recipient, "openedAt" | "receivedAt" | "confirmation">): "proved" | "said" | null {
  if (receivedAt !== null) return openedAt === null ? "said" : "proved";
  return confirmation === null ? null : "said";
}
