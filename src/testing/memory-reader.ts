import { expectedOn, type LateWhat, MOST_REMINDERS } from "../domain/lateness.ts";
import type { Reader } from "../domain/records.ts";
import type { Transfer } from "../domain/transfer.ts";
import { memoryAgreeing } from "./memory-agreeing.ts";
import { governanceReader } from "./memory-governance.ts";
import { incidentReader } from "./memory-incidents.ts";
import { inOrder } from "./memory-order.ts";
import { oversightReader } from "./memory-oversight.ts";
import { recoveryReader } from "./memory-recovery.ts";
import { registerReader } from "./memory-registers.ts";
import type { MemoryTables } from "./memory-tables.ts";

/** @param tables what is there now; asked anew by each call. */
export function memoryReader(tables: () => MemoryTables): Reader {
  return {
    organisation: async () => tables().organisation,
    member: async (id) => tables().members.get(id) ?? null,
    memberByAddress: async (address) => [...tables().members.values()].find((each) => each.address === address) ?? null,
    members: async () => byCreation(tables().members.values()),
    credential: async (id) => tables().credentials.get(id) ?? null,
    credentialsOf: async (memberId) => byCreation(presentOf(memberId, tables().credentials)),
    keysOf: async (memberId) => byCreation(presentOf(memberId, tables().keys)),
    keyLog: async () => byCreation(tables().keys.values()),
    wrapsOf: async (memberId) => byCreation([...tables().wraps.values()].filter((each) => each.memberId === memberId)),
    contact: async (id) => tables().contacts.get(id) ?? null,
    contactByAddress: async (address) =>
      [...tables().contacts.values()].find((each) => each.addresses.some((one) => one.address === address)) ?? null,
    contacts: async () => byCreation(tables().contacts.values()),
    contactsAmong: async (ids, addresses) =>
      [...tables().contacts.values()].filter(
        ({ id, addresses: own }) => ids.includes(id) || own.some(({ address }) => addresses.includes(address)),
      ),
    transfer: async (reference) => tables().transfers.get(reference) ?? null,
    transferOfUpload: async (uploadId) =>
      [...tables().transfers.values()].find((each) => each.uploadId === uploadId) ?? null,
    async transfersOf(senderId, { limit, offset }) {
      const own = [...tables().transfers.values()].filter((each) => each.senderId === senderId);
      const newest = inOrder(own, (each) => `${each.createdAt} ${each.reference}`).reverse();
      return newest.slice(offset, offset + limit);
    },
    async transfersToStandInFor(memberId, limit) {
      const own = [...tables().transfers.values()].filter(
        ({ standInId, state }) => standInId === memberId && state === "released",
      );
      return inOrder(own, (each) => `${each.createdAt} ${each.reference}`)
        .reverse()
        .slice(0, limit);
    },
    async expiring(state, until, limit, after) {
      const due = [...tables().transfers.values()].filter((each) => each.state === state && each.expiresAt <= until);
      const key = (each: Pick<Transfer, "expiresAt" | "reference">) => `${each.expiresAt} ${each.reference}`;
      return inOrder(due, key)
        .filter((each) => after === undefined || key(each) > key(after))
        .slice(0, limit);
    },
    async carriedExpectedBefore(day, limit, waiting, after) {
      const place = (expected: string, reference: string) => `${expected} ${reference}`;
      const told = ({ reference }: Transfer, what: LateWhat) =>
        tables().events.filter(
          (each) => each.reference === reference && each.kind === "delivery-late" && each.detail.what === what,
        ).length;
      const waits = (each: Transfer): boolean => {
        const states = [...tables().recipients.values()]
          .filter(({ reference }) => reference === each.reference)
          .map(({ state }) => state);
        const there = states.includes("arrived") && each.expiresAt < day;
        if (waiting === "arrival") return states.includes("released");
        const arrival = states.includes("released") && told(each, "arrival") < MOST_REMINDERS;
        const receipt = there && told(each, "receipt") < MOST_REMINDERS;
        return tables().members.get(each.senderId)?.state === "active" && (arrival || receipt);
      };
      const placeOf = (each: Transfer) => place(expectedOn(each) ?? "", each.reference);
      const late = [...tables().transfers.values()].filter((each) => (expectedOn(each) ?? day) < day && waits(each));
      const behind = after === undefined ? "" : place(after.expected, after.reference);
      return inOrder(late, placeOf)
        .filter((each) => placeOf(each) > behind)
        .slice(0, limit);
    },
    async recipients(reference) {
      const all = [...tables().recipients.values()].filter((each) => each.reference === reference);
      return inOrder(all, (each) => each.id).sort((a, b) => a.position - b.position);
    },
    recipient: async (id) => tables().recipients.get(id) ?? null,
    async inboxOf(memberId, { limit, offset }) {
      const own = [...tables().recipients.values()].filter(
        ({ party, releasedAt }) => party.kind === "member" && party.memberId === memberId && releasedAt !== null,
      );
      const newest = inOrder(own, (each) => `${each.releasedAt} ${each.id}`).reverse();
      return newest.slice(offset, offset + limit);
    },
    async withoutReceipt(before, limit, after) {
      const due = [...tables().recipients.values()].filter(
        ({ state, releasedAt, receivedAt, confirmation }) =>
          ["released", "arrived", "opened"].includes(state) &&
          releasedAt !== null &&
          releasedAt <= before &&
          receivedAt === null &&
          confirmation === null,
      );
      const behind = after === undefined ? "" : `${after.releasedAt} ${after.id}`;
      const place = (each: { releasedAt: string | null; id: string }) => `${each.releasedAt} ${each.id}`;
      return inOrder(due, place)
        .filter((each) => place(each) > behind)
        .slice(0, limit);
    },
    ...memoryAgreeing(tables),
    ...oversightReader(tables),
    ...recoveryReader(tables),
    ...governanceReader(tables),
    ...incidentReader(tables),
    ...registerReader(tables),
    eventsOf: async (reference) => tables().events.filter((each) => each.reference === reference),
    eventsAbout: async (recipientId) => tables().events.filter((each) => each.recipientId === recipientId),
    enrolmentsOf: async (memberId) =>
      tables().events.filter(
        ({ kind, actor, reference }) =>
          reference === null &&
          (kind === "passkey-added" || kind === "key-published") &&
          actor.kind === "member" &&
          actor.id === memberId,
      ),
    async recentEvents(limit) {
      const own = tables().events.filter((each) => each.reference === null);
      return own.reverse().slice(0, limit);
    },
    lastEvent: async (kind) =>
      tables()
        .events.filter((each) => each.reference === null && each.kind === kind)
        .at(-1) ?? null,
  };
}

function presentOf<T extends { readonly memberId: string; readonly removedAt: string | null }>(
  memberId: string,
  rows: ReadonlyMap<string, T>,
): T[] {
  return [...rows.values()].filter((each) => each.memberId === memberId && each.removedAt === null);
}

function byCreation<T extends { readonly createdAt: string; readonly id: string }>(rows: Iterable<T>): T[] {
  return inOrder(rows, (each) => `${each.createdAt} ${each.id}`);
}
