import type { Contact } from "../domain/contact.ts";
import type { NewEvent } from "../domain/event.ts";
import type { Message } from "../domain/mail.ts";
import type { Credential, KeyWrap, Member, PublicKey } from "../domain/member.ts";
import type { Organisation } from "../domain/organisation.ts";
import { NOT_STATED, type Recipient, type SealedContent, type StatedFacts, type Transfer } from "../domain/transfer.ts";
import type { Assessed } from "../domain/waybill.ts";

/** When all samples were made. */
export const AT = "2026-11-21T10:00:00.000Z";

const verification = { how: "From their letterhead", byMemberId: "amina", at: AT };

export function sampleOrganisation(changes: Partial<Organisation> = {}): Organisation {
  return {
    name: "Example Council",
    workDomains: ["council.example"],
    publicUrl: "http://localhost:8080",
    website: "www.council.example",
    phone: "020 7946 0000",
    createdAt: AT,
    expiryDays: 14,
    ...changes,
  };
}

export function sampleMember(changes: Partial<Member> = {}): Member {
  const id = changes.id ?? "amina";
  return {
    id,
    address: `${id}@council.example`,
    name: "Amina Okafor",
    phone: "",
    roles: ["auditor", "privacy-team"],
    lineManagerId: null,
    offer: null,
    state: "active",
    createdAt: AT,
    ...changes,
  };
}

export function sampleCredential(changes: Partial<Credential> = {}): Credential {
  return {
    id: "passkey",
    memberId: "amina",
    publicKey: "pQECAyYgASFYIA",
    counter: 3,
    transports: ["internal", "hybrid"],
    prf: true,
    name: "Laptop",
    createdAt: AT,
    removedAt: null,
    ...changes,
  };
}

export function sampleKey(changes: Partial<PublicKey> = {}): PublicKey {
  return {
    id: "key",
    memberId: "amina",
    kind: "main",
    version: 1,
    recipient: "age1pq1example",
    signing: null,
    name: "",
    createdAt: AT,
    removedAt: null,
    ...changes,
  };
}

export function sampleWrap(changes: Partial<KeyWrap> = {}): KeyWrap {
  return {
    id: "wrap",
    memberId: "amina",
    keyId: "key",
    kind: "passkey",
    credentialId: "passkey",
    sealed: "YWdl",
    signIn: null,
    createdAt: AT,
    ...changes,
  };
}

export function sampleContact(changes: Partial<Contact> = {}): Contact {
  return {
    id: "chambers",
    name: "Rhys Morgan",
    organisation: "Morgan Chambers",
    addresses: [{ address: "rhys@chambers.example", verified: verification }],
    phones: [
      { kind: "telephone", number: "+442079460142", verified: verification },
      { kind: "fax", number: "+442079460143", verified: null },
    ],
    language: "cy",
    team: false,
    preferred: "relay-uk",
    impossible: ["phone"],
    createdAt: AT,
    createdBy: "amina",
    kind: "partner",
    country: "GB",
    legitimateNeed: "Instructed in the case",
    postal: "1 Temple Gardens\nLondon\nEC4Y 9BB",
    dx: "",
    ...changes,
  };
}

/** One that will do for what is in it. */
function sampleBasis({ special = false, offences = false }: Partial<StatedFacts>): StatedFacts["lawfulBasis"] {
  const condition = "sch1-6";
  return { basis: "public-task", special: special ? condition : "", offences: offences ? condition : "" };
}

/** Facts that no rule has anything against, by secure link to a colleague or a partner. */
export function sampleFacts(changes: Partial<StatedFacts> = {}): StatedFacts {
  return {
    ...NOT_STATED,
    purpose: "Case papers",
    necessity: "The hearing needs them",
    classification: "OFFICIAL",
    personal: false,
    sensitive: false,
    special: false,
    offences: false,
    people: 0,
    impact: { individuals: "none", organisation: "none" },
    minimised: true,
    recordCopy: "The case file",
    lawfulBasis: sampleBasis(changes),
    ...changes,
  };
}

export function sampleTransfer(changes: Partial<Transfer> = {}): Transfer {
  return {
    reference: "WB-0000-0000",
    state: "draft",
    senderId: "amina",
    salt: "AAAAAAAAAAAAAAAAAAAAAA",
    facts: sampleFacts({ personal: true, impact: { individuals: "some", organisation: "none" } }),
    createdAt: AT,
    expiresAt: "2026-12-05T10:00:00.000Z",
    senderGrant: null,
    uploadId: null,
    sealed: null,
    standInId: null,
    recovery: null,
    shownTo: [],
    riskyReason: null,
    carriage: null,
    waybill: null,
    releasedAt: null,
    endedAt: null,
    destruction: null,
    ...changes,
  };
}

export const SEALED: SealedContent = {
  bodyId: "AAAAAAAAAAAAAAAAAAAAAA",
  bodySize: 5_000_000_000,
  manifest: "YWdl",
  content: "00".repeat(32),
  totals: { items: 2, bytes: 4_999_000_000 },
};

export function sampleRecipient(changes: Partial<Recipient> = {}): Recipient {
  return {
    id: "first",
    reference: "WB-0000-0000",
    position: 0,
    party: { kind: "contact", contactId: "chambers" },
    name: "Rhys Morgan",
    address: "rhys@chambers.example",
    organisation: "Morgan Chambers",
    language: "cy",
    team: false,
    state: "named",
    access: "words",
    registerFirst: false,
    expecting: true,
    legitimateNeed: "",
    grant: null,
    tokenHash: null,
    arrival: null,
    wordsToldAt: null,
    releasedAt: null,
    handedOutAt: null,
    openedAt: null,
    receivedAt: null,
    confirmation: null,
    ...changes,
  };
}

/** An event that belongs to no transfer and needs nothing else in the store. */
export function sampleEvent(changes: Partial<NewEvent> = {}): NewEvent {
  return {
    kind: "member-changed",
    at: AT,
    actor: { kind: "system" },
    reference: null,
    recipientId: null,
    detail: {},
    ...changes,
  };
}

export function sampleMessage(changes: Partial<Message> = {}): Message {
  return {
    id: "message",
    to: "rhys@chambers.example",
    subject: "Example Council has something for you",
    text: "Reference WB-0000-0000",
    reference: "WB-0000-0000",
    recipientId: "first",
    createdAt: AT,
    ...changes,
  };
}

/** What policy might have said of a transfer that nobody else has to agree to. */
export const DECIDED: Assessed = {
  method: "secure-link",
  policy: { rules: "uk-government", digest: "sha256:example" },
  needs: [],
  assessment: "ab".repeat(32),
};
