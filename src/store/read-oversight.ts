import {
  type AliasableExpression,
  type Expression,
  type ExpressionBuilder,
  type Kysely,
  type SqlBool,
  sql,
} from "kysely";
import {
  alternativesOf,
  isSentState,
  type OversightReader,
  type RecordPlace,
  type RecordSearch,
  SENT_STATES,
  type SentState,
} from "../domain/oversight.ts";
import type { RecordTerm } from "../domain/record-terms.ts";
import { fromRow } from "./columns.ts";
import { controlReview, recordedException } from "./oversight-columns.ts";
import type { RecordTables } from "./tables.ts";

type Db = Kysely<RecordTables>;
type Page = { readonly limit: number; readonly after: RecordPlace | null };

/** As far as rows are counted, to find what is rarest. */
const COUNTED = 2000;

/** Every answer is found by an index that gives its order too. */
export function readOversight(db: Db): OversightReader {
  return {
    async findTransfers(search, page) {
      const found: RecordPlace[] = [];
      for (const terms of alternativesOf(search)) {
        found.push(...(await byRarest(db, search, terms, page)));
      }
      return merged(found).slice(0, page.limit);
    },
    async tallies(kind, from, until) {
      const rows = await db
        .selectFrom("tally")
        .select((row) => ["key", row.fn.sum<number>("count").as("count"), row.fn.max("day").as("last")])
        .where("kind", "=", kind)
        .where("day", ">=", from)
        .where("day", "<=", until)
        .groupBy("key")
        .orderBy("key")
        .execute();
      return rows.map(({ key, count, last }) => ({ key, count: Number(count), last }));
    },
    async exceptions(from, until, limit) {
      const inPeriod = db.selectFrom("recordedException").selectAll().where("at", ">=", from).where("at", "<", until);
      const newest = inPeriod.orderBy("at", "desc").orderBy("digest", "desc").orderBy("clause", "desc");
      return (await newest.limit(limit).execute()).map((row) => fromRow("recorded_exception", recordedException, row));
    },
    async openCounts({ now, receiptsBefore, expiringUntil }) {
      const waiting = db.selectFrom("approval").where("state", "=", "waiting");
      const sent = (state: SentState) => db.selectFrom("transfer").where((row) => stands(row, state));
      const expiring = (state: SentState) => counted(sent(state).where("expiresAt", "<=", expiringUntil).select(ALL));
      const without = async (before: string) => {
        let all = 0;
        for (const state of AWAITED) {
          const due = db.selectFrom("recipient").where("state", "=", state).where("releasedAt", "<=", before);
          all += await counted(due.where("receivedAt", "is", null).where("confirmation", "is", null).select(ALL));
        }
        return all;
      };
      const receipts = db
        .selectFrom("transfer")
        .where("transfer.state", "=", "released")
        .innerJoin("recipient", "recipient.reference", "transfer.reference");
      const signed = receipts.where("receivedAt", "is not", null);
      const told = receipts.where("receivedAt", "is", null).where("confirmation", "is not", null);
      return {
        waiting: await counted(waiting.select(ALL)),
        waitingLong: await counted(waiting.where("dueAt", "<=", now).select(ALL)),
        withoutReceipt: await without(now),
        receiptsOverdue: await without(receiptsBefore),
        provedOpened: await counted(signed.where("openedAt", "is not", null).select(ALL)),
        saysReceived:
          (await counted(signed.where("openedAt", "is", null).select(ALL))) + (await counted(told.select(ALL))),
        underWay: await counted(sent("under-way").select(ALL)),
        paused: await counted(sent("paused").select(ALL)),
        answered: await counted(sent("answered").select(ALL)),
        expiring: (await expiring("under-way")) + (await expiring("paused")),
      };
    },
    async controlReviews() {
      const all = db.selectFrom("controlReview").selectAll().orderBy("dueAt", "desc").orderBy("id", "desc");
      return (await all.execute()).map((row) => fromRow("control_review", controlReview, row));
    },
  };
}

/** Of whom a receipt may still come. */
const AWAITED = ["released", "arrived", "opened", "paused"] as const;

const ALL = sql<number>`count(*)`.as("n");

interface Counting {
  executeTakeFirst(): Promise<{ readonly n: number | bigint | string } | undefined>;
}

async function counted(rows: Counting): Promise<number> {
  return Number((await rows.executeTakeFirst())?.n ?? 0);
}

type State = NonNullable<RecordSearch["state"]>;

