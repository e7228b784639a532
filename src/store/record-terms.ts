import type { Kysely } from "kysely";
import type { ApprovalRequest, FixedWaybill } from "../domain/approval.ts";
import { askedIn, DRAFT_EVENTS } from "../domain/asked-in-draft.ts";
import type { StoredEvent } from "../domain/event.ts";
import { RELEASE_TIMES, type ReleaseTime, releaseTimeOf, type TallyKind } from "../domain/oversight.ts";
import { decisionOf, type RecordTerm, termsOfRecipient } from "../domain/record-terms.ts";
import type { Recipient, Transfer } from "../domain/transfer.ts";
import type { RecordTables } from "./tables.ts";

type Db = Kysely<RecordTables>;
/** Rows of one statement: databases take a limited number of values. */
const AT_ONCE = 200;

type Named = Pick<Recipient, "name" | "address" | "organisation">;

/**
 * What transfers are found by is kept beside them, in the transaction that changes them. Each function is called before its record is
 * saved, and writes nothing where nothing that counts has changed: most saves change a state alone.
 */
export async function enterTransfer(db: Db, { reference, createdAt, senderId, waybill }: Transfer): Promise<void> {
  const known = await db.selectFrom("transfer").select("waybill").where("reference", "=", reference).executeTakeFirst();
  const text = waybill?.text ?? null;
  if (known && (text === null || known.waybill === JSON.stringify(waybill))) return;
  await enterWhole(db, { reference, at: createdAt }, senderId, text);
}

/** Everything that a transfer and its recipients are found by. @param waybill its text */
export async function enterWhole(
  db: Db,
  place: { readonly reference: string; readonly at: string },
  senderId: string,
  waybill: string | null,
): Promise<void> {
  const recipients = await db
    .selectFrom("recipient")
    .select(["name", "address", "organisation"])
    .where("reference", "=", place.reference)
    .execute();
  const terms = new Map([["", { kind: "sender", term: senderId } as RecordTerm]]);
  if (waybill !== null) terms.set("method", { kind: "method", term: methodOf(waybill) });
  for (const term of recipients.flatMap(termsOfRecipient)) terms.set(asText(term), term);
  await addTerms(db, place, [...terms.values()]);
}

export async function enterRecipient(db: Db, recipient: Recipient): Promise<void> {
  const { reference } = recipient;
  const known = await db
    .selectFrom("recipient")
    .select(["name", "address", "organisation", "state"])
    .where("id", "=", recipient.id)
    .executeTakeFirst();
  if (known && sameName(known, recipient)) return;
  // Whom it was sent to stays findable, also after a correction.
  if (known?.state === "named") await leaveRecipient(db, recipient.id, reference);
  await addTerms(db, { reference, at: await begun(db, reference) }, termsOfRecipient(recipient));
}

/** SDT-3: whoever agreed or refused is found by it. */
export async function enterApprover(db: Db, { reference, decidedBy }: ApprovalRequest): Promise<void> {
  if (decidedBy === null) return;
  await addTerms(db, { reference, at: await begun(db, reference) }, [{ kind: "approver", term: decidedBy }]);
}

/** Removes what only this recipient is found by. @param id of one who is still saved, and is going or changing */
export async function leaveRecipient(db: Db, id: string, of?: string): Promise<void> {
  const going = await db.selectFrom("recipient").select("reference").where("id", "=", id).executeTakeFirst();
  const reference = of ?? going?.reference;
  if (reference === undefined) return;
  const rows = await db
    .selectFrom("recipient")
    .select(["id", "name", "address", "organisation"])
    .where("reference", "=", reference)
    .execute();
  const staying = new Set(
    rows
      .filter((each) => each.id !== id)
      .flatMap(termsOfRecipient)
      .map(asText),
  );
  for (const term of rows.filter((each) => each.id === id).flatMap(termsOfRecipient)) {
    if (staying.has(asText(term))) continue;
    await db
      .deleteFrom("recordTerm")
      .where("reference", "=", reference)
      .where("kind", "=", term.kind)
      .where("term", "=", term.term)
      .execute();
  }
}

/** Counts what the recorded assessment of a newly fixed waybill tells. */
export async function enterDecision(db: Db, fixed: FixedWaybill): Promise<void> {
  const decision = decisionOf(fixed);
  if (decision === null) return;
  const { reference, at } = fixed;
  const terms = decision.clauses.map((term): RecordTerm => ({ kind: "clause", term }));
  await addTerms(db, { reference, at: await begun(db, reference) }, terms);
  await enterArranged(db, fixed);
  for (const clause of decision.clauses) await count(db, "clause", clause, at);
  await countStops(db, fixed);
  for (const exception of decision.exceptions) {
    await db
      .insertInto("recordedException")
      .values(exception)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    await count(db, "exception", exception.clause, at);
  }
}

