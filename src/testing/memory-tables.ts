import type { Contact } from "../domain/contact.ts";
import type { StoredEvent } from "../domain/event.ts";
import type { Credential, KeyWrap, Member, PublicKey } from "../domain/member.ts";
import type { Organisation } from "../domain/organisation.ts";
import type { QueuedMessage } from "../domain/outbox.ts";
import type { Recipient, Transfer } from "../domain/transfer.ts";
import { StoreError } from "../store/error.ts";

/** Everything of the in-memory store at one moment. A write works on a copy. */
export interface MemoryTables {
  organisation: Organisation | null;
  nextSeq: number;
  readonly members: Map<string, Member>;
  readonly credentials: Map<string, Credential>;
  readonly keys: Map<string, PublicKey>;
  readonly wraps: Map<string, KeyWrap>;
  readonly contacts: Map<string, Contact>;
  readonly transfers: Map<string, Transfer>;
  readonly recipients: Map<string, Recipient>;
  readonly events: StoredEvent[];
  readonly outbox: Map<string, QueuedMessage & { readonly dueAt: string }>;
}

export function emptyTables(): MemoryTables {
  return {
    organisation: null,
    nextSeq: 1,
    members: new Map(),
    credentials: new Map(),
    keys: new Map(),
    wraps: new Map(),
    contacts: new Map(),
    transfers: new Map(),
    recipients: new Map(),
    events: [],
    outbox: new Map(),
  };
}

export function copyOf(tables: MemoryTables): MemoryTables {
  return {
    organisation: tables.organisation,
    nextSeq: tables.nextSeq,
    members: new Map(tables.members),
    credentials: new Map(tables.credentials),
    keys: new Map(tables.keys),
    wraps: new Map(tables.wraps),
    contacts: new Map(tables.contacts),
    transfers: new Map(tables.transfers),
    recipients: new Map(tables.recipients),
    events: [...tables.events],
    outbox: new Map(tables.outbox),
  };
}

/** The references that the database checks when a transaction ends. @throws StoreError `dangling` */
export function refuseDangling(tables: MemoryTables): void {
  const { members, keys, contacts, transfers } = tables;
  const member = (id: string | null) => id === null || members.has(id);
  const sound =
    [...members.values()].every((each) => member(each.lineManagerId)) &&
    [...tables.credentials.values(), ...keys.values()].every((each) => member(each.memberId)) &&
    [...tables.wraps.values()].every((each) => member(each.memberId) && keys.has(each.keyId)) &&
    [...transfers.values()].every((each) => member(each.senderId) && member(each.standInId)) &&
    tables.events.every((each) => each.reference === null || transfers.has(each.reference)) &&
    [...tables.recipients.values()].every(
      ({ reference, party }) =>
        transfers.has(reference) && (party.kind === "member" ? member(party.memberId) : contacts.has(party.contactId)),
    );
  if (!sound)
    throw new StoreError({ code: "dangling", message: "A record refers to another one that does not exist." });
}
