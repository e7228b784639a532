import assert from "node:assert/strict";
import { utf8 } from "../bytes/text.ts";
import { iso } from "../domain/clock.ts";
import type { Contact } from "../domain/contact.ts";
import type { EventKind } from "../domain/event.ts";
import { recall } from "../domain/lifecycle/transfer-arrows.ts";
import type { Member } from "../domain/member.ts";
import type { QueuedMessage } from "../domain/outbox.ts";
import type { Recipient } from "../domain/transfer.ts";
import { carryOut } from "../server/carry-out.ts";
import { addContact, addMember, foundOrganisation } from "./organisation.ts";
import { type ReleasedTo, type ReleasedTransfer, releaseTransfer } from "./released-transfer.ts";
import { startServer, type TestServer } from "./server.ts";

/** A transfer that waits for whoever it is to; `id`, `link` and `token` are its first recipient's. */
export interface Sent extends ReleasedTransfer {
  readonly id: string;
  /** The path of their pages. */
  readonly link: string;
  readonly token: string;
}

/** A council that sends to people outside, for what is on recipients' pages. */
export interface ReceivingDesk {
  readonly server: TestServer;
  readonly sender: Member;
  /** Reached by phone, in English. */
  readonly clerk: Contact;
  /** Reads Welsh, and cannot be rung. */
  readonly welsh: Contact;
  sent(...to: readonly ReleasedTo[]): Promise<Sent>;
  row(id: string): Promise<Recipient>;
  eventsOf(reference: string): Promise<readonly EventKind[]>;
  mailAbout(to: string, reference: string): Promise<readonly QueuedMessage[]>;
  /** The last code that was mailed to them about it. */
  codeFor(address: string, reference: string): Promise<string>;
  takeBack(reference: string): Promise<void>;
  stop(): Promise<void>;
}

export async function openReceivingDesk(): Promise<ReceivingDesk> {
  const server = await startServer({ limits: { rateFactor: 1000 } });
  await foundOrganisation(server);
  const sender = await addMember(server, "Ada Clerk");
  const clerk = await addContact(server, sender, "Olu Adeyemi", "olu@chambers.example");
  const welsh = await addContact(server, sender, "Rhys Morgan", "rhys@chambers.example", {
    language: "cy",
    preferred: "phone",
    impossible: ["phone"],
  });
  const { read } = server.records;
  const mailAbout = async (to: string, reference: string) =>
    (await server.mail(to)).filter((each) => each.reference === reference);
  return {
    ...{ server, sender, clerk, welsh, mailAbout, stop: () => server.stop() },
    async sent(...to) {
      const transfer = await releaseTransfer(server, sender, to, utf8("Papers"));
      const [recipient] = transfer.recipients;
      assert.ok(recipient);
      return { ...transfer, id: recipient.id, link: `/r/${recipient.id}`, token: recipient.token };
    },
    row: async (id) => (await read.recipient(id)) ?? assert.fail("There is no such recipient."),
    eventsOf: async (reference) => (await read.eventsOf(reference)).map(({ kind }) => kind),
    async codeFor(address, reference) {
      const codes = (await mailAbout(address, reference)).map(({ text }) => /\b(\d{4} \d{4})\b/.exec(text)?.[1]);
      return codes.findLast((each) => each !== undefined) ?? assert.fail("No code was mailed.");
    },
    async takeBack(reference) {
      const transfer = (await read.transfer(reference)) ?? assert.fail("There is no such transfer.");
      const rows = await read.recipients(reference);
      const taken = { at: iso(server.clock.now()), by: { kind: "member", id: sender.id } } as const;
      await server.records.write((tx) => carryOut(tx, recall(transfer, rows, taken)));
    },
  };
}
