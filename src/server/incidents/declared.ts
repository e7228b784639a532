import type { Incident } from "../../domain/incident.ts";
import type { Reader } from "../../domain/records.ts";
import type { Transfer } from "../../domain/transfer.ts";

/** What waybills say of personal data: what their senders stated, so nobody else at the organisation has confirmed it. */
export interface Declared {
  readonly personal: boolean;
  /** Such as “personal data, special category data”. */
  readonly says: string;
}

export function declaredIn(transfers: readonly Pick<Transfer, "facts">[]): Declared {
  const says = [
    ...(transfers.some(({ facts }) => facts.personal) ? ["personal data"] : []),
    ...(transfers.some(({ facts }) => facts.special) ? ["special category data"] : []),
    ...(transfers.some(({ facts }) => facts.offences) ? ["data about criminal offences"] : []),
  ];
  return { personal: says.length > 0, says: says.join(", ") || "no personal data" };
}

/** Of the linked transfers together; null where none is on record. */
export async function declaredOf(read: Reader, { transfers }: Incident): Promise<Declared | null> {
  const found = await Promise.all(transfers.map(({ reference }) => read.transfer(reference)));
  const known = found.filter((each) => each !== null);
  return known.length === 0 ? null : declaredIn(known);
}
