import { type Kysely, sql } from "kysely";

/** SDT-3: transfers that were answered before are found by who agreed to them, or refused them. */
export async function approverTerms(db: Kysely<unknown>): Promise<void> {
  await sql`insert into record_term (kind, term, at, reference)
    select distinct 'approver', approval.decided_by, transfer.created_at, approval.reference
    from approval join transfer on transfer.reference = approval.reference
    where approval.decided_by is not null
    on conflict do nothing`.execute(db);
}
