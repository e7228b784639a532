import { waitsForOutcome } from "../domain/advice.ts";
import type { Reader } from "../domain/records.ts";
import { inOrder } from "./memory-order.ts";
import type { MemoryTables } from "./memory-tables.ts";

type Agreeing =
  | (
      | "approval"
      | "approvalsOf"
      | "approvalsGivenBy"
      | "waitingApprovals"
      | "deputies"
      | "fixedWaybill"
      | "fixedWaybillsOf"
    )
  | ("releasedAssessment" | "latestFixedWaybills" | "policyText")
  | ("arrangement" | "arrangementsOf" | "arrangements" | "agreement" | "agreementByReference" | "agreements")
  | ("agreementDocuments" | "agreementDocument")
  | ("advice" | "adviceOf" | "openAdvice" | "adviceToFollow");

/** Who has to agree, and the registers, in memory. */
export function memoryAgreeing(tables: () => MemoryTables): Pick<Reader, Agreeing> {
  const arrangements = () => inOrder(tables().arrangements.values(), (each) => `${each.createdAt} ${each.id}`);
  const advice = () => inOrder(tables().advice.values(), (each) => `${each.askedAt} ${each.id}`);
  return {
    approval: async (id) => tables().approvals.get(id) ?? null,
    async approvalsOf(reference) {
      const own = [...tables().approvals.values()].filter((each) => each.reference === reference);
      return inOrder(own, (each) => `${each.askedAt} ${each.id}`);
    },
    async approvalsGivenBy(memberId, limit) {
      const own = [...tables().approvals.values()].filter(
        ({ decidedBy, state }) => decidedBy === memberId && state === "approved",
      );
      return inOrder(own, (each) => `${each.decidedAt} ${each.id}`)
        .reverse()
        .slice(0, limit);
    },
    async waitingApprovals(limit) {
      const waiting = [...tables().approvals.values()].filter((each) => each.state === "waiting");
      return inOrder(waiting, (each) => `${each.dueAt} ${each.id}`).slice(0, limit);
    },
    async deputies() {
      const present = [...tables().deputies.values()].filter((each) => each.endedAt === null);
      return inOrder(present, (each) => `${each.createdAt} ${each.id}`);
    },
    fixedWaybill: async (digest) => tables().fixedWaybills.get(digest) ?? null,
    async fixedWaybillsOf(reference) {
      const own = [...tables().fixedWaybills.values()].filter((each) => each.reference === reference);
      return inOrder(own, (each) => `${each.at} ${each.digest}`);
    },
    releasedAssessment: async (digest) => tables().releasedAssessments.get(digest) ?? null,
    async latestFixedWaybills(limit) {
      const all = inOrder(tables().fixedWaybills.values(), (each) => `${each.at} ${each.digest}`);
      return all.reverse().slice(0, limit);
    },
    policyText: async (digest) => tables().policyTexts.get(digest) ?? null,
    arrangement: async (id) => tables().arrangements.get(id) ?? null,
    arrangementsOf: async (requesterId) => arrangements().filter((each) => each.requesterId === requesterId),
    arrangements: async (state) => arrangements().filter((each) => each.state === state),
    agreement: async (id) => tables().agreements.get(id) ?? null,
    agreementByReference: async (reference) =>
      [...tables().agreements.values()].find((each) => each.reference === reference) ?? null,
    agreements: async () => inOrder(tables().agreements.values(), (each) => `${each.createdAt} ${each.id}`),
    async agreementDocuments(agreementId) {
      const own = [...tables().agreementDocuments.values()].filter((each) => each.agreementId === agreementId);
      return inOrder(
        own.map(({ content: _, ...known }) => known),
        (each) => `${each.addedAt} ${each.id}`,
      );
    },
    agreementDocument: async (id) => tables().agreementDocuments.get(id) ?? null,
    advice: async (id) => tables().advice.get(id) ?? null,
    adviceOf: async (reference) => advice().filter((each) => each.reference === reference),
    openAdvice: async () => advice().filter((each) => each.answeredAt === null && each.supersededAt === null),
    adviceToFollow: async (memberId) => advice().filter((each) => each.askedBy === memberId && waitsForOutcome(each)),
  };
}
