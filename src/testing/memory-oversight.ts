import { askedIn } from "../domain/asked-in-draft.ts";
import {
  alternativesOf,
  type ControlReview,
  type FeedPosition,
  type FeedPositions,
  isSentState,
  type OversightReader,
  type RecordSearch,
  releaseTimeOf,
  SENT_STATES,
  type SentState,
  type Tally,
  type TallyKind,
} from "../domain/oversight.ts";
import { receiptKind } from "../domain/receipt-kind.ts";
import { decisionOf, type RecordTerm, termsOfRecipient } from "../domain/record-terms.ts";
import type { Writer } from "../domain/records.ts";
import type { Transfer } from "../domain/transfer.ts";
import type { Waybill } from "../domain/waybill.ts";
import { inOrder } from "./memory-order.ts";
import type { MemoryTables } from "./memory-tables.ts";

/** The reviews of the in-memory store at one moment. */
export interface OversightTables {
  readonly controlReviews: Map<string, ControlReview>;
}

/** The same answers as the database's, worked out anew from the records by each call. */
export function oversightReader(tables: () => MemoryTables): OversightReader {
  return {
    async findTransfers(search, { limit, after }) {
      const wanted = alternativesOf(search);
      const found = [...tables().transfers.values()].filter((transfer) => {
        if (search.state !== null && !stands(tables(), transfer, search.state)) return false;
        if (search.from !== null && transfer.createdAt < search.from) return false;
        if (search.until !== null && transfer.createdAt >= search.until) return false;
        const terms = new Set(termsOf(tables(), transfer).map(asText));
        return wanted.some((all) => all.every((each) => terms.has(asText(each))));
      });
      const place = (each: { readonly at: string; readonly reference: string }) => `${each.at} ${each.reference}`;
      const places = found.map(({ createdAt: at, reference }) => ({ at, reference }));
      const behind = places.filter((each) => after === null || place(each) < place(after));
      return inOrder(behind, place).reverse().slice(0, limit);
    },
    async tallies(kind, from, until) {
      const counted = new Map<string, Tally>();
      for (const { key, day } of happenings(tables())[kind]) {
        if (day < from || day > until) continue;
        const known = counted.get(key) ?? { key, count: 0, last: day };
        counted.set(key, { key, count: known.count + 1, last: day > known.last ? day : known.last });
      }
      return inOrder(counted.values(), ({ key }) => key);
    },
    async exceptions(from, until, limit) {
      const all = [...tables().fixedWaybills.values()].flatMap((each) => decisionOf(each)?.exceptions ?? []);
      const inPeriod = all.filter(({ at }) => at >= from && at < until);
      return inOrder(inPeriod, ({ at, digest, clause }) => `${at} ${digest} ${clause}`)
        .reverse()
        .slice(0, limit);
    },
    async openCounts({ now, receiptsBefore, expiringUntil }) {
      const { approvals, recipients, transfers } = tables();
      const waiting = [...approvals.values()].filter(({ state }) => state === "waiting");
      const awaited = [...recipients.values()].filter(({ state }) =>
        ["released", "arrived", "opened", "paused"].includes(state),
      );
      const without = awaited.filter(({ receivedAt, confirmation }) => receivedAt === null && confirmation === null);
      const receipts = [...recipients.values()]
        .filter(({ reference }) => transfers.get(reference)?.state === "released")
        .map(receiptKind);
      const since = (before: string) => without.filter(({ releasedAt }) => releasedAt !== null && releasedAt <= before);
      const sent = (state: SentState) => [...transfers.values()].filter((each) => stands(tables(), each, state));
      const expiring = [...sent("under-way"), ...sent("paused")].filter(({ expiresAt }) => expiresAt <= expiringUntil);
      return {
        waiting: waiting.length,
        waitingLong: waiting.filter(({ dueAt }) => dueAt <= now).length,
        withoutReceipt: since(now).length,
        receiptsOverdue: since(receiptsBefore).length,
        provedOpened: receipts.filter((each) => each === "proved").length,
        saysReceived: receipts.filter((each) => each === "said").length,
        underWay: sent("under-way").length,
        paused: sent("paused").length,
        answered: sent("answered").length,
        expiring: expiring.length,
      };
    },
    controlReviews: async () =>
      inOrder(tables().controlReviews.values(), ({ dueAt, id }) => `${dueAt} ${id}`).reverse(),
  };
}

