import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Recipient, Transfer } from "../../domain/transfer.ts";
import { addContact, addMember, foundOrganisation } from "../../testing/organisation.ts";
import { releaseTransfer } from "../../testing/released-transfer.ts";
import { startServer, type TestServer } from "../../testing/server.ts";
import { waybillIsCurrent } from "./waybill-is-current.ts";

let server: TestServer;
let transfer: Transfer;
let recipients: readonly Recipient[];
const named = { medium: null, fax: null, places: [] };
before(async () => {
  server = await startServer();
  await foundOrganisation(server);
  const sender = await addMember(server, "Ada Clerk");
  const to = await Promise.all(
    ["olu", "rhys"].map(async (name) => ({
      contact: await addContact(server, sender, name, `${name}@chambers.example`),
    })),
  );
  const { reference } = await releaseTransfer(server, sender, to, new Uint8Array(1));
  transfer = (await server.records.read.transfer(reference)) ?? assert.fail();
  recipients = await server.records.read.recipients(reference);
});
after(() => server.stop());

const changed = (at: number, changes: Partial<Recipient>) =>
  recipients.map((each, index) => (index === at ? { ...each, ...changes } : each));

test("SIS-23: what is as it was signed is released, and after a recipient was dropped too", async () => {
  await waybillIsCurrent({ transfer, recipients, named });
  await waybillIsCurrent({ transfer, recipients: changed(0, { state: "dropped", grant: null }), named });
});

test("SIS-23: another address, token or access than was signed is not released, nor accesses that changed places", async () => {
  const [first, second] = recipients;
  assert.ok(first?.grant && second?.grant);
  const altered = `${first.grant.slice(0, 100)}${first.grant[100] === "A" ? "B" : "A"}${first.grant.slice(101)}`;
  for (const [what, others, code = "changed"] of [
    ["address", changed(0, { address: "olu@chambers.exmaple" })],
    ["token", changed(0, { tokenHash: "00".repeat(32) })],
    ["access", changed(0, { grant: altered })],
    ["no access", changed(0, { grant: null }), "incomplete"],
    [
      "places",
      [
        { ...first, grant: second.grant },
        { ...second, grant: first.grant },
      ],
    ],
    ["one more", [...recipients, { ...first, id: "another" }]],
  ] as const) {
    await assert.rejects(waybillIsCurrent({ transfer, recipients: others, named }), { code }, what);
  }
});
