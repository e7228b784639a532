import { randomId } from "../../src/bytes/random.ts";
import { DAY, iso } from "../../src/domain/clock.ts";
import { askArrangement } from "../../src/domain/lifecycle/arrangement-arrows.ts";
import { nameDeputy } from "../../src/domain/lifecycle/deputy-arrows.ts";
import { placeHold } from "../../src/domain/lifecycle/governance-arrows.ts";
import type { Member } from "../../src/domain/member.ts";
import { generateKeyPair } from "../../src/seal/keys.ts";
import { askAdvice } from "../../src/server/advice/ask-advice.ts";
import type { Who } from "../../src/server/gate/row.ts";
import { hashOf, startSession } from "../../src/server/gate/session.ts";
import { fileReport } from "../../src/server/incidents/file-report.ts";
import { newInvitation } from "../../src/server/journeys/join/invitation.ts";
import { BULK, requestFor } from "../../src/testing/approver.ts";
import { enrolPasskey } from "../../src/testing/enrolled-passkey.ts";
import {
  addAgreement,
  addAgreementDocument,
  addContact,
  addKey,
  addMember,
  foundOrganisation,
} from "../../src/testing/organisation.ts";
import { ReceivingDevice } from "../../src/testing/receiving-device.ts";
import { releaseTransfer } from "../../src/testing/released-transfer.ts";
import {
  sampleCredential,
  sampleEvent,
  sampleFacts,
  sampleRecipient,
  sampleTransfer,
} from "../../src/testing/samples.ts";
import { type ServerOptions, startServer, type TestServer } from "../../src/testing/server.ts";
import { signedTransfer } from "../../src/testing/signed-transfer.ts";
import { Visitor } from "../../src/testing/visitor.ts";
import { type CarriedWorld, carriedWorld } from "./carried-world.ts";

/** An organisation with everybody and everything that a route may be about. */
export interface World extends CarriedWorld {
  readonly server: TestServer;
  /** The sender's transfer to an outsider and a member: released, and confirmed as arrived by the outsider. */
  readonly reference: string;
  /** The sender's draft, with an upload under way. */
  readonly draft: string;
  readonly uploadId: string;
  /** The outsider of `reference`, and one of another sender's transfer. */
  readonly recipient: string;
  readonly otherRecipient: string;
  /** The token inside what `recipient` was given. */
  readonly token: string;
  readonly contactId: string;
  readonly agreementId: string;
  readonly documentId: string;
  /** A question of the sender's to the privacy team. */
  readonly adviceId: string;
  /** What the sender's line manager is asked to agree to, and whom the member without roles has named for when they are away. */
  readonly toAgreeId: string;
  readonly deputyId: string;
  /** What was reported about `reference`, with an action of the sender’s. */
  readonly incidentId: string;
  /** What the sender asked their line manager for in advance. */
  readonly arrangementId: string;
  readonly colleagueId: string;
  /** A search of the auditor's that is open. */
  readonly searchId: string;
  /** A hold that stands, on nothing that is here. */
  readonly holdId: string;
  /** A public key that is nobody's; and a passkey and a command line of the member without roles. */
  readonly key: string;
  readonly passkeyId: string;
  readonly deviceKeyId: string;
  /** An invitation that is still good. */
  readonly invitation: string;
  /** Nobody in particular: a browser without any session. */
  stranger(): Visitor;
  /** A member without roles who has nothing to do with any transfer. */
  plain(): Promise<Visitor>;
  /** Somebody from outside who has registered: a member without a work address. */
  registered(): Promise<Visitor>;
  /** The member who sends another transfer. */
  otherSender(): Promise<Visitor>;
  administrator(): Promise<Visitor>;
  auditor(): Promise<Visitor>;
  standIn(): Promise<Visitor>;
  /** The outsider of another transfer, who proved their mailbox and confirmed arrival. */
  otherOutsider(): Promise<Visitor>;
  /** Somebody whose session is alive in the store, and who was deactivated. */
  leaver(): Promise<Visitor>;
  /** Who a row is for. */
  rightful(who: Who): Promise<Visitor>;
  /** A command line's session of theirs. */
  device(who: Who): Promise<Visitor>;
}

