import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { randomBytes } from "../../../bytes/random.ts";
import type { Member } from "../../../domain/member.ts";
import { verifierKey } from "../../../log/keys.ts";
import { addMember, foundOrganisation } from "../../../testing/organisation.ts";
import { startServer, type TestServer } from "../../../testing/server.ts";
import { Visitor } from "../../../testing/visitor.ts";

const WITNESS = verifierKey("w.example", "cosignature", randomBytes(32));
const operation = { sendsMail: true, free: 1e12 };
let server: TestServer;
let ada: Member;
before(async () => {
  server = await startServer({
    witnesses: [{ key: WITNESS, url: "http://localhost:9" }],
    operation: {
      get sendsMail() {
        return operation.sendsMail;
      },
      sendsTexts: false,
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

test("SIS-37: what is wrong with the log, and a witness that keeps silent, stand on the health page", async () => {
  operation.sendsMail = true;
  const now = server.clock.now();
  const later = new Date(now.getTime() + 3_600_000);
  const { ephemera } = server.parts;
  await ephemera.put("log", "check", { owner: "check", at: now.toISOString(), says: "Event 17 is missing." }, later);
  const silent = { owner: WITNESS.name, at: now.toISOString(), says: "It cannot be reached." };
  await ephemera.put("log", `silent ${WITNESS.name}`, silent, later);
  assert.match(await page("/health"), /The log is not what it was[\s\S]*Event 17 is missing\./);
  assert.doesNotMatch(await page("/health"), /does not vouch/, "it may answer yet");
  server.clock.advance(11 * 60_000);
  assert.match(await page("/health"), /The witness w\.example does not vouch for the log[\s\S]*cannot be reached/);
  const refuses = { owner: WITNESS.name, at: now.toISOString(), says: "It has seen a longer log." };
  await ephemera.put("log", `witness ${WITNESS.name}`, refuses, later);
  assert.match(await page("/"), /The log is not what it was[\s\S]*as its witness w\.example says/);
  const anybody = (await new Visitor(server).get("/log")).text;
  assert.match(anybody, /A check by [^<]* itself found[\s\S]*refuses to vouch for this log since/);
  assert.doesNotMatch(anybody, /Event 17|longer log/, "how it was found is for administrators");
  await ephemera.remove("log", `witness ${WITNESS.name}`);
  await ephemera.remove("log", "check");
  await ephemera.remove("log", `silent ${WITNESS.name}`);
  assert.doesNotMatch(await page("/health"), /The log is not|does not vouch/);
  assert.doesNotMatch(await page("/"), /The log is not/);
  assert.doesNotMatch((await new Visitor(server).get("/log")).text, /refuses|A check by/);
});

test("SIS-37: a live feed that stands still stands on the health page, with how much waits, until it goes on", async () => {
  const feed = {
    kind: "syslog",
    address: "tls://siem.example:6514",
    host: "siem.example",
    port: 6514,
    encrypted: true,
  } as const;
  const watched = await startServer({ feed });
  try {
    await foundOrganisation(watched);
    const admin = await addMember(watched, "Ada", { roles: ["administrator"] });
    const health = async () => (await (await new Visitor(watched).signIn(admin.id)).get("/health")).text;
    const now = watched.clock.now();
    const until = now.toISOString();
    await watched.parts.feed.positions.move(feed.address, { seq: 1, at: until });
    const silent = { owner: feed.address, at: until, says: "It cannot be reached.", failures: 1, until };
    await watched.parts.ephemera.put("feed", feed.address, silent, new Date(now.getTime() + 3_600_000));
    assert.doesNotMatch(await health(), /stands still/, "it may take them yet");
    watched.clock.advance(11 * 60_000);
    assert.match(
      await health(),
      /The live feed to tls:\/\/siem\.example:6514 stands still\. 1 event waits[\s\S]*cannot be reached/,
    );
    await watched.parts.ephemera.remove("feed", feed.address);
    assert.doesNotMatch(await health(), /stands still/);
  } finally {
    await watched.stop();
  }
});

test("only an administrator sees the health page", async () => {
  const plain = await addMember(server, "Plain");
  assert.equal((await (await new Visitor(server).signIn(plain.id)).get("/health")).status, 403);
});
