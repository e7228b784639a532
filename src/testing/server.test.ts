import assert from "node:assert/strict";
import { test } from "node:test";
import { addMember, foundOrganisation } from "./organisation.ts";
import { startServer } from "./server.ts";
import { Visitor } from "./visitor.ts";

test("a signed-in visitor of the test server sees a member's page, a stranger is sent to sign in", async () => {
  const server = await startServer();
  try {
    await foundOrganisation(server);
    const member = await addMember(server, "Ada Clerk");
    const signedIn = await (await new Visitor(server).signIn(member.id)).get("/");
    assert.equal(signedIn.status, 200);
    assert.match(signedIn.text, /Ada Clerk/);
    const stranger = await new Visitor(server).get("/");
    assert.equal(stranger.headers.get("location"), "/sign-in");
  } finally {
    await server.stop();
  }
});
