import { randomBytes, randomId } from "../../src/bytes/random.ts";
import { type Carriage, NOTHING_FIXED, NOTHING_SEEN } from "../../src/domain/carriage.ts";
import type { Contact } from "../../src/domain/contact.ts";
import type { IncomingPost } from "../../src/domain/incoming-post.ts";
import { registerFaxMachine } from "../../src/domain/lifecycle/fax-machine-arrows.ts";
import { takeInPost } from "../../src/domain/lifecycle/incoming-post-arrows.ts";
import { registerMedium } from "../../src/domain/lifecycle/medium-arrows.ts";
import type { Member } from "../../src/domain/member.ts";
import { newReference } from "../../src/domain/reference.ts";
import type { TransferState } from "../../src/domain/transfer.ts";
import { sampleEvent, sampleRecipient, sampleTransfer } from "../../src/testing/samples.ts";
import type { TestServer } from "../../src/testing/server.ts";

/** Things of the registers, and transfers by post and fax in the states in which something can be done with them. */
export interface CarriedWorld {
  readonly mediumId: string;
  readonly archiveId: string;
  readonly faxMachineId: string;
  /** Something that waits in the post room for the sender. */
  readonly incomingPostId: string;
  readonly carriedDraft: string;
  readonly carriedApproved: string;
  readonly carriedReleased: string;
  /** A fax that went, of whose report nothing is recorded. */
  readonly carriedFax: string;
  /** The recipient of `carriedReleased`. */
  readonly carriedRecipient: string;
}

export async function carriedWorld(server: TestServer, sender: Member, contact: Contact): Promise<CarriedWorld> {
  const at = server.clock.now().toISOString();
  const taken = { at, by: { kind: "member", id: sender.id } } as const;
  const about = { owner: "Court support", kind: "standard", capacity: 32e9 } as const;
  const stick = registerMedium(
    { ...about, id: randomId(), serial: "STICK-1", purpose: "transfer", reviewDue: null },
    sender.id,
    taken,
  );
  const archive = registerMedium(
    { ...about, id: randomId(), serial: "DISK-1", purpose: "archive", reviewDue: "2027-11-22" },
    sender.id,
    taken,
  );
  const incoming: IncomingPost = {
    ...{ id: randomId(), reference: null, recipientId: null, otherReference: "HMCTS/1", addressee: sender.name },
    ...{ memberId: sender.id, addresseeOnly: true, condition: "whole", at, byId: sender.id },
  };
  const fax = { id: randomId(), number: "+441632960001", location: "Room 2.14", owner: "Listing office" };
  const machine = registerFaxMachine(fax, sender.id, taken);
  await server.records.write(async (tx) => {
    for (const { medium, event } of [stick, archive]) {
      await tx.saveMedium(medium);
      await tx.append(event);
    }
    await tx.saveIncomingPost(incoming);
    await tx.append(takeInPost(incoming, taken));
    await tx.saveFaxMachine(machine.machine);
    await tx.append(machine.event);
  });
  const [draft, approved, released, faxed] = [
    await carried(server, sender, contact, "draft"),
    await carried(server, sender, contact, "approved"),
    await carried(server, sender, contact, "released"),
    await carried(server, sender, contact, "released", "fax"),
  ];
  return {
    mediumId: stick.medium.id,
    archiveId: archive.medium.id,
    faxMachineId: machine.machine.id,
    incomingPostId: incoming.id,
    carriedDraft: draft.reference,
    carriedApproved: approved.reference,
    carriedReleased: released.reference,
    carriedFax: faxed.reference,
    carriedRecipient: released.recipient,
  };
}

async function carried(
  server: TestServer,
  sender: Member,
  contact: Contact,
  state: TransferState,
  method: Carriage["method"] = "post",
) {
  const reference = newReference(randomBytes);
  const recipient = randomId();
  const at = server.clock.now().toISOString();
  const dispatch = {
    at,
    byId: sender.id,
    tracking: "",
    expected: at.slice(0, 10),
    pages: null,
    handedTo: "",
    identification: "",
    collected: false,
    told: "",
    confirmed: "",
    dialled: "",
  };
  const carriage: Carriage = {
    method,
    fixed: { ...NOTHING_FIXED, items: 1, pages: 2 },
    atDispatch: NOTHING_SEEN,
    codes: { [recipient]: "K7QX-2MPA" },
    dispatch: state === "released" ? dispatch : null,
  };
  const expiresAt = new Date(Date.parse(at) + 14 * 86_400_000).toISOString();
  const party = { kind: "contact", contactId: contact.id } as const;
  await server.records.write(async (tx) => {
    await tx.saveTransfer(sampleTransfer({ reference, state, senderId: sender.id, expiresAt, carriage }));
    await tx.saveRecipient(
      sampleRecipient({ id: recipient, reference, party, state: state === "released" ? "released" : "named" }),
    );
    await tx.append(sampleEvent({ kind: "transfer-described", reference }));
  });
  return { reference, recipient };
}
