import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Member } from "../../../domain/member.ts";
import { addMember, foundOrganisation } from "../../../testing/organisation.ts";
import { startServer, type TestServer } from "../../../testing/server.ts";
import { Visitor } from "../../../testing/visitor.ts";

const operation = { sendsMail: true, free: 1e12 };
let server: TestServer;
let ada: Member;
before(async () => {
  server = await startServer({
    operation: {
      get sendsMail() {
        return operation.sendsMail;
      },
      freeBytes: async () => operation.free,
    },
  });
  await foundOrganisation(server);
  ada = await addMember(server, "Ada Admin", { roles: ["administrator"] });
});
after(() => server.stop());

const page = async (path: string) => (await (await new Visitor(server).signIn(ada.id)).get(path)).text;

test("the health page says in words that nothing is wrong, or what is: mail, disk", async () => {
  assert.match(await page("/health"), /Nothing is wrong/);
  operation.free = 5e6;
  assert.match(await page("/health"), /has 5 MB left: less than the largest package/);
  operation.free = 1e12;
  const visitor = await new Visitor(server).signIn(ada.id);
  await visitor.form("/people/invite", { name: "Bo", address: "bo@council.example" });
  assert.match(await page("/health"), /Nothing is wrong/, "mail that has just been written is not late");
  const leased = await server.parts.outbox.lease(server.clock.now(), 1000);
  await server.parts.outbox.failed(leased?.id ?? "", "Connection refused", new Date(Date.now() + 1e12));
  server.clock.advance(20 * 60_000);
  assert.match(await page("/health"), /Mail does not go out. 1 message waits[\s\S]*Connection refused/);
});

test("without a mail server the health page and the page that invites say that nothing is sent", async () => {
  assert.doesNotMatch(await page("/people/invite"), /No mail server/);
  operation.sendsMail = false;
  assert.match(await page("/health"), /No mail server is set up/);
  assert.match(await page("/people/invite"), /No mail server is set up/);
  assert.match(await page("/people"), /href="\/health"/);
});

test("only an administrator sees the health page", async () => {
  const plain = await addMember(server, "Plain");
  assert.equal((await (await new Visitor(server).signIn(plain.id)).get("/health")).status, 403);
});
