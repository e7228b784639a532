import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Contact } from "../../../domain/contact.ts";
import { addContact, addMember, foundOrganisation } from "../../../testing/organisation.ts";
import { startServer, type TestServer } from "../../../testing/server.ts";
import { matchRecipients } from "../../drafts/match-recipients.ts";
import { peopleOf } from "./people.ts";

let server: TestServer;
before(async () => {
  server = await startServer();
});
after(() => server.stop());

test("OXM-8: whoever is told by a number, and has none that was checked, is warned of, also where a call is no use", async () => {
  const organisation = await foundOrganisation(server);
  const ada = await addMember(server, "Ada Clerk");
  const { read } = server.records;
  const warnsOf = async (changes: Partial<Contact>) => {
    const address = `${crypto.randomUUID()}@texts.example`;
    await addContact(server, ada, "Nest Deaf", address, {
      phones: [{ kind: "telephone", number: "+447700900456", verified: null }],
      ...changes,
    });
    const { matched } = await matchRecipients(read, [address]);
    const [person] = await peopleOf(read, organisation, matched);
    return person?.warnings.some(({ kind }) => kind === "no-checked-number");
  };
  const verified = { how: "From their letterhead", byMemberId: ada.id, at: "2026-11-02T09:00:00.000Z" };
  assert.equal(await warnsOf({ preferred: "sms", impossible: ["phone"] }), true);
  assert.equal(await warnsOf({ preferred: "relay-uk", impossible: ["phone"], phones: [] }), true);
  assert.equal(await warnsOf({ preferred: "phone" }), true);
  assert.equal(await warnsOf({ preferred: "teams", impossible: ["phone"] }), false);
  assert.equal(
    await warnsOf({ preferred: "sms", phones: [{ kind: "telephone", number: "+447700900456", verified }] }),
    false,
  );
});
