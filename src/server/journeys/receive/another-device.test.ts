import assert from "node:assert/strict";
import { test } from "node:test";
import { generateKeyPair } from "../../../seal/keys.ts";
import { addMember, foundOrganisation } from "../../../testing/organisation.ts";
import { releaseTransfer } from "../../../testing/released-transfer.ts";
import { startServer } from "../../../testing/server.ts";
import { Visitor } from "../../../testing/visitor.ts";

test("a member, who signs in on any device, is not offered a code for another one", async () => {
  const server = await startServer();
  try {
    await foundOrganisation(server);
    const sender = await addMember(server, "Ada Clerk");
    const mia = await addMember(server, "Mia Member");
    const keys = await generateKeyPair();
    const { recipients } = await releaseTransfer(server, sender, [{ member: mia, keys }], new Uint8Array(1));
    const path = `/r/${recipients[0]?.id}`;
    const page = await (await new Visitor(server).signIn(mia.id)).get(`${path}/open`);
    assert.equal(page.status, 200, page.text);
    assert.ok(page.text.includes(`${path}/problem`));
    assert.ok(!page.text.includes(`${path}/device`));
  } finally {
    await server.stop();
  }
});