export async function createWorld(options: ServerOptions = {}): Promise<World> {
  const server = await startServer({ ...options, limits: { rateFactor: 1_000_000, ...options.limits } });
  await foundOrganisation(server);
  const member = (name: string, changes: Partial<Member> = {}) => addMember(server, name, changes);
  const lineManager = await member("Lena Line");
  const sender = await member("Sam Sender", { lineManagerId: lineManager.id });
  const otherSender = await member("Olga Other");
  const plain = await member("Paul Plain", { lineManagerId: lineManager.id });
  const administrator = await member("Ada Admin", { roles: ["administrator"] });
  await member("Ann Admin", { roles: ["administrator"] });
  const standIn = await member("Stan Standin");
  const privacy = await member("Priya Privacy", { roles: ["privacy-team"] });
  const postRoom = await member("Petra Post", { roles: ["post-room"] });
  const auditor = await member("Audra Audit", { roles: ["auditor"] });
  const leaver = await member("Lee Leaver", { roles: ["administrator"], state: "deactivated" });
  const registered = await member("Rhona Registered", { address: "rhona@chambers.example" });
  const invitee = await member("Ina Vitee", { state: "invited" });
  const keys = await generateKeyPair();
  for (const { id } of [sender, otherSender, plain, administrator]) await addKey(server, id, keys);
  const passkey = sampleCredential({ id: "passkey-of-paul", memberId: plain.id });
  await server.records.write(async (tx) => {
    await tx.saveCredential(passkey);
    await tx.append(sampleEvent({ kind: "passkey-added" }));
  });
  const deviceKey = await addKey(server, plain.id, { ...(await generateKeyPair()), signing: "A".repeat(43) });
  const contact = await addContact(server, sender, "Rhys Morgan", "rhys@chambers.example");
  const otherContact = await addContact(server, sender, "Clara Counsel", "clara@counsel.example");
  const content = new Uint8Array(100_000);
  const released = await releaseTransfer(server, sender, [{ contact }, { member: plain, keys }], content, {
    standInId: standIn.id,
    facts: sampleFacts(), // nobody else has to agree, so that an address may be corrected
    recovery: { key: "00".repeat(32), grant: "c2VhbGVk" }, // sealed to a recovery key of the organisation's
  });
  const other = await releaseTransfer(server, otherSender, [{ contact: otherContact }], content);
  const recipient = released.recipients[0]?.id ?? "";
  const otherRecipient = other.recipients[0]?.id ?? "";
  const outsider = await ReceivingDevice.proved(server, recipient);
  const otherOutsider = await ReceivingDevice.proved(server, otherRecipient);
  for (const each of [outsider, otherOutsider]) await each.arrive();
  const { draft, uploadId } = await draftOf(server, sender, standIn);
  const signedIn = (id: string) => () => new Visitor(server).signIn(id);
  const rightful: Readonly<Record<Who, () => Promise<Visitor>>> = {
    anyone: async () => new Visitor(server),
    anonymous: async () => new Visitor(server),
    member: signedIn(plain.id),
    colleague: signedIn(plain.id),
    administrator: signedIn(administrator.id),
    auditor: signedIn(auditor.id),
    overseer: signedIn(auditor.id),
    reviewer: signedIn(privacy.id),
    sender: signedIn(sender.id),
    teller: signedIn(standIn.id),
    keeper: signedIn(privacy.id),
    "media-keeper": signedIn(administrator.id),
    "post-room": signedIn(postRoom.id),
    adviser: signedIn(privacy.id),
    arranger: signedIn(lineManager.id),
    "incident-reader": signedIn(sender.id),
    "incident-handler": signedIn(privacy.id),
    approver: signedIn(lineManager.id),
    recipient: async () => outsider,
  };
  const agreement = await addAgreement(server, administrator, "DSA-2026-014", "Example Chambers");
  return {
    server,
    reference: released.reference,
    draft,
    uploadId,
    recipient,
    otherRecipient,
    token: released.recipients[0]?.token ?? "",
    contactId: contact.id,
    agreementId: agreement.id,
    documentId: await addAgreementDocument(server, administrator, agreement.id),
    toAgreeId: await waitingRequest(server, sender, "rhys@chambers.example"),
    deputyId: await namedDeputy(server, plain, otherSender),
    arrangementId: await askedArrangement(server, sender),
    incidentId: await reportedProblem(server, released.reference, sender),
    adviceId: await askedAdvice(server, sender, draft),
    colleagueId: plain.id,
    searchId: await openSearch(server, auditor),
    holdId: await placedHold(server, privacy),
    ...(await carriedWorld(server, sender, contact)),
    key: (await generateKeyPair()).recipient,
    passkeyId: passkey.id,
    deviceKeyId: deviceKey.id,
    invitation: await newInvitation(server.parts, invitee.id),
    stranger: () => new Visitor(server),
    plain: signedIn(plain.id),
    registered: signedIn(registered.id),
    otherSender: signedIn(otherSender.id),
    administrator: signedIn(administrator.id),
    auditor: signedIn(auditor.id),
    standIn: signedIn(standIn.id),
    otherOutsider: async () => otherOutsider,
    leaver: signedIn(leaver.id),
    rightful: (who) => rightful[who](),
    device: async (who) => onDevice(server, await rightful[who]()),
  };
}

/** A session that a command line of the same member has. */
async function onDevice(server: TestServer, browser: Visitor): Promise<Visitor> {
  const token = /waybill=([^;]+)/.exec(browser.cookies())?.[1] ?? "";
  const session = await server.parts.ephemera.get("session", hashOf(token), server.clock.now());
  const memberId = session?.owner ?? "";
  const key = await addKey(server, memberId, { ...(await generateKeyPair()), signing: "A".repeat(43) });
  const visitor = new Visitor(server);
  visitor.setCookie("waybill", await startSession(server.parts, memberId, key.id));
  return visitor;
}