function stands(
  { recipients }: MemoryTables,
  { reference, state }: Transfer,
  wanted: NonNullable<RecordSearch["state"]>,
): boolean {
  if (!isSentState(wanted)) return state === wanted;
  const states: readonly string[] = [...recipients.values()].flatMap((each) =>
    each.reference === reference ? [each.state] : [],
  );
  const { some, none } = SENT_STATES[wanted];
  const inOne = (of: readonly string[]) => states.some((each) => of.includes(each));
  return state === "released" && (some.length === 0 || inOne(some)) && !inOne(none);
}

export function oversightWriter(tables: OversightTables): Pick<Writer, "saveControlReview"> {
  return {
    saveControlReview: async (review) => void tables.controlReviews.set(review.id, structuredClone(review)),
  };
}

/** How far each receiver has got, as long as the process runs. */
export function memoryFeedPositions(): FeedPositions {
  const positions = new Map<string, FeedPosition>();
  return {
    position: async (receiver) => positions.get(receiver) ?? null,
    async move(receiver, position) {
      if ((positions.get(receiver)?.seq ?? -1) < position.seq) positions.set(receiver, position);
    },
  };
}

function termsOf(tables: MemoryTables, { reference, senderId, waybill }: Transfer): readonly RecordTerm[] {
  const fixed = [...tables.fixedWaybills.values()].filter((each) => each.reference === reference);
  return [
    { kind: "sender", term: senderId },
    ...[...tables.approvals.values()].flatMap((each): readonly RecordTerm[] =>
      each.reference === reference && each.decidedBy !== null ? [{ kind: "approver", term: each.decidedBy }] : [],
    ),
    ...fixed.flatMap((each) => membersAt(tables, decisionOf(each)?.arranged ?? [])),
    ...(waybill ? [{ kind: "method", term: methodOf(waybill.text) } as const] : []),
    ...[...tables.recipients.values()].filter((each) => each.reference === reference).flatMap(termsOfRecipient),
    ...fixed.flatMap((each) => (decisionOf(each)?.clauses ?? []).map((term): RecordTerm => ({ kind: "clause", term }))),
  ];
}

function membersAt(tables: MemoryTables, addresses: readonly string[]): readonly RecordTerm[] {
  const members = [...tables.members.values()].filter(({ address }) => addresses.includes(address));
  return members.map(({ id }) => ({ kind: "approver", term: id }));
}

function methodOf(text: string): string {
  return (JSON.parse(text) as Partial<Waybill>).method ?? "secure-link"; // as a test saved it
}

type Happening = { readonly key: string; readonly day: string };

function happenings(tables: MemoryTables): Readonly<Record<TallyKind, Happening[]>> {
  const found = { clause: [], stopped: [], exception: [], method: [], release: [] } as Record<string, Happening[]> &
    ReturnType<typeof happenings>;
  for (const fixed of tables.fixedWaybills.values()) {
    const decision = decisionOf(fixed);
    const day = fixed.at.slice(0, 10);
    for (const key of decision?.clauses ?? []) found.clause.push({ key, day });
    const asked = tables.events.filter(({ reference }) => reference === fixed.reference).flatMap(askedIn);
    for (const key of decision?.stopped ?? []) if (!asked.includes(key)) found.stopped.push({ key, day });
    for (const { clause } of decision?.exceptions ?? []) found.exception.push({ key: clause, day });
  }
  for (const event of tables.events) {
    for (const key of askedIn(event)) found.stopped.push({ key, day: event.at.slice(0, 10) });
  }
  for (const { kind, reference, at } of tables.events) {
    const waybill = reference === null ? null : tables.transfers.get(reference)?.waybill;
    if (kind !== "transfer-released" || !waybill) continue;
    const day = at.slice(0, 10);
    const signed = tables.events.findLast((each) => each.reference === reference && each.kind === "waybill-signed");
    found.method.push({ key: methodOf(waybill.text), day });
    found.release.push({ key: releaseTimeOf(signed ? Date.parse(at) - Date.parse(signed.at) : 0), day });
  }
  return found;
}

function asText({ kind, term }: RecordTerm): string {
  return `${kind} ${term}`;
}
