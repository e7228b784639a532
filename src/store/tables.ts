import type { RowOf } from "./columns.ts";
import type { event, message } from "./event-columns.ts";
import type { contact, credential, keyWrap, member, organisation, publicKey } from "./people-columns.ts";
import type { recipient, transfer } from "./transfer-columns.ts";

/** The organisation's records, as Kysely sees them; in the database the names are in snake_case. */
export interface RecordTables {
  /** One row, whose id is 1. */
  organisation: RowOf<typeof organisation> & { readonly id: number };
  member: RowOf<typeof member>;
  credential: RowOf<typeof credential>;
  publicKey: RowOf<typeof publicKey>;
  keyWrap: RowOf<typeof keyWrap>;
  contact: RowOf<typeof contact>;
  /** The addresses inside `contact.addresses`, once more: unique, and found by index. */
  contactAddress: { readonly address: string; readonly contactId: string };
  transfer: RowOf<typeof transfer>;
  /** With the party's id once more, for the references to it and the inbox. */
  recipient: RowOf<typeof recipient> & { readonly memberId: string | null; readonly contactId: string | null };
  event: RowOf<typeof event>;
  /** One row: the number of the next event. Numbers have no gaps, so that a missing event shows. */
  nextEvent: { readonly id: number; readonly seq: number };
  /** `dueAt`: when it may be leased (again). */
  outbox: RowOf<typeof message> & { readonly dueAt: string };
}

export interface EphemeralTables {
  ephemeral: {
    readonly kind: string;
    readonly key: string;
    readonly owner: string;
    readonly value: string;
    readonly expiresAt: string;
  };
  counter: { readonly kind: string; readonly key: string; readonly count: number; readonly expiresAt: string };
}
