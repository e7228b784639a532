import type { Address } from "./address.ts";
import type { AdviceRequest } from "./advice.ts";
import type { ApprovalRequest, Deputy, FixedWaybill, ReleasedAssessment } from "./approval.ts";
import type { Contact } from "./contact.ts";
import type { EventKind, NewEvent, StoredEvent } from "./event.ts";
import type { FaxMachine } from "./fax-machine.ts";
import type { FaxReport, KeptFaxReport } from "./fax-report.ts";
import type { GovernanceReader, GovernanceWriter } from "./governance-records.ts";
import type { Incident } from "./incident.ts";
import type { IncomingPost } from "./incoming-post.ts";
import type { LateWaiting } from "./lateness.ts";
import type { Message } from "./mail.ts";
import type { Medium } from "./medium.ts";
import type { Credential, KeyWrap, Member, PublicKey } from "./member.ts";
import type { Organisation } from "./organisation.ts";
import type { ControlReview, OversightReader } from "./oversight.ts";
import type { RecoveryExport, RecoveryKey } from "./recovery-key.ts";
import type { AgreementDocument, KeptDocument, SharingAgreement } from "./sharing-agreement.ts";
import type { StandingArrangement } from "./standing-arrangement.ts";
import type { Recipient, Transfer, TransferState } from "./transfer.ts";

