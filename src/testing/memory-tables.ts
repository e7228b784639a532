import type { AdviceRequest } from "../domain/advice.ts";
import type { ApprovalRequest, Deputy, FixedWaybill, ReleasedAssessment } from "../domain/approval.ts";
import type { Contact } from "../domain/contact.ts";
import type { StoredEvent } from "../domain/event.ts";
import type { Credential, KeyWrap, Member, PublicKey } from "../domain/member.ts";
import type { Organisation } from "../domain/organisation.ts";
import type { QueuedMessage } from "../domain/outbox.ts";
import type { KeptDocument, SharingAgreement } from "../domain/sharing-agreement.ts";
import type { StandingArrangement } from "../domain/standing-arrangement.ts";
import type { Recipient, Transfer } from "../domain/transfer.ts";
import { StoreError } from "../store/error.ts";
import type { GovernanceTables } from "./memory-governance.ts";
import type { IncidentTables } from "./memory-incidents.ts";
import type { OversightTables } from "./memory-oversight.ts";
import type { RecoveryTables } from "./memory-recovery.ts";
import type { RegisterTables } from "./memory-registers.ts";

/** Everything of the in-memory store at one moment. A write works on a copy. */
export interface MemoryTables
  extends GovernanceTables,
    OversightTables,
    RecoveryTables,
    IncidentTables,
    RegisterTables {
  organisation: Organisation | null;
  nextSeq: number;
  readonly members: Map<string, Member>;
  readonly credentials: Map<string, Credential>;
  readonly keys: Map<string, PublicKey>;
  readonly wraps: Map<string, KeyWrap>;
  readonly contacts: Map<string, Contact>;
  readonly transfers: Map<string, Transfer>;
  readonly recipients: Map<string, Recipient>;
  readonly approvals: Map<string, ApprovalRequest>;
  readonly deputies: Map<string, Deputy>;
  readonly fixedWaybills: Map<string, FixedWaybill>;
  /** By the waybill's digest. */
  readonly releasedAssessments: Map<string, ReleasedAssessment>;
  readonly policyTexts: Map<string, string>;
  readonly arrangements: Map<string, StandingArrangement>;
  readonly agreements: Map<string, SharingAgreement>;
  readonly agreementDocuments: Map<string, KeptDocument>;
  readonly advice: Map<string, AdviceRequest>;
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
    approvals: new Map(),
    deputies: new Map(),
    fixedWaybills: new Map(),
    releasedAssessments: new Map(),
    policyTexts: new Map(),
    arrangements: new Map(),
    agreements: new Map(),
    agreementDocuments: new Map(),
    advice: new Map(),
    controlReviews: new Map(),
    recoveryKeys: new Map(),
    recoveryExports: new Map(),
    holds: new Map(),
    keeping: null,
    removals: new Map(),
    removedEntries: new Map(),
    incidents: new Map(),
    media: new Map(),
    faxMachines: new Map(),
    incomingPosts: new Map(),
    faxReports: new Map(),
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
    approvals: new Map(tables.approvals),
    deputies: new Map(tables.deputies),
    fixedWaybills: new Map(tables.fixedWaybills),
    releasedAssessments: new Map(tables.releasedAssessments),
    policyTexts: new Map(tables.policyTexts),
    arrangements: new Map(tables.arrangements),
    agreements: new Map(tables.agreements),
    agreementDocuments: new Map(tables.agreementDocuments),
    advice: new Map(tables.advice),
    controlReviews: new Map(tables.controlReviews),
    recoveryKeys: new Map(tables.recoveryKeys),
    recoveryExports: new Map(tables.recoveryExports),
    holds: new Map(tables.holds),
    keeping: tables.keeping,
    removals: new Map(tables.removals),
    removedEntries: new Map(tables.removedEntries),
    incidents: new Map(tables.incidents),
    media: new Map(tables.media),
    faxMachines: new Map(tables.faxMachines),
    incomingPosts: new Map(tables.incomingPosts),
    faxReports: new Map(tables.faxReports),
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
    [...tables.approvals.values(), ...tables.fixedWaybills.values(), ...tables.advice.values()].every((each) =>
      transfers.has(each.reference),
    ) &&
    [...tables.releasedAssessments.values()].every((each) => transfers.has(each.reference)) &&
    [...tables.deputies.values()].every((each) => member(each.principalId) && member(each.deputyId)) &&
    [...tables.arrangements.values()].every((each) => member(each.requesterId) && member(each.decidedBy)) &&
    [...tables.agreements.values()].every((each) => member(each.createdBy)) &&
    [...tables.agreementDocuments.values()].every(
      (each) => tables.agreements.has(each.agreementId) && member(each.addedBy),
    ) &&
    [...tables.media.values()].every(
      ({ custodianId, createdBy, reference }) =>
        member(custodianId) && member(createdBy) && (reference === null || transfers.has(reference)),
    ) &&
    [...tables.faxMachines.values()].every((each) => member(each.createdBy)) &&
    [...tables.incomingPosts.values()].every((each) => member(each.byId) && member(each.memberId)) &&
    [...tables.faxReports.values()].every((each) => transfers.has(each.reference) && member(each.byId)) &&
    [...tables.incidents.values()].every((each) => member(each.ownerId)) &&
    [...tables.holds.values()].every((each) => member(each.placedBy)) &&
    [...tables.recoveryExports.keys()].every((reference) => transfers.has(reference)) &&
    tables.events.every((each) => each.reference === null || transfers.has(each.reference)) &&
    [...tables.recipients.values()].every(
      ({ reference, party }) =>
        transfers.has(reference) && (party.kind === "member" ? member(party.memberId) : contacts.has(party.contactId)),
    );
  if (!sound)
    throw new StoreError({ code: "dangling", message: "A record refers to another one that does not exist." });
}
