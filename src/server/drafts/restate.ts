import { redescribe, type Said } from "../../domain/lifecycle/draft-arrows.ts";
import type { StatedFacts } from "../../domain/transfer.ts";
import type { SenderVisit } from "../gate/row.ts";
import { act } from "./take-back.ts";

/**
 * Changes what the sender states of a draft, and keeps what is sealed.
 * @param change of the facts as they are inside the transaction
 * @param said of recipients, by id (SIS-13, SDT-7)
 * @throws DomainError `not-now` once it is signed
 */
export async function restate(
  visit: SenderVisit,
  change: (facts: StatedFacts) => StatedFacts,
  said: ReadonlyMap<string, Said> = new Map(),
): Promise<void> {
  await act(visit, ({ transfer, recipients, taken }) => {
    const { facts, expiresAt, standInId } = transfer;
    return redescribe(transfer, { facts: change(facts), expiresAt, standInId }, taken, recipients, said);
  });
}
