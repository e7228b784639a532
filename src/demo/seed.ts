import { randomId } from "../bytes/random.ts";
import { makePasskey } from "../client/people/enrol.ts";
import { sealRing } from "../client/people/ring.ts";
import { DAY, iso } from "../domain/clock.ts";
import type { EventKind, NewEvent } from "../domain/event.ts";
import { setKeeping } from "../domain/lifecycle/governance-arrows.ts";
import type { Member } from "../domain/member.ts";
import { generateKeyPair } from "../seal/keys.ts";
import { generateRecoveryCode } from "../seal/recovery.ts";
import { recordPolicy } from "../server/assessing/follow-policy.ts";
import type { Parts } from "../server/parts.ts";
import { checkEnrolment, enrolOptions, saveEnrolment } from "../server/passkeys/enrolment.ts";
import type { DemoPasskeys } from "./passkeys.ts";
import { passkeysOf } from "./passkeys-of.ts";
import { DEMO_AGREEMENT, DEMO_ORGANISATION, DEMO_OUTSIDER, DEMO_PEOPLE, type DemoPerson } from "./people.ts";
import { softwarePasskey } from "./software-passkey.ts";

/**
 * Fills an empty demo: the organisation, its people with keys sealed to passkeys in software, and a contact outside. Each is
 * enrolled by the client's code and checked by the server's, as in a browser. Does nothing when there is an organisation.
 */
export async function seedDemo(parts: Parts, passkeys: DemoPasskeys, configuration: string): Promise<void> {
  if (await parts.records.read.organisation()) return;
  const policy = parts.policy.found(configuration);
  const name = policy.settings.organisation;
  await parts.records.write(async (tx) => {
    const publicUrl = parts.place.origin;
    const createdAt = iso(parts.clock.now());
    await tx.saveOrganisation({ ...DEMO_ORGANISATION, name, publicUrl, createdAt, expiryDays: 14 });
    await tx.append(happening(parts, "organisation-set-up", {}));
    await recordPolicy(tx, policy, { kind: "system" }, iso(parts.clock.now()));
  });
  const lineManager = DEMO_PEOPLE.find(({ roles }) => roles.includes("line-manager"));
  const ids = new Map(DEMO_PEOPLE.map(({ address }) => [address, randomId()]));
  const lineManagerId = (lineManager && ids.get(lineManager.address)) ?? null;
  const managerFirst = DEMO_PEOPLE.toSorted((a, b) => Number(b === lineManager) - Number(a === lineManager));
  for (const person of managerFirst) {
    const id = ids.get(person.address) ?? randomId();
    await addPerson(parts, passkeys, person, id, person === lineManager ? null : lineManagerId);
  }
  const administrator = DEMO_PEOPLE.find(({ roles }) => roles.includes("administrator"));
  await keepFor(parts, ids.get(administrator?.address ?? "") ?? "");
  await addOutsider(parts, ids.get(DEMO_PEOPLE[0]?.address ?? "") ?? "");
}

/** How long records are kept, as an administrator says at set-up. */
async function keepFor(parts: Parts, administratorId: string): Promise<void> {
  const months = { transfers: 84, incidents: 84, access: 12, acts: 84, contacts: 24, registers: 84, mail: 1 };
  const taken = { at: iso(parts.clock.now()), by: { kind: "member", id: administratorId } } as const;
  await parts.records.write(async (tx) => {
    const { keeping, event } = setKeeping({ months, noticeDays: 14, backupDays: 35 }, administratorId, taken);
    await tx.saveKeeping(keeping);
    await tx.append(event);
  });
}

async function addPerson(
  parts: Parts,
  passkeys: DemoPasskeys,
  { address, name, phone, roles }: DemoPerson,
  id: string,
  lineManagerId: string | null,
): Promise<void> {
  const createdAt = iso(parts.clock.now());
  const member: Member = { id, address, name, phone, roles, lineManagerId, state: "active", createdAt, offer: null };
  await parts.records.write(async (tx) => {
    await tx.saveMember(member);
    await tx.append(happening(parts, "member-joined", { memberId: id }));
  });
  const organisation = await parts.records.read.organisation();
  const authenticator = softwarePasskey();
  const options = await enrolOptions(parts, member, organisation?.name ?? "");
  const pair = await generateKeyPair();
  const played = passkeysOf(authenticator, parts.place.origin);
  const { passkey, way } = await makePasskey(played, options, pair.recipient, "Played by the demo");
  const ring = [{ keyId: "new", identity: pair.identity }];
  // Nobody keeps this code: the demo's way in is its passkeys file.
  const wraps = await sealRing(ring, [way, { kind: "recovery-code", code: await generateRecoveryCode() }]);
  const enrolment = await checkEnrolment(parts, member, {
    nonce: options.nonce,
    passkey,
    recipient: pair.recipient,
    wraps,
  });
  await parts.records.write((tx) => saveEnrolment(tx, enrolment));
  passkeys.save(address, authenticator.save());
}

async function addOutsider(parts: Parts, byMemberId: string): Promise<void> {
  const at = iso(parts.clock.now());
  const verified = { how: "From the letterhead of their instructions", byMemberId, at };
  const { name, organisation, address, phone, fax } = DEMO_OUTSIDER;
  const id = randomId();
  await parts.records.write(async (tx) => {
    await tx.saveContact({
      id,
      name,
      organisation,
      addresses: [{ address, verified }],
      phones: [
        { kind: "telephone", number: phone, verified },
        { kind: "fax", number: fax, verified },
      ],
      kind: "third-party",
      country: "GB",
      legitimateNeed: "Represents one of the parties",
      postal: "Example Chambers\n1 Temple Gardens\nLondon\nEC4Y 9BB",
      dx: "DX 0001 London Chancery Lane",
      language: "en",
      team: false,
      preferred: "phone",
      impossible: [],
      createdAt: at,
      createdBy: byMemberId,
    });
    await tx.append(happening(parts, "contact-added", { contactId: id }));
    // SDT-5: so that a transfer to them has an agreement to name.
    const expires = iso(new Date(parts.clock.now().getTime() + 365 * DAY)).slice(0, 10);
    const agreement = { id: randomId(), reference: DEMO_AGREEMENT, organisation, methods: [], expires } as const;
    const kept = { documents: "Shared drive, Agreements, Example Chambers", endedAt: null, remindedAt: null };
    await tx.saveAgreement({ ...agreement, ...kept, createdAt: at, createdBy: byMemberId });
    await tx.append(happening(parts, "agreement-added", { agreement: agreement.id, reference: DEMO_AGREEMENT }));
  });
}

function happening(parts: Parts, kind: EventKind, detail: NewEvent["detail"]): NewEvent {
  return { kind, at: iso(parts.clock.now()), actor: { kind: "system" }, reference: null, recipientId: null, detail };
}
