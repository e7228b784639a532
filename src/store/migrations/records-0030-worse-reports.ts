import { type Kysely, sql } from "kysely";

interface Reported {
  readonly id: string;
  readonly reports: string;
}

/**
 * SDT-29: from when the clock of an incident runs, when it was mailed last that it runs out, and the numbers of all its reports, so that each
 * of them leads to it.
 */
export async function worseReports(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable("incident")
    .addColumn("known_at", "text", (column) => column.notNull().defaultTo(""))
    .execute();
  await sql`update incident set known_at = reported_at`.execute(db);
  await db.schema.alterTable("incident").addColumn("deadline_told_at", "text").execute();

  await db.schema
    .createTable("incident_report")
    .addColumn("number", "text", (column) => column.notNull())
    .addColumn("incident_id", "text", (column) => column.notNull())
    .addPrimaryKeyConstraint("incident_report_key", ["number", "incident_id"])
    .addForeignKeyConstraint("incident_report_exists", ["incident_id"], "incident", ["id"], (constraint) =>
      constraint.deferrable().initiallyDeferred(),
    )
    .execute();
  const { rows } = await sql<Reported>`select id, reports from incident`.execute(db);
  for (const { id, reports } of rows) {
    const numbers = (JSON.parse(reports) as readonly { readonly number: string }[]).map(({ number }) => number); // written by this server
    for (const number of new Set(numbers))
      await sql`insert into incident_report (number, incident_id) values (${number}, ${id})`.execute(db);
  }
}