/** SDT-3: whoever agreed in advance is found by what their arrangement covered. */
export async function enterArranged(db: Db, fixed: FixedWaybill): Promise<void> {
  const addresses = decisionOf(fixed)?.arranged ?? [];
  if (addresses.length === 0) return;
  const members = await db.selectFrom("member").select("id").where("address", "in", addresses).execute();
  const terms = members.map(({ id }): RecordTerm => ({ kind: "approver", term: id }));
  await addTerms(db, { reference: fixed.reference, at: await begun(db, fixed.reference) }, terms);
}

/** Counts the clauses whose conditions were unmet when it was signed, and which its task list had not asked for before: those are counted. */
export async function countStops(db: Db, fixed: FixedWaybill): Promise<void> {
  const known = await askedBefore(db, fixed.reference);
  for (const clause of decisionOf(fixed)?.stopped ?? []) {
    if (!known.has(clause)) await count(db, "stopped", clause, fixed.at);
  }
}

async function askedBefore(db: Db, reference: string): Promise<ReadonlySet<string>> {
  const own = db.selectFrom("event").select(["kind", "detail"]).where("reference", "=", reference);
  const rows = await own.where("kind", "in", [...DRAFT_EVENTS]).execute();
  const events = rows.map(
    ({ kind, detail }) => ({ kind, detail: JSON.parse(detail) }) as Pick<StoredEvent, "kind" | "detail">,
  ); // as event-columns wrote it
  return new Set(events.flatMap(askedIn));
}

/** SIS-28: counts the clauses under which a draft's task list asks for something for the first time. */
export async function enterAsked(db: Db, event: StoredEvent): Promise<void> {
  for (const clause of askedIn(event)) await count(db, "stopped", clause, event.at);
}

/** Counts a release, by its method and by how long it took since its sender signed. */
export async function enterRelease(
  db: Db,
  { kind, reference, at }: Pick<StoredEvent, "kind" | "reference" | "at">,
): Promise<void> {
  if (kind !== "transfer-released" || reference === null) return;
  const row = await db.selectFrom("transfer").select("waybill").where("reference", "=", reference).executeTakeFirst();
  const waybill = row?.waybill == null ? null : (JSON.parse(row.waybill) as { readonly text: string }); // as transfer-columns wrote it
  if (waybill === null) return;
  await count(db, "method", methodOf(waybill.text), at);
  const signed = await db
    .selectFrom("event")
    .select("at")
    .where("reference", "=", reference)
    .where("kind", "=", "waybill-signed")
    .orderBy("seq", "desc")
    .limit(1)
    .executeTakeFirst();
  const took: ReleaseTime = signed ? releaseTimeOf(Date.parse(at) - Date.parse(signed.at)) : shortest;
  await count(db, "release", took, at);
}

const [shortest] = Object.keys(RELEASE_TIMES) as [ReleaseTime]; // the table is not empty

async function addTerms(
  db: Db,
  { reference, at }: { readonly reference: string; readonly at: string | null },
  terms: readonly RecordTerm[],
): Promise<void> {
  if (at === null) return;
  for (let start = 0; start < terms.length; start += AT_ONCE) {
    const some = terms.slice(start, start + AT_ONCE);
    await db
      .insertInto("recordTerm")
      .values(some.map((each) => ({ ...each, at, reference })))
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}

async function count(db: Db, kind: TallyKind, key: string, at: string): Promise<void> {
  await db
    .insertInto("tally")
    .values({ kind, key, day: at.slice(0, 10), count: 1 })
    .onConflict((conflict) =>
      conflict.columns(["kind", "key", "day"]).doUpdateSet((row) => ({ count: row("tally.count", "+", 1) })),
    )
    .execute();
}

async function begun(db: Db, reference: string): Promise<string | null> {
  const row = await db.selectFrom("transfer").select("createdAt").where("reference", "=", reference).executeTakeFirst();
  return row?.createdAt ?? null;
}

/** A waybill names its method. @param text canonical JSON that this server made */
function methodOf(text: string): string {
  const { method } = JSON.parse(text) as { readonly method?: unknown };
  return typeof method === "string" ? method : "secure-link";
}

function sameName(a: Named, b: Named): boolean {
  return a.name === b.name && a.address === b.address && a.organisation === b.organisation;
}

function asText({ kind, term }: RecordTerm): string {
  return `${kind} ${term}`;
}
