import assert from "node:assert/strict";
import { utf8 } from "../bytes/text.ts";
import { iso } from "../domain/clock.ts";
import type { Contact } from "../domain/contact.ts";
import type { EventKind } from "../domain/event.ts";
import { arrive } from "../domain/lifecycle/recipient-arrows.ts";
import type { Step, Taken } from "../domain/lifecycle/step.ts";
import type { Member } from "../domain/member.ts";
import type { Recipient, Transfer } from "../domain/transfer.ts";
import { generateKeyPair } from "../seal/keys.ts";
import { carryOut } from "../server/carry-out.ts";
import { addContact, addKey, addMember, foundOrganisation } from "./organisation.ts";
import { type ReleasedTransfer, releaseTransfer } from "./released-transfer.ts";
import { startServer, type TestServer } from "./server.ts";
import { Visitor } from "./visitor.ts";

/** What a recipient does. */
export type Arrow = (transfer: Transfer, recipient: Recipient, taken: Taken) => Step;

/** A sender who follows what was released, for what is on the sender's pages. */
export interface FollowingDesk {
  readonly server: TestServer;
  readonly sender: Member;
  /** Tells the words in the sender's place. */
  readonly standIn: Member;
  /** Has two numbers, of which one is checked. */
  readonly clara: Contact;
  /** Cannot be rung; reads Welsh. */
  readonly deaf: Contact;
  /** The sender's, signed in. */
  readonly browser: Visitor;
  /** Sent to Clara unless said. */
  released(to?: readonly Contact[]): Promise<ReleasedTransfer>;
  /** Its first recipient takes these arrows, one after another. */
  take(transfer: ReleasedTransfer, ...arrows: readonly Arrow[]): Promise<void>;
  kindsOf(transfer: ReleasedTransfer): Promise<readonly EventKind[]>;
  /** The page on which the six words are told to its first recipient. */
  wordsOf(transfer: ReleasedTransfer): string;
  stop(): Promise<void>;
}

/** Arrival is confirmed. */
export const arrived: Arrow = (transfer, recipient, taken) =>
  arrive(transfer, recipient, { publicKey: "key", reader: "" }, null, taken);

export async function openFollowingDesk(): Promise<FollowingDesk> {
  const server = await startServer({ limits: { rateFactor: 100 } });
  await foundOrganisation(server);
  const sender = await addMember(server, "Ada Clerk");
  const standIn = await addMember(server, "Ben Other");
  await addKey(server, sender.id, await generateKeyPair());
  const verified = { how: "From their letterhead", byMemberId: sender.id, at: "2026-11-02T09:00:00.000Z" };
  const clara = await addContact(server, sender, "Clara Counsel", "clara@chambers.example", {
    phones: [
      { kind: "telephone", number: "+442079460142", verified },
      { kind: "telephone", number: "+442079460177", verified: null },
    ],
  });
  const deaf = await addContact(server, sender, "Dewi Davies", "dewi@siambrau.example", {
    preferred: "relay-uk",
    language: "cy",
    organisation: "",
    phones: [{ kind: "telephone", number: "+441134960042", verified }],
    impossible: ["phone"],
  });
  const browser = await new Visitor(server).signIn(sender.id);
  return {
    ...{ server, sender, standIn, clara, deaf, browser, stop: () => server.stop() },
    released(to = [clara]) {
      const recipients = to.map((contact) => ({ contact }));
      return releaseTransfer(server, sender, recipients, utf8("Witness statement"), { standInId: standIn.id });
    },
    async take({ reference, recipients }, ...arrows) {
      const id = recipients[0]?.id ?? "";
      for (const arrow of arrows) {
        await server.records.write(async (tx) => {
          const [transfer, recipient] = [await tx.transfer(reference), await tx.recipient(id)];
          assert.ok(transfer && recipient);
          await carryOut(
            tx,
            arrow(transfer, recipient, { at: iso(server.clock.now()), by: { kind: "recipient", id } }),
          );
        });
      }
    },
    kindsOf: async ({ reference }) => (await server.records.read.eventsOf(reference)).map(({ kind }) => kind),
    wordsOf: ({ reference, recipients }) => `/transfers/${reference}/words/${recipients[0]?.id}`,
  };
}
