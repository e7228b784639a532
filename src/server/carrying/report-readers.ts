import { whoIsColleague } from "../../domain/colleague.ts";
import type { Member } from "../../domain/member.ts";
import type { Reader } from "../../domain/records.ts";
import type { Transfer } from "../../domain/transfer.ts";

/** Somebody to whom a transmission report is sealed. */
export interface ReportReader {
  readonly member: Member;
  /** The request that they agreed to, on whose page they open it; null for the sender. */
  readonly request: string | null;
}

/**
 * SIS-25: who may read the transmission report of a fax: its sender first, then whoever agreed to exactly what was signed and is still a
 * colleague. Somebody who agreed in advance, by a standing arrangement, was not asked about this fax and is none of them.
 */
export async function reportReaders(
  read: Reader,
  { reference, senderId, waybill }: Transfer,
): Promise<readonly ReportReader[]> {
  const requests = new Map<string, string | null>([[senderId, null]]);
  for (const { id, state, digest, decidedBy } of await read.approvalsOf(reference)) {
    const agreed = state === "approved" && digest === waybill?.digest && decidedBy !== null;
    if (agreed && !requests.has(decidedBy)) requests.set(decidedBy, id);
  }
  const found = await Promise.all(
    [...requests].map(async ([id, request]) => ({ member: await read.member(id), request })),
  );
  const inside = await whoIsColleague(read); // SDT-17
  const people = found.filter((each): each is ReportReader => each.member !== null && inside(each.member));
  const place = ({ member, request }: ReportReader) => (request === null ? "" : member.address); // answers of one moment have no order
  return people.toSorted((a, b) => (place(a) < place(b) ? -1 : 1));
}
