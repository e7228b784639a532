import { type Kysely, sql } from "kysely";

interface Arrived {
  readonly id: string;
  readonly at: string;
  readonly detail: string;
}

/**
 * Recipients of what was carried who had said that it arrived before `arrival` was kept of them: it is taken from their event, so that a
 * pause leads back to where they were.
 */
export async function carriedArrivals(db: Kysely<unknown>): Promise<void> {
  const { rows } = await sql<Arrived>`select recipient.id as id, event.at as at, event.detail as detail
    from recipient
    join transfer on transfer.reference = recipient.reference
    join event on event.recipient_id = recipient.id and event.kind = 'recipient-arrived'
    where transfer.carriage is not null and recipient.arrival is null
    order by event.seq desc`.execute(db);
  // The first of them counts, which is written last.
  for (const { id, at, detail } of rows) {
    const { reader } = JSON.parse(detail) as { readonly reader?: unknown };
    const arrival = JSON.stringify({ publicKey: "", reader: typeof reader === "string" ? reader : "", at });
    await sql`update recipient set arrival = ${arrival} where id = ${id}`.execute(db);
  }
}