/** Reading. Every method answers null or an empty list when there is nothing; lists are oldest first unless said. */
export interface Reader extends GovernanceReader, OversightReader {
  organisation(): Promise<Organisation | null>;
  member(id: string): Promise<Member | null>;
  memberByAddress(address: Address): Promise<Member | null>;
  members(): Promise<readonly Member[]>;
  credential(id: string): Promise<Credential | null>;
  /** Those not removed. */
  credentialsOf(memberId: string): Promise<readonly Credential[]>;
  /** Those not removed. */
  keysOf(memberId: string): Promise<readonly PublicKey[]>;
  /** Every key line ever published, removed ones too: the key log that clients check. */
  keyLog(): Promise<readonly PublicKey[]>;
  wrapsOf(memberId: string): Promise<readonly KeyWrap[]>;
  /** Every recovery key ever proposed, by version. */
  recoveryKeys(): Promise<readonly RecoveryKey[]>;
  recoveryExport(reference: string): Promise<RecoveryExport | null>;
  /** Those asked for or agreed, newest first. */
  recoveryExports(limit: number): Promise<readonly RecoveryExport[]>;
  contact(id: string): Promise<Contact | null>;
  contactByAddress(address: Address): Promise<Contact | null>;
  contacts(): Promise<readonly Contact[]>;
  /** Those with one of these ids, or one of these addresses; each once, in no order. */
  contactsAmong(ids: readonly string[], addresses: readonly Address[]): Promise<readonly Contact[]>;
  transfer(reference: string): Promise<Transfer | null>;
  /** The transfer whose `uploadId` it is. */
  transferOfUpload(uploadId: string): Promise<Transfer | null>;
  /** Newest first. */
  transfersOf(
    senderId: string,
    page: { readonly limit: number; readonly offset: number },
  ): Promise<readonly Transfer[]>;
  /** Released ones in which this member may tell the six words in the sender’s place (SDT-13), newest first. */
  transfersToStandInFor(memberId: string, limit: number): Promise<readonly Transfer[]>;
  /** Transfers in that state whose expiry is at or before `until`, by expiry and reference; only those behind `after`, where given. */
  expiring(
    state: TransferState,
    until: string,
    limit: number,
    after?: Pick<Transfer, "expiresAt" | "reference">,
  ): Promise<readonly Transfer[]>;
  /**
   * Those that were expected on a day before `day` (YYYY-MM-DD; `expectedOn`) and wait for that, the longest ago first; only those behind
   * `after`, where given.
   */
  carriedExpectedBefore(
    day: string,
    limit: number,
    waiting: LateWaiting,
    after?: { readonly expected: string; readonly reference: string },
  ): Promise<readonly Transfer[]>;
  recipients(reference: string): Promise<readonly Recipient[]>;
  recipient(id: string): Promise<Recipient | null>;
  /** Rows in which this member is a recipient and that have been released, newest release first. */
  inboxOf(memberId: string, page: { readonly limit: number; readonly offset: number }): Promise<readonly Recipient[]>;
  /**
   * Recipients in the states released, arrived and opened without a receipt whose release is at or before `before`, by release and id;
   * only those behind `after`, where given.
   */
  withoutReceipt(
    before: string,
    limit: number,
    after?: { readonly releasedAt: string; readonly id: string },
  ): Promise<readonly Recipient[]>;
  eventsOf(reference: string): Promise<readonly StoredEvent[]>;
  /** Events whose `recipientId` it is, oldest first. */
  eventsAbout(recipientId: string): Promise<readonly StoredEvent[]>;
  approval(id: string): Promise<ApprovalRequest | null>;
  approvalsOf(reference: string): Promise<readonly ApprovalRequest[]>;
  /** Those to which this member agreed, where that still counts; the newest answer first. */
  approvalsGivenBy(memberId: string, limit: number): Promise<readonly ApprovalRequest[]>;
  /** Those that wait for an answer, the first due first. */
  waitingApprovals(limit: number): Promise<readonly ApprovalRequest[]>;
  /** Those not ended, however long ago or ahead their time is. */
  deputies(): Promise<readonly Deputy[]>;
  fixedWaybill(digest: string): Promise<FixedWaybill | null>;
  fixedWaybillsOf(reference: string): Promise<readonly FixedWaybill[]>;
  /** Null for what was not released, or before this was recorded. @param digest of the waybill */
  releasedAssessment(digest: string): Promise<ReleasedAssessment | null>;
  /** Of all transfers, newest first. */
  latestFixedWaybills(limit: number): Promise<readonly FixedWaybill[]>;
  /** The canonical JSON of a policy that decided a transfer, by its digest: schema, rules and configuration. */
  policyText(digest: string): Promise<string | null>;
  arrangement(id: string): Promise<StandingArrangement | null>;
  arrangementsOf(requesterId: string): Promise<readonly StandingArrangement[]>;
  arrangements(state: StandingArrangement["state"]): Promise<readonly StandingArrangement[]>;
  agreement(id: string): Promise<SharingAgreement | null>;
  agreementByReference(reference: string): Promise<SharingAgreement | null>;
  agreements(): Promise<readonly SharingAgreement[]>;
  /** Of one agreement, removed ones too, without their files. */
  agreementDocuments(agreementId: string): Promise<readonly AgreementDocument[]>;
  agreementDocument(id: string): Promise<KeptDocument | null>;
  advice(id: string): Promise<AdviceRequest | null>;
  adviceOf(reference: string): Promise<readonly AdviceRequest[]>;
  /** Without an answer. */
  openAdvice(): Promise<readonly AdviceRequest[]>;
  /** What a member asked or caused, that `waitsForOutcome`; oldest first. */
  adviceToFollow(memberId: string): Promise<readonly AdviceRequest[]>;
  medium(id: string): Promise<Medium | null>;
  mediumBySerial(serial: string): Promise<Medium | null>;
  /** By serial. */
  media(): Promise<readonly Medium[]>;
  /** Those that carry it, or carried it last; by serial. */
  mediaOf(reference: string): Promise<readonly Medium[]>;
  faxMachine(id: string): Promise<FaxMachine | null>;
  faxMachineByNumber(number: string): Promise<FaxMachine | null>;
  /** By location and number. */
  faxMachines(): Promise<readonly FaxMachine[]>;
  /** SIS-9: all that waits in the post room, oldest first. */
  incomingPosts(): Promise<readonly IncomingPost[]>;
  incomingPost(id: string): Promise<IncomingPost | null>;
  /** What waits there for this member, oldest first. */
  incomingPostFor(memberId: string): Promise<readonly IncomingPost[]>;
  /** SIS-25: of a fax, without its file. */
  faxReport(reference: string): Promise<FaxReport | null>;
  keptFaxReport(reference: string): Promise<KeptFaxReport | null>;
  incident(id: string): Promise<Incident | null>;
  /** The one with this number, or one of whose reports has it. */
  incidentNumbered(number: string): Promise<Incident | null>;
  /** Those not closed. */
  openIncidents(): Promise<readonly Incident[]>;
  /** Those linked to that transfer, closed ones too. */
  incidentsOf(reference: string): Promise<readonly Incident[]>;
  /** Newest first. */
  latestIncidents(page: { readonly limit: number; readonly offset: number }): Promise<readonly Incident[]>;
  /** The events with these numbers, in the order of the log. */
  eventsNumbered(seqs: readonly number[]): Promise<readonly StoredEvent[]>;
  /** The events in which this member's passkeys and public keys were enrolled. */
  enrolmentsOf(memberId: string): Promise<readonly StoredEvent[]>;
  /** Events that belong to no transfer, newest first. */
  recentEvents(limit: number): Promise<readonly StoredEvent[]>;
  /** The newest of a kind among the events that belong to no transfer. */
  lastEvent(kind: EventKind): Promise<StoredEvent | null>;
}

