import { randomId } from "../bytes/random.ts";
import { iso } from "../domain/clock.ts";
import type { Contact } from "../domain/contact.ts";
import type { Member, PublicKey } from "../domain/member.ts";
import type { Organisation } from "../domain/organisation.ts";
import type { Writer } from "../domain/records.ts";
import type { SharingAgreement } from "../domain/sharing-agreement.ts";
import { deviceDigest } from "../log/device-keys.ts";
import { textDigest } from "../server/passkeys/statements.ts";
import type { TestServer } from "./server.ts";

/** An organisation that is set up, with the work domain council.example. */
export async function foundOrganisation(
  server: TestServer,
  changes: Partial<Organisation> = {},
): Promise<Organisation> {
  const organisation: Organisation = {
    name: "Example Council",
    workDomains: ["council.example"],
    publicUrl: server.url,
    website: "www.council.example",
    phone: "020 7946 0000",
    createdAt: iso(server.clock.now()),
    expiryDays: 14,
    ...changes,
  };
  await server.records.write(async (tx) => {
    await tx.saveOrganisation(organisation);
    await tx.append(happening(server, "organisation-set-up"));
  });
  return organisation;
}

/** An active member `<name>@council.example` without passkeys or keys, unless they are added. */
export async function addMember(server: TestServer, name: string, changes: Partial<Member> = {}): Promise<Member> {
  const member: Member = {
    id: randomId(),
    address: `${name.toLowerCase().replaceAll(" ", ".")}@council.example`,
    name,
    phone: "",
    roles: [],
    lineManagerId: null,
    offer: null,
    state: "active",
    createdAt: iso(server.clock.now()),
    ...changes,
  };
  await server.records.write(async (tx) => {
    await tx.saveMember(member);
    await tx.append(happening(server, "member-joined"));
  });
  return member;
}

/** Publishes a key of a member. `recipient` is an age1pq… text; `signing` an Ed25519 public key, for a device. */
export async function addKey(
  server: TestServer,
  memberId: string,
  key: { readonly recipient: string; readonly signing?: string },
): Promise<PublicKey> {
  const saved: PublicKey = {
    id: randomId(),
    memberId,
    kind: key.signing === undefined ? "main" : "device",
    version: 1,
    recipient: key.recipient,
    signing: key.signing ?? null,
    name: key.signing === undefined ? "" : "Command line",
    createdAt: iso(server.clock.now()),
    removedAt: null,
  };
  await server.records.write(async (tx) => {
    await tx.saveKey(saved);
    const { recipient, signing } = saved;
    const digest = signing === null ? await textDigest(recipient) : await deviceDigest({ recipient, signing });
    const by = { kind: "member", id: memberId } as const;
    const address = (await tx.member(memberId))?.address ?? "";
    await tx.append({ ...happening(server, "key-published"), actor: by, detail: { keyId: saved.id, digest, address } });
  });
  return saved;
}

/** A contact with a verified address and, unless changed, one verified phone number. */
export async function addContact(
  server: TestServer,
  by: Member,
  name: string,
  address: string,
  changes: Partial<Contact> = {},
): Promise<Contact> {
  const verified = { how: "From their letterhead", byMemberId: by.id, at: iso(server.clock.now()) };
  const contact: Contact = {
    id: randomId(),
    name,
    organisation: "Example Chambers",
    addresses: [{ address, verified }],
    phones: [{ kind: "telephone", number: "+442079460142", verified }],
    language: "en",
    team: false,
    preferred: "phone",
    impossible: [],
    createdAt: iso(server.clock.now()),
    createdBy: by.id,
    kind: "partner",
    country: "GB",
    legitimateNeed: "Instructed in the case",
    postal: "1 Temple Gardens\nLondon\nEC4Y 9BB",
    dx: "",
    ...changes,
  };
  await server.records.write(async (tx) => {
    await tx.saveContact(contact);
    await tx.append(happening(server, "contact-added"));
  });
  return contact;
}

/** An agreement of the register that holds until the end of 2027, by any method. */
export async function addAgreement(
  server: TestServer,
  by: Member,
  reference: string,
  organisation: string,
): Promise<SharingAgreement> {
  const agreement: SharingAgreement = {
    ...{ id: randomId(), reference, organisation, methods: [], expires: "2027-12-31", documents: "" },
    ...{ createdAt: iso(server.clock.now()), createdBy: by.id, endedAt: null, remindedAt: null },
  };
  await server.records.write(async (tx) => {
    await tx.saveAgreement(agreement);
    await tx.append(happening(server, "agreement-added"));
  });
  return agreement;
}

/** A document of it: the beginning of a PDF. @returns its id */
export async function addAgreementDocument(server: TestServer, by: Member, agreementId: string): Promise<string> {
  const id = randomId();
  await server.records.write(async (tx) => {
    await tx.saveAgreementDocument({
      ...{ id, agreementId, title: "Signed in March", digest: "ab".repeat(32), size: 9, content: "JVBERi0xLjcK" },
      ...{ addedAt: iso(server.clock.now()), addedBy: by.id, removedAt: null },
    });
    await tx.append(happening(server, "agreement-added"));
  });
  return id;
}

/** A record is another one from now on, however it came to that: written with an event of the system. */
export async function recordChange(
  server: TestServer,
  kind: "member-changed" | "agreement-changed",
  change: (tx: Writer) => Promise<void>,
): Promise<void> {
  await server.records.write(async (tx) => {
    await change(tx);
    await tx.append(happening(server, kind));
  });
}

function happening(
  server: TestServer,
  kind:
    | "organisation-set-up"
    | "member-joined"
    | "member-changed"
    | "key-published"
    | "contact-added"
    | "agreement-added"
    | "agreement-changed",
) {
  const at = iso(server.clock.now());
  return { kind, at, actor: { kind: "system" }, reference: null, recipientId: null, detail: {} } as const;
}