/** Reported by somebody who is not signed in. The sender has something to do about it. */
async function reportedProblem({ parts, records }: TestServer, reference: string, sender: Member): Promise<string> {
  const taken = { at: iso(parts.clock.now()), by: { kind: "stranger" } } as const;
  const report = { kind: "missing", standing: "reference", words: "", reach: "", about: "" } as const;
  return records.write(async (tx) => {
    const transfer = await tx.transfer(reference);
    const nothing = { reporter: null, recipientId: null, stopped: null, senderKnows: false } as const;
    const { incident } = await fileReport(tx, parts, { ...report, ...nothing, transfer }, taken);
    const action = { id: "action", what: "Ask them", whoId: sender.id, due: "2026-12-01", doneAt: null };
    await tx.saveIncident({ ...incident, actions: [action] });
    return incident.id;
  });
}

async function placedHold({ parts, records }: TestServer, { id }: Member): Promise<string> {
  const taken = { at: iso(parts.clock.now()), by: { kind: "member", id } } as const;
  const scope = { kind: "person", address: "nobody@elsewhere.example" } as const;
  const { hold, event } = placeHold({ id: randomId(), scope, reason: "A court asks", placedBy: id }, taken);
  await records.write(async (tx) => {
    await tx.saveHold(hold);
    await tx.append(event);
  });
  return hold.id;
}

async function openSearch({ parts }: TestServer, auditor: Member): Promise<string> {
  const id = randomId();
  const until = new Date(parts.clock.now().getTime() + DAY);
  await parts.ephemera.put("look", id, { owner: auditor.id, person: "rhys" }, until);
  return id;
}

async function askedArrangement({ parts, records }: TestServer, sender: Member): Promise<string> {
  const taken = { at: iso(parts.clock.now()), by: { kind: "member", id: sender.id } } as const;
  const about = { id: randomId(), requesterId: sender.id, role: "line-manager", purpose: "The weekly list" } as const;
  const limits = { recipients: ["rhys@chambers.example"], classification: "OFFICIAL", people: 5, bytes: 1000 } as const;
  const described = { ...about, ...limits, method: "secure-link", ends: "2027-01-31" } as const;
  const { arrangement, event } = askArrangement(described, taken);
  await records.write(async (tx) => {
    await tx.saveArrangement(arrangement);
    await tx.append(event);
  });
  return arrangement.id;
}

async function askedAdvice({ parts, records }: TestServer, sender: Member, reference: string): Promise<string> {
  const asking = {
    reference,
    adviser: "privacy-team",
    question: "May I?",
    basis: "",
    shown: [],
    sender,
    place: parts.place,
  } as const;
  const taken = { at: iso(parts.clock.now()), by: { kind: "member", id: sender.id } } as const;
  return (await records.write((tx) => askAdvice(tx, asking, taken))).id;
}

/** Signed, and waiting for the line manager. */
async function waitingRequest(server: TestServer, member: Member, to: string): Promise<string> {
  const visitor = await new Visitor(server).signIn(member.id);
  const sender = { member, visitor, passkey: await enrolPasskey(server, member) };
  const stated = { facts: { ...BULK.facts, people: 3 }, expecting: true };
  const { reference } = await signedTransfer(sender, [to], undefined, stated);
  return requestFor(server, reference, "line-manager");
}

async function namedDeputy(server: TestServer, principal: Member, deputy: Member): Promise<string> {
  const at = server.clock.now();
  const people = { principalId: principal.id, deputyId: deputy.id, appointedBy: principal.id };
  const time = { from: iso(at), until: iso(new Date(at.getTime() + DAY)) };
  const step = nameDeputy(
    { id: randomId(), ...people, ...time },
    { at: iso(at), by: { kind: "member", id: principal.id } },
  );
  await server.records.write(async (tx) => {
    await tx.saveDeputy(step.deputy);
    await tx.append(step.event);
  });
  return step.deputy.id;
}

async function draftOf({ parts, records }: TestServer, sender: Member, standIn: Member) {
  const uploadId = randomId();
  await parts.blobs.create(uploadId, 1000);
  const draft = sampleTransfer({
    reference: "WB-0000-0000",
    senderId: sender.id,
    standInId: standIn.id,
    senderGrant: "c2VhbGVk",
    uploadId,
    expiresAt: "2026-12-05T10:00:00.000Z",
  });
  const [contact] = await records.read.contacts();
  const party = { kind: "contact", contactId: contact?.id ?? "" } as const;
  await records.write(async (tx) => {
    await tx.saveTransfer(draft);
    await tx.saveRecipient(sampleRecipient({ id: randomId(), reference: draft.reference, party }));
    const actor = { kind: "member", id: sender.id } as const;
    const about = { reference: draft.reference, recipientId: null, detail: {} };
    await tx.append({ kind: "transfer-described", at: draft.createdAt, actor, ...about });
  });
  return { draft: draft.reference, uploadId };
}