/** Reading and writing inside one transaction. `save…` inserts or replaces by id; unique addresses and references are enforced. */
export interface Writer extends Reader, GovernanceWriter {
  append(event: NewEvent): Promise<StoredEvent>;
  saveOrganisation(organisation: Organisation): Promise<void>;
  saveMember(member: Member): Promise<void>;
  saveCredential(credential: Credential): Promise<void>;
  saveKey(key: PublicKey): Promise<void>;
  saveWrap(wrap: KeyWrap): Promise<void>;
  removeWrap(id: string): Promise<void>;
  saveRecoveryKey(key: RecoveryKey): Promise<void>;
  saveRecoveryExport(wanted: RecoveryExport): Promise<void>;
  saveContact(contact: Contact): Promise<void>;
  saveTransfer(transfer: Transfer): Promise<void>;
  saveRecipient(recipient: Recipient): Promise<void>;
  removeRecipient(id: string): Promise<void>;
  saveApproval(request: ApprovalRequest): Promise<void>;
  saveDeputy(deputy: Deputy): Promise<void>;
  /** Does nothing for one that is there already: what was fixed never changes. */
  saveFixedWaybill(fixed: FixedWaybill): Promise<void>;
  /** Once for each waybill; a second time changes nothing. */
  saveReleasedAssessment(released: ReleasedAssessment): Promise<void>;
  /** Once each: a policy's digest is of its text. */
  keepPolicyText(digest: string, text: string): Promise<void>;
  saveArrangement(arrangement: StandingArrangement): Promise<void>;
  saveAgreement(agreement: SharingAgreement): Promise<void>;
  saveAgreementDocument(document: KeptDocument): Promise<void>;
  saveAdvice(advice: AdviceRequest): Promise<void>;
  saveControlReview(review: ControlReview): Promise<void>;
  saveMedium(medium: Medium): Promise<void>;
  saveFaxMachine(machine: FaxMachine): Promise<void>;
  saveIncomingPost(post: IncomingPost): Promise<void>;
  /** It was handed on: what is on record of it are its events. */
  removeIncomingPost(id: string): Promise<void>;
  /** One for each transfer: what was there goes. */
  saveFaxReport(report: KeptFaxReport): Promise<void>;
  saveIncident(incident: Incident): Promise<void>;
  /** Goes out after the transaction committed, at least once. */
  post(message: Message): Promise<void>;
}

/** The records of the organisation. A write is one transaction; one that appended no event is refused and rolled back. */
export interface Records {
  readonly read: Reader;
  write<T>(act: (tx: Writer) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}