/** Whether a transfer is in that state, or was sent and its recipients are as `SENT_STATES` says. */
function stands<T extends "transfer">(row: ExpressionBuilder<RecordTables, T>, state: State): Expression<SqlBool> {
  const of = row as unknown as ExpressionBuilder<RecordTables, "transfer">; // whatever else is joined to it
  if (!isSentState(state)) return of("transfer.state", "=", state);
  const { some, none } = SENT_STATES[state];
  const inOne = (states: readonly string[]) =>
    of.exists(
      of
        .selectFrom("recipient")
        .whereRef("recipient.reference", "=", "transfer.reference")
        .where("recipient.state", "in", states)
        .select("recipient.id"),
    );
  return of.and([
    of("transfer.state", "=", "released"),
    ...(some.length === 0 ? [] : [inOne(some)]),
    ...(none.length === 0 ? [] : [of.not(inOne(none))]),
  ]);
}

/** Goes through transfers, newest first, and looks the terms up. */
function byTime(db: Db, search: RecordSearch, terms: readonly RecordTerm[], page: Page): Promise<RecordPlace[]> {
  let rows = db.selectFrom("transfer").select(["createdAt as at", "reference"]);
  const { state } = search;
  if (state !== null) rows = rows.where((row) => stands(row, state));
  return pageOf(db, rows, search, terms, page);
}

/** Goes through the rows of one term, newest first, and looks the others up. */
function byTerm(
  db: Db,
  search: RecordSearch,
  first: RecordTerm,
  others: readonly RecordTerm[],
  page: Page,
): Promise<RecordPlace[]> {
  let rows = db
    .selectFrom("recordTerm as term")
    .select(["term.at", "term.reference"])
    .where("term.kind", "=", first.kind)
    .where("term.term", "=", first.term);
  const { state } = search;
  if (state !== null) {
    rows = rows.where((row) =>
      row.exists(
        row
          .selectFrom("transfer")
          .select("transfer.reference")
          .whereRef("transfer.reference", "=", "term.reference")
          .where((transfer) => stands(transfer, state)),
      ),
    );
  }
  return pageOf(db, rows, search, others, page);
}

/** Of such rows those of the period which are found by the terms too: one page, newest first. */
async function pageOf(
  db: Db,
  source: AliasableExpression<RecordPlace>,
  { from, until }: RecordSearch,
  terms: readonly RecordTerm[],
  { limit, after }: Page,
): Promise<RecordPlace[]> {
  let rows = db.selectFrom(source.as("found")).select(["found.at", "found.reference"]);
  if (from !== null) rows = rows.where("found.at", ">=", from);
  if (until !== null) rows = rows.where("found.at", "<", until);
  if (after !== null) {
    rows = rows.where((row) =>
      row(row.refTuple("found.at", "found.reference"), "<", row.tuple(after.at, after.reference)),
    );
  }
  for (const { kind, term } of terms) {
    rows = rows.where((row) =>
      row.exists(
        row
          .selectFrom("recordTerm as too")
          .select("too.reference")
          .whereRef("too.reference", "=", "found.reference")
          .whereRef("too.at", "=", "found.at")
          .where("too.kind", "=", kind)
          .where("too.term", "=", term),
      ),
    );
  }
  return rows.orderBy("found.at", "desc").orderBy("found.reference", "desc").limit(limit).execute();
}

/** Begins with what is rarest: a term, or the state. */
async function byRarest(
  db: Db,
  search: RecordSearch,
  terms: readonly RecordTerm[],
  page: Page,
): Promise<RecordPlace[]> {
  const sized: { readonly each: RecordTerm; readonly size: number }[] = [];
  for (const each of terms) sized.push({ each, size: await rowsOf(db, each) });
  const [first, ...others] = sized.sort((a, b) => a.size - b.size);
  if (first === undefined) return byTime(db, search, [], page);
  if (search.state !== null && (await inState(db, search.state)) < first.size) return byTime(db, search, terms, page);
  const rest = others.map(({ each }) => each);
  return byTerm(db, search, first.each, rest, page);
}

/** As far as they are counted. */
async function rowsOf(db: Db, { kind, term }: RecordTerm): Promise<number> {
  const rows = db.selectFrom("recordTerm").select("reference").where("kind", "=", kind).where("term", "=", term);
  return counted(db.selectFrom(rows.limit(COUNTED).as("some")).select(ALL));
}

async function inState(db: Db, state: State): Promise<number> {
  const rows = db
    .selectFrom("transfer")
    .select("reference")
    .where((row) => stands(row, state));
  return counted(db.selectFrom(rows.limit(COUNTED).as("some")).select(ALL));
}

/** Newest first, each once. */
function merged(found: readonly RecordPlace[]): readonly RecordPlace[] {
  const each = new Map(found.map((place) => [place.reference, place]));
  const key = ({ at, reference }: RecordPlace) => `${at} ${reference}`;
  return [...each.values()].sort((a, b) => (key(a) < key(b) ? 1 : -1));
}
