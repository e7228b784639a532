import type { EventKind } from "./event.ts";
import { heldTransfers, holdsOnAgreement, holdsOnArrangement } from "./held-transfers.ts";
import { type Hold, holdsOn, holdsOnTransfer } from "./hold.ts";
import { ACCESS_EVENTS, ACT_EVENTS, type RecordKind } from "./keeping.ts";
import { loneEventName } from "./lone-event-names.ts";
import type { Member } from "./member.ts";
import type { Reader } from "./records.ts";
import { actStandings } from "./relied-on.ts";
import type { Transfer } from "./transfer.ts";

/** One record that has been kept as long as its kind is. */
export interface DueRecord {
  readonly kind: RecordKind;
  /** Its id, or the number of an event. */
  readonly id: string;
  /** What people call it. */
  readonly name: string;
  /** When its time began, ISO 8601 or a day. */
  readonly endedAt: string;
  /** What else there is of it: `agreement` and `arrangement` are both of the registers. */
  readonly what: "transfer" | "incident" | "event" | "contact" | "agreement" | "arrangement";
  /** The holds that keep it all the same. */
  readonly holds: readonly Hold[];
  /** The incidents about it whose own record is still kept: it holds their facts, so it is kept as long. */
  readonly incidents: readonly string[];
  /** What was sealed of it is not destroyed and signed for yet. */
  readonly undestroyed: boolean;
}

/** Whether it would be removed now. */
export function isRemovable({ holds, incidents, undestroyed }: DueRecord): boolean {
  return holds.length === 0 && incidents.length === 0 && !undestroyed;
}

/** Whether what was sealed of it is destroyed, and signed for where anybody signed it: only then may its record go (SIS-37). */
export function isDestroyed({ destruction }: Pick<Transfer, "destruction">): boolean {
  return destruction === null || destruction === "certified";
}

/** No incident waits for it, and nothing was sealed of it. */
const ALONE = { incidents: [], undestroyed: false } as const;
const AT_ONCE = 200;

/**
 * Everything of a kind that is due, oldest first, what a hold keeps too.
 * @param before ISO 8601
 * @param among ids: looks at these alone, each found by its id, so that one that is removed costs the same whatever else there is
 */
export async function* dueRecords(
  read: Reader,
  kind: RecordKind,
  before: string,
  among: ReadonlySet<string> | null = null,
): AsyncGenerator<DueRecord> {
  switch (kind) {
    case "transfers":
      yield* dueTransfers(read, before, among);
      return;
    case "incidents":
      yield* dueIncidents(read, before, among);
      return;
    case "access":
    case "acts":
      yield* dueEvents(read, kind, before, among);
      return;
    case "contacts":
      yield* dueContacts(read, before, among);
      return;
    case "registers":
      yield* dueRegisters(read, before, among);
  }
}

type Among = ReadonlySet<string> | null;

/** Those of the ids that there are. */
async function found<T>(among: ReadonlySet<string>, one: (id: string) => Promise<T | null>): Promise<readonly T[]> {
  const all = await Promise.all([...among].map((id) => one(id)));
  return all.filter((each) => each !== null);
}

async function* dueTransfers(read: Reader, before: string, among: Among): AsyncGenerator<DueRecord> {
  for await (const transfer of endedTransfers(read, before, among)) {
    const { reference, endedAt } = transfer;
    const incidents = await read.incidentsOf(reference);
    yield {
      ...({ kind: "transfers", what: "transfer", id: reference, name: reference } as const),
      endedAt: endedAt ?? before,
      holds: await holdsOnTransfer(read, transfer),
      incidents: incidents.map((each) => each.id), // whom it reached stands in it, so it goes after every one about it
      undestroyed: !isDestroyed(transfer),
    };
  }
}

async function* endedTransfers(read: Reader, before: string, among: Among): AsyncGenerator<Transfer> {
  if (among !== null) {
    const named = await found(among, (id) => read.transfer(id));
    yield* named.filter(({ endedAt }) => endedAt !== null && endedAt <= before);
    return;
  }
  let after: { readonly endedAt: string; readonly reference: string } | undefined;
  for (;;) {
    const page = await read.endedBy(before, AT_ONCE, after);
    yield* page;
    const last = page.at(-1);
    if (last === undefined || page.length < AT_ONCE) return;
    after = { endedAt: last.endedAt ?? before, reference: last.reference };
  }
}

/** Closed incidents. A hold on a transfer or a person that they are about keeps them too. */
async function* dueIncidents(read: Reader, before: string, among: Among): AsyncGenerator<DueRecord> {
  const holds = await read.holds();
  for (let offset = 0; ; offset += AT_ONCE) {
    const named = among && (await found(among, (id) => read.incident(id)));
    const page = named ?? (await read.latestIncidents({ limit: AT_ONCE, offset }));
    for (const { id, state, closedAt, reportedAt, transfers } of page) {
      if (state !== "closed" || closedAt === null || closedAt > before) continue;
      const about = await Promise.all(transfers.map(({ reference }) => read.transfer(reference)));
      const held = await Promise.all(about.map((each) => (each === null ? [] : holdsOnTransfer(read, each))));
      const own = holdsOn(holds, { reference: null, from: reportedAt, until: closedAt, addresses: [] });
      yield {
        ...({ kind: "incidents", what: "incident", id, name: id, endedAt: closedAt, ...ALONE } as const),
        holds: unique([...own, ...held.flat()]),
      };
    }
    if (named !== null || page.length < AT_ONCE) return;
  }
}

