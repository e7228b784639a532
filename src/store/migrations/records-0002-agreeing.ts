import { type ColumnDefinitionBuilder, type Kysely, sql } from "kysely";
import { randomId } from "../../bytes/random.ts";
import { index, references, table } from "./table.ts";

/** What policy asks for: more facts, who agrees, the waybills that were fixed, agreements, arrangements, advice. */
export async function agreeing(db: Kysely<unknown>): Promise<void> {
  await moreFacts(db);
  await approvals(db);
  await registers(db);
}

async function moreFacts(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable("contact").addColumn("kind", "text").execute();
  await db.schema.alterTable("contact").addColumn("country", "text", empty).execute();
  await db.schema.alterTable("contact").addColumn("legitimate_need", "text", empty).execute();
  await db.schema.alterTable("recipient").addColumn("expecting", "integer").execute();
  await db.schema.alterTable("recipient").addColumn("legitimate_need", "text", empty).execute();
  await db.schema.alterTable("transfer").addColumn("salt", "text", empty).execute();
  const { rows } = await sql<{ reference: string; facts: string }>`select reference, facts from transfer`.execute(db);
  for (const { reference, facts } of rows) {
    const stated = JSON.stringify({ ...(JSON.parse(facts) as object), ...NOT_STATED });
    await sql`update transfer set facts = ${stated}, salt = ${randomId()} where reference = ${reference}`.execute(db);
  }
}

/** What nobody was asked before. */
const NOT_STATED = {
  special: null,
  offences: null,
  namesWithAddresses: null,
  people: null,
  criminalJustice: null,
  minimised: null,
  agreement: null,
  destinationStorage: null,
  secretChannel: null,
};

async function approvals(db: Kysely<unknown>): Promise<void> {
  await table(
    db,
    "approval",
    ["reference", "digest", "role", "state", "asked_at", "due_at", "questions", "reason"],
    ["reminded_at", "escalated_at", "decided_by", "in_place_of", "decided_at", "proof"],
  )
    .$call(references("reference", "transfer", "reference"))
    .$call(references("decided_by", "member"))
    .$call(references("in_place_of", "member"))
    .execute();
  await index(db, "approval", ["reference", "asked_at", "id"]);
  await index(db, "approval", ["state", "due_at", "id"]);

  await table(db, "deputy", ["principal_id", "deputy_id", "from", "until", "appointed_by", "created_at"], ["ended_at"])
    .$call(references("principal_id", "member"))
    .$call(references("deputy_id", "member"))
    .$call(references("appointed_by", "member"))
    .execute();

  await table(db, "fixed_waybill", ["reference", "text", "assessment", "at"], [], "digest")
    .$call(references("reference", "transfer", "reference"))
    .execute();
  await index(db, "fixed_waybill", ["reference", "at"]);
}

async function registers(db: Kysely<unknown>): Promise<void> {
  await table(
    db,
    "arrangement",
    [
      ...["role", "requester_id", "purpose", "recipients", "classification", "method", "ends", "state", "created_at"],
      "reason",
    ],
    ["decided_by", "decided_at", "proof", "reminded_at"],
  )
    .addColumn("people", "bigint", (column) => column.notNull())
    .addColumn("bytes", "bigint", (column) => column.notNull())
    .$call(references("requester_id", "member"))
    .$call(references("decided_by", "member"))
    .execute();
  await index(db, "arrangement", ["requester_id", "created_at"]);
  await index(db, "arrangement", ["state", "created_at"]);

  await table(
    db,
    "agreement",
    ["reference", "organisation", "methods", "expires", "documents", "created_at", "created_by"],
    ["ended_at", "reminded_at"],
  )
    .$call(references("created_by", "member"))
    .addUniqueConstraint("agreement_reference", ["reference"])
    .execute();

  await table(
    db,
    "advice",
    ["reference", "adviser", "question", "asked_by", "asked_at", "basis"],
    ["answer", "impact_assessment", "answered_by", "answered_at"],
  )
    .$call(references("reference", "transfer", "reference"))
    .$call(references("asked_by", "member"))
    .$call(references("answered_by", "member"))
    .execute();
  await index(db, "advice", ["reference", "asked_at"]);
  await index(db, "advice", ["answered_at", "asked_at"]);
}

function empty(column: ColumnDefinitionBuilder): ColumnDefinitionBuilder {
  return column.notNull().defaultTo("");
}
