import type { Need } from "../../domain/assessment.ts";
import { type CatalogueService, serviceText } from "../../domain/carriers.ts";
import type { Transfer } from "../../domain/transfer.ts";

/**
 * SIS-31, SIS-34: which service it is has to be plain before the signature: one of the organisation's as they are now, and not only its
 * kind where there are several of it. What was signed before is asked nothing.
 */
export function serviceNeeds({ carriage, state }: Transfer, catalogue: readonly CatalogueService[]): readonly Need[] {
  const { carrier = null, service = null } = carriage?.fixed ?? {};
  if (state !== "draft" || carrier === null) return [];
  const same = catalogue.filter((each) => each.carrier === carrier);
  const plain = service === null ? same.length < 2 : same.some(({ id }) => id === service.id);
  // What nobody has any more is said by the rules; what a sender hands over themselves is in no catalogue.
  if (plain || same.length === 0) return [];
  const says = `Choose which service it is: ${same.map(serviceText).join("; or ")}.`;
  return [{ rule: "service-chosen", clauses: ["SIS-31"], need: "carrier:service", says }];
}