async function* dueEvents(
  read: Reader,
  of: "access" | "acts",
  before: string,
  among: Among,
): AsyncGenerator<DueRecord> {
  const kinds: readonly EventKind[] = of === "access" ? ACCESS_EVENTS : ACT_EVENTS;
  const members = new Map((await read.members()).map((each): [string, Member] => [each.id, each]));
  const holds = await read.holds();
  const standing = of === "acts" ? await actStandings(read) : null;
  for (let after = 0; ; ) {
    const named = among && (await read.eventsNumbered([...among].map(Number)));
    const page = named ?? (await read.loneEvents(kinds, before, AT_ONCE, after));
    for (const event of page) {
      const { seq, kind, at, actor } = event;
      if (!kinds.includes(kind) || event.reference !== null) continue;
      const endedAt = standing === null ? at : await standing(event);
      if (endedAt === null || endedAt > before) continue;
      const address = actor.kind === "member" ? (members.get(actor.id)?.address ?? null) : null;
      const addresses = address === null ? [] : [address];
      yield {
        ...({
          kind: of,
          what: "event",
          id: String(seq),
          name: `${loneEventName(kind)} (${address ?? "the system"})`,
        } as const),
        ...{ endedAt, holds: holdsOn(holds, { reference: null, from: at, until: endedAt, addresses }), ...ALONE },
      };
    }
    const last = page.at(-1);
    if (named !== null || last === undefined || page.length < AT_ONCE) return;
    after = last.seq;
  }
}

/** Contacts whom no transfer names and no arrangement covers (any more). */
async function* dueContacts(read: Reader, before: string, among: Among): AsyncGenerator<DueRecord> {
  const holds = await read.holds();
  const standing = [...(await read.arrangements("asked")), ...(await read.arrangements("agreed"))];
  const arranged = new Set(standing.flatMap(({ recipients }) => recipients));
  const contacts = among ? await found(among, (id) => read.contact(id)) : await read.contacts();
  for (const { id, name, organisation, addresses: known, createdAt } of contacts) {
    if (createdAt > before || (await read.contactInUse(id))) continue;
    const addresses = known.map(({ address }) => address);
    if (addresses.some((each) => arranged.has(each))) continue;
    yield {
      ...({ kind: "contacts", what: "contact", id, name: `${name}, ${organisation}` } as const),
      ...{ endedAt: createdAt, holds: holdsOn(holds, { reference: null, from: createdAt, until: null, addresses }) },
      ...ALONE,
    };
  }
}

/** Agreements and standing arrangements that ended. A hold on a transfer is on what it was agreed under, too. */
async function* dueRegisters(read: Reader, before: string, among: Among): AsyncGenerator<DueRecord> {
  const holds = await read.holds();
  const held = await heldTransfers(read, holds);
  const on = (from: string, until: string, addresses: readonly string[]) =>
    holdsOn(holds, { reference: null, from, until, addresses });
  const agreements = among ? await found(among, (id) => read.agreement(id)) : await read.agreements();
  for (const { id, reference, organisation, expires, endedAt, createdAt } of agreements) {
    const ended = endedAt ?? `${expires}T23:59:59.999Z`;
    if (ended > before) continue;
    const name = `${reference}, ${organisation}`;
    const about = { kind: "registers", what: "agreement", id, name, endedAt: ended, ...ALONE } as const;
    yield { ...about, holds: unique([...on(createdAt, ended, []), ...holdsOnAgreement(held, reference)]) };
  }
  const arranged = among && (await found(among, (id) => read.arrangement(id)));
  for (const state of ["agreed", "refused", "ended", "lapsed"] as const) {
    const those = arranged?.filter((each) => each.state === state) ?? (await read.arrangements(state));
    for (const arrangement of those) {
      const { id, purpose, recipients, ends, decidedAt, createdAt } = arrangement;
      const ended = state === "agreed" ? `${ends}T23:59:59.999Z` : (decidedAt ?? createdAt);
      if (ended > before) continue;
      const about = {
        kind: "registers",
        what: "arrangement",
        id,
        name: purpose,
        endedAt: ended,
        ...ALONE,
      } as const;
      yield {
        ...about,
        holds: unique([...on(createdAt, ended, recipients), ...holdsOnArrangement(held, arrangement)]),
      };
    }
  }
}

function unique(holds: readonly Hold[]): readonly Hold[] {
  return [...new Map(holds.map((each) => [each.id, each])).values()];
}
