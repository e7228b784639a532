import type { Kysely } from "kysely";
import { index, references, table } from "./table.ts";

/** References are checked when the transaction ends, so that its writes may come in any order. */
export async function start(db: Kysely<unknown>): Promise<void> {
  await people(db);
  await transfers(db);
  await happenings(db);
}

async function people(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("organisation")
    .addColumn("id", "integer", (column) => column.primaryKey())
    .addColumn("name", "text", (column) => column.notNull())
    .addColumn("work_domains", "text", (column) => column.notNull())
    .addColumn("public_url", "text", (column) => column.notNull())
    .addColumn("website", "text", (column) => column.notNull())
    .addColumn("phone", "text", (column) => column.notNull())
    .addColumn("created_at", "text", (column) => column.notNull())
    .addColumn("expiry_days", "integer", (column) => column.notNull())
    .execute();

  await table(db, "member", ["address", "name", "phone", "roles", "state", "created_at"], ["line_manager_id", "offer"])
    .$call(references("line_manager_id", "member"))
    .addUniqueConstraint("member_address", ["address"])
    .execute();

  await table(db, "credential", ["member_id", "public_key", "transports", "name", "created_at"], ["removed_at"])
    .addColumn("counter", "bigint", (column) => column.notNull())
    .addColumn("prf", "integer", (column) => column.notNull())
    .$call(references("member_id", "member"))
    .execute();
  await index(db, "credential", ["member_id"]);

  await table(db, "public_key", ["member_id", "kind", "recipient", "name", "created_at"], ["signing", "removed_at"])
    .addColumn("version", "integer", (column) => column.notNull())
    .$call(references("member_id", "member"))
    .execute();
  await index(db, "public_key", ["member_id"]);

  await table(db, "key_wrap", ["member_id", "key_id", "kind", "sealed", "created_at"], ["credential_id", "sign_in"])
    .$call(references("member_id", "member"))
    .$call(references("key_id", "public_key"))
    .execute();
  await index(db, "key_wrap", ["member_id"]);

  await table(
    db,
    "contact",
    ["name", "organisation", "addresses", "phones", "language", "preferred", "impossible", "created_at", "created_by"],
    [],
  )
    .addColumn("team", "integer", (column) => column.notNull())
    .execute();
  await db.schema
    .createTable("contact_address")
    .addColumn("address", "text", (column) => column.primaryKey().notNull())
    .addColumn("contact_id", "text", (column) => column.notNull())
    .$call(references("contact_id", "contact"))
    .execute();
  await index(db, "contact_address", ["contact_id"]);
}

async function transfers(db: Kysely<unknown>): Promise<void> {
  const once = ["sender_grant", "upload_id", "sealed", "stand_in_id", "risky_reason", "waybill"];
  const times = ["released_at", "ended_at"];
  await table(
    db,
    "transfer",
    ["state", "sender_id", "facts", "created_at", "expires_at"],
    [...once, ...times],
    "reference",
  )
    .$call(references("sender_id", "member"))
    .$call(references("stand_in_id", "member"))
    .execute();
  await index(db, "transfer", ["sender_id", "created_at", "reference"]);
  await index(db, "transfer", ["state", "expires_at", "reference"]);
  await index(db, "transfer", ["upload_id"]);

  await table(
    db,
    "recipient",
    ["reference", "party", "name", "address", "organisation", "language", "state", "access"],
    ["member_id", "contact_id", "grant", "token_hash", "arrival", "words_told_at", "released_at", "handed_out_at"],
  )
    .addColumn("opened_at", "text")
    .addColumn("received_at", "text")
    .addColumn("position", "integer", (column) => column.notNull())
    .addColumn("team", "integer", (column) => column.notNull())
    .addColumn("register_first", "integer", (column) => column.notNull())
    .$call(references("reference", "transfer", "reference"))
    .$call(references("member_id", "member"))
    .$call(references("contact_id", "contact"))
    .execute();
  await index(db, "recipient", ["reference", "position", "id"]);
  await index(db, "recipient", ["member_id", "released_at", "id"]);
  await index(db, "recipient", ["contact_id"]);
  await index(db, "recipient", ["state", "released_at", "id"]);
}

async function happenings(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("event")
    .addColumn("seq", "bigint", (column) => column.primaryKey().notNull())
    .addColumn("salt", "text", (column) => column.notNull())
    .addColumn("kind", "text", (column) => column.notNull())
    .addColumn("at", "text", (column) => column.notNull())
    .addColumn("actor", "text", (column) => column.notNull())
    .addColumn("reference", "text")
    .addColumn("recipient_id", "text")
    .addColumn("detail", "text", (column) => column.notNull())
    .$call(references("reference", "transfer", "reference"))
    .execute();
  await index(db, "event", ["reference", "seq"]);
  await index(db, "event", ["recipient_id", "seq"]);

  await db.schema
    .createTable("next_event")
    .addColumn("id", "integer", (column) => column.primaryKey().notNull())
    .addColumn("seq", "bigint", (column) => column.notNull())
    .execute();

  await table(
    db,
    "outbox",
    ["to", "subject", "text", "created_at", "state", "due_at"],
    ["reference", "recipient_id", "last_error"],
  )
    .addColumn("attempts", "integer", (column) => column.notNull())
    .execute();
  await index(db, "outbox", ["state", "due_at", "id"]);
  await index(db, "outbox", ["created_at", "id"]);
}
