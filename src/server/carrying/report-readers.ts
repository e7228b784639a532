import type { Member } from "../../domain/member.ts";
import type { Reader } from "../../domain/records.ts";
import type { Transfer } from "../../domain/transfer.ts";

/**
 * SIS-25: who may read the transmission report of a fax: its sender first, then whoever agreed to exactly what was signed and is still a
 * colleague. Somebody who agreed in advance, by a standing arrangement, was not asked about this fax and is none of them.
 */
export async function reportReaders(
  read: Reader,
  { reference, senderId, waybill }: Transfer,
): Promise<readonly Member[]> {
  const given = (await read.approvalsOf(reference)).filter(
    ({ state, digest }) => state === "approved" && digest === waybill?.digest,
  );
  const ids = new Set([senderId, ...given.flatMap(({ decidedBy }) => decidedBy ?? [])]);
  const found = await Promise.all([...ids].map((id) => read.member(id)));
  const people = found.filter((each): each is Member => each?.state === "active");
  const place = ({ id, address }: Member) => (id === senderId ? "" : address); // answers of one moment have no order
  return people.toSorted((a, b) => (place(a) < place(b) ? -1 : 1));
}
