import { type Kysely, sql } from "kysely";
import { index, references, table } from "./table.ts";

/** On which day what is carried and under way was to be there: what is late is found by it (SIS-14). And what somebody agreed to is found by an index. */
export async function carriedExpected(db: Kysely<unknown>): Promise<void> {
  await table(db, "carried_expected", ["expected"], [], "reference")
    .$call(references("reference", "transfer", "reference"))
    .execute();
  await index(db, "carried_expected", ["expected", "reference"]);
  await index(db, "approval", ["decided_by", "decided_at", "id"]);
  const { rows } = await sql<{ readonly reference: string; readonly carriage: string }>`select reference, carriage
    from transfer where state = 'released' and carriage is not null`.execute(db);
  for (const { reference, carriage } of rows) {
    const { method, dispatch } = JSON.parse(carriage) as {
      readonly method?: unknown;
      readonly dispatch?: { readonly expected?: unknown } | null;
    };
    const expected = dispatch?.expected;
    if (method === "telephone" || typeof expected !== "string" || expected === "") continue;
    await sql`insert into carried_expected (reference, expected) values (${reference}, ${expected})`.execute(db);
  }
}
