import type { StoredEvent } from "../../../domain/event.ts";
import type { Reader } from "../../../domain/records.ts";
import { type ArrangementUsed, arrangementsUsed } from "../../arrangements/arrangements-used.ts";

/** What the lines of a timeline need to know besides the events. */
export interface TimelineContext {
  /** Names of members who did something, by id. */
  readonly names: ReadonlyMap<string, string>;
  /** Name and address (OXM-15), by id, of members other than the sender, who did something in the sender’s place. */
  readonly others: ReadonlyMap<string, string>;
  /** The standing arrangements that covered the transfer, by the digest of its waybill. */
  readonly arranged: ReadonlyMap<string, readonly ArrangementUsed[]>;
}

/** @param events all of the transfer's */
export async function timelineContext(
  read: Reader,
  reference: string,
  events: readonly StoredEvent[],
): Promise<TimelineContext> {
  const fixed = await read.fixedWaybillsOf(reference);
  const arranged = new Map(
    await Promise.all(fixed.map(async (each) => [each.digest, await arrangementsUsed(read, each)] as const)),
  );
  const senderId = (await read.transfer(reference))?.senderId;
  const ids = new Set(events.flatMap(({ actor }) => (actor.kind === "member" ? [actor.id] : [])));
  const members = await Promise.all([...ids].map((id) => read.member(id)));
  const known = members.flatMap((each) => each ?? []);
  return {
    names: new Map(known.map(({ id, name }) => [id, name])),
    others: new Map(
      known.filter(({ id }) => id !== senderId).map(({ id, name, address }) => [id, `${name} (${address})`]),
    ),
    arranged,
  };
}
