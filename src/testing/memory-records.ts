import { AsyncLocalStorage } from "node:async_hooks";
import { randomId } from "../bytes/random.ts";
import type { Outbox } from "../domain/outbox.ts";
import type { FeedPositions } from "../domain/oversight.ts";
import type { Reader, Records, Writer } from "../domain/records.ts";
import type { EventLog } from "../log/event-log.ts";
import { StoreError } from "../store/error.ts";
import { governanceWriter } from "./memory-governance.ts";
import { incidentWriter } from "./memory-incidents.ts";
import { memoryLog } from "./memory-log.ts";
import { memoryOutbox } from "./memory-outbox.ts";
import { memoryFeedPositions, oversightWriter } from "./memory-oversight.ts";
import { memoryReader } from "./memory-reader.ts";
import { recoveryWriter } from "./memory-recovery.ts";
import { registerWriter } from "./memory-registers.ts";
import { copyOf, emptyTables, type MemoryTables, refuseDangling } from "./memory-tables.ts";

/**
 * Records and their outbox in memory: the same rules as the database's (one contract suite), for tests that need no
 * disk.
 */
export function createMemoryRecords(): {
  readonly records: Records;
  readonly outbox: Outbox;
  readonly log: EventLog;
  readonly feed: FeedPositions;
} {
  let tables = emptyTables();
  let last: Promise<unknown> = Promise.resolve();
  const current = new AsyncLocalStorage<{ open: boolean }>();

  const inTurn = <T>(act: () => Promise<T>): Promise<T> => {
    const turn = last.then(act);
    last = turn.catch(() => undefined);
    return turn;
  };

  const records: Records = {
    read: memoryReader(() => tables),
    async write(act) {
      if (current.getStore()?.open === true) {
        throw new StoreError({ code: "nested", message: "A write began inside another write." });
      }
      const state = { open: true };
      return current.run(state, () =>
        inTurn(async () => {
          const copy = copyOf(tables);
          const before = copy.nextSeq;
          try {
            const result = await act(
              memoryWriter(
                copy,
                memoryReader(() => copy),
              ),
            );
            if (copy.nextSeq === before) {
              throw new StoreError({ code: "no-event", message: "A write appended no event. It was undone." });
            }
            refuseDangling(copy);
            tables = copy;
            return result;
          } finally {
            state.open = false;
          }
        }),
      );
    },
    async close() {
      await last;
    },
  };
  const log = memoryLog(
    () => tables.events,
    () => tables.removedEntries,
  );
  return { records, outbox: memoryOutbox(() => tables.outbox, inTurn), log, feed: memoryFeedPositions() };
}

function memoryWriter(tables: MemoryTables, read: Reader): Writer {
  return {
    ...read,
    ...oversightWriter(tables),
    ...recoveryWriter(tables),
    ...governanceWriter(tables),
    ...incidentWriter(tables),
    ...registerWriter(tables),
    async append(event) {
      const stored = { ...structuredClone(event), seq: tables.nextSeq, salt: randomId() };
      tables.nextSeq += 1;
      tables.events.push(stored);
      return stored;
    },
    async saveOrganisation(organisation) {
      tables.organisation = structuredClone(organisation);
    },
    async saveMember(member) {
      const holder = await read.memberByAddress(member.address);
      if (holder !== null && holder.id !== member.id) throw conflict();
      tables.members.set(member.id, structuredClone(member));
    },
    saveCredential: async (credential) => void tables.credentials.set(credential.id, structuredClone(credential)),
    saveKey: async (key) => void tables.keys.set(key.id, structuredClone(key)),
    saveWrap: async (wrap) => void tables.wraps.set(wrap.id, structuredClone(wrap)),
    removeWrap: async (id) => void tables.wraps.delete(id),
    async saveContact(contact) {
      const addresses = contact.addresses.map((each) => each.address);
      if (new Set(addresses).size < addresses.length) throw conflict();
      for (const address of addresses) {
        const holder = await read.contactByAddress(address);
        if (holder !== null && holder.id !== contact.id) throw conflict();
      }
      tables.contacts.set(contact.id, structuredClone(contact));
    },
    saveTransfer: async (transfer) => void tables.transfers.set(transfer.reference, structuredClone(transfer)),
    saveRecipient: async (recipient) => void tables.recipients.set(recipient.id, structuredClone(recipient)),
    removeRecipient: async (id) => void tables.recipients.delete(id),
    saveApproval: async (request) => void tables.approvals.set(request.id, structuredClone(request)),
    saveDeputy: async (deputy) => void tables.deputies.set(deputy.id, structuredClone(deputy)),
    async saveFixedWaybill(fixed) {
      if (!tables.fixedWaybills.has(fixed.digest)) tables.fixedWaybills.set(fixed.digest, structuredClone(fixed));
    },
    async saveReleasedAssessment(released) {
      const { releasedAssessments: known } = tables;
      if (!known.has(released.digest)) known.set(released.digest, structuredClone(released));
    },
    async keepPolicyText(digest, text) {
      if (!tables.policyTexts.has(digest)) tables.policyTexts.set(digest, text);
    },
    saveAgreementDocument: async (document) =>
      void tables.agreementDocuments.set(document.id, structuredClone(document)),
    saveArrangement: async (arrangement) => void tables.arrangements.set(arrangement.id, structuredClone(arrangement)),
    async saveAgreement(agreement) {
      const holder = await read.agreementByReference(agreement.reference);
      if (holder !== null && holder.id !== agreement.id) throw conflict();
      tables.agreements.set(agreement.id, structuredClone(agreement));
    },
    saveAdvice: async (advice) => void tables.advice.set(advice.id, structuredClone(advice)),
    async post(message) {
      if (tables.outbox.has(message.id)) throw conflict();
      tables.outbox.set(message.id, {
        ...structuredClone(message),
        state: "waiting",
        attempts: 0,
        lastError: null,
        dueAt: message.createdAt,
      });
    },
  };
}

function conflict(): StoreError {
  return new StoreError({ code: "conflict", message: "That address or identifier is already used by another record." });
}
