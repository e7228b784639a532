import type { GovernanceReader, GovernanceWriter } from "../domain/governance-records.ts";
import type { Hold } from "../domain/hold.ts";
import type { Keeping, Removal } from "../domain/keeping.ts";
import { eventDigest } from "../log/event-digest.ts";
import type { Hash } from "../log/merkle.ts";
import { inOrder } from "./memory-order.ts";
import type { MemoryTables } from "./memory-tables.ts";

export interface GovernanceTables {
  readonly holds: Map<string, Hold>;
  keeping: Keeping | null;
  readonly removals: Map<string, Removal>;
  /** Entries of events that were removed, by number: the log keeps them. */
  readonly removedEntries: Map<number, Hash>;
}

export function governanceReader(tables: () => MemoryTables): GovernanceReader {
  const holds = () => inOrder(tables().holds.values(), (each) => `${each.placedAt} ${each.id}`);
  const ended = () =>
    inOrder(
      [...tables().transfers.values()].filter((each) => each.endedAt !== null),
      (each) => `${each.endedAt} ${each.reference}`,
    );
  return {
    hold: async (id) => tables().holds.get(id) ?? null,
    holds: async () => holds().filter(({ lifted }) => lifted === null),
    liftedHolds: async (limit) =>
      holds()
        .filter(({ lifted }) => lifted !== null)
        .reverse()
        .slice(0, limit),
    keeping: async () => tables().keeping,
    async removals(limit) {
      const all = inOrder(tables().removals.values(), (each) => `${each.announcedAt} ${each.id}`);
      return all.reverse().slice(0, limit);
    },
    transfersBy: async (destruction, limit) =>
      ended()
        .filter((each) => each.destruction === destruction)
        .slice(0, limit),
    async endedBy(before, limit, after) {
      const behind = after === undefined ? "" : `${after.endedAt} ${after.reference}`;
      const due = ended().filter((each) => (each.endedAt ?? "") <= before);
      return due.filter((each) => `${each.endedAt} ${each.reference}` > behind).slice(0, limit);
    },
    loneEvents: async (kinds, before, limit, after = 0) =>
      tables()
        .events.filter(
          ({ kind, at, reference, seq }) => reference === null && seq > after && at <= before && kinds.includes(kind),
        )
        .slice(0, limit),
    async recipientsAt(address) {
      const found = [...tables().recipients.values()].filter((each) => each.address === address);
      return inOrder(found, (each) => `${each.reference} ${String(each.position).padStart(9, "0")} ${each.id}`);
    },
    contactInUse: async (id) =>
      [...tables().recipients.values()].some(({ party }) => party.kind === "contact" && party.contactId === id),
    eventsBy: async ({ kind, id }) =>
      tables().events.filter(({ actor }) => actor.kind !== "system" && actor.kind === kind && actor.id === id),
    eventsNaming: async (kinds, value) =>
      tables().events.filter(
        ({ kind, reference, detail }) =>
          reference === null && kinds.includes(kind) && Object.values(detail).includes(value),
      ),
    async mailTo(address) {
      const found = [...tables().outbox.values()].filter((each) => each.to === address);
      return inOrder(found, (each) => each.createdAt).map(({ createdAt, subject, reference, state }) => {
        return { createdAt, subject, reference, state };
      });
    },
  };
}

export function governanceWriter(tables: MemoryTables): GovernanceWriter {
  const removeEvents = (gone: (seq: number, reference: string | null) => boolean): readonly number[] => {
    const seqs: number[] = [];
    for (let at = tables.events.length - 1; at >= 0; at--) {
      const event = tables.events[at];
      if (event === undefined || !gone(event.seq, event.reference)) continue;
      tables.removedEntries.set(event.seq, eventDigest(event));
      tables.events.splice(at, 1);
      seqs.unshift(event.seq);
    }
    return seqs;
  };
  const withoutReference = <T extends { readonly reference: string | null }>(
    rows: Map<string, T>,
    reference: string,
  ) => {
    for (const [key, row] of rows) if (row.reference === reference) rows.delete(key);
  };
  return {
    saveHold: async (hold) => void tables.holds.set(hold.id, structuredClone(hold)),
    async saveKeeping(keeping) {
      tables.keeping = structuredClone(keeping);
    },
    saveRemoval: async (removal) => void tables.removals.set(removal.id, structuredClone(removal)),
    async removeTransfer(reference) {
      const seqs = removeEvents((_, of) => of === reference);
      withoutReference(tables.recipients, reference);
      withoutReference(tables.approvals, reference);
      withoutReference(tables.fixedWaybills, reference);
      withoutReference(tables.releasedAssessments, reference);
      withoutReference(tables.advice, reference);
      withoutReference(tables.outbox, reference);
      tables.recoveryExports.delete(reference);
      tables.faxReports.delete(reference);
      for (const [id, medium] of tables.media) {
        if (medium.reference === reference) tables.media.set(id, { ...medium, reference: null });
      }
      tables.transfers.delete(reference);
      return seqs;
    },
    removeEvents: async (seqs) => void removeEvents((seq, reference) => reference === null && seqs.includes(seq)),
    removeIncident: async (id) => void tables.incidents.delete(id),
    removeContact: async (id) => void tables.contacts.delete(id),
    async removeAgreement(id) {
      for (const each of tables.agreementDocuments.values()) {
        if (each.agreementId === id) tables.agreementDocuments.delete(each.id);
      }
      tables.agreements.delete(id);
    },
    removeArrangement: async (id) => void tables.arrangements.delete(id),
  };
}
