import assert from "node:assert/strict";
import { createHmac, randomBytes } from "node:crypto";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, suite, test } from "node:test";
import { parseFeedReceiver } from "../../domain/feed-receiver.ts";
import { signerOf } from "../../log/keys.ts";
import { createLogKeeper } from "../../log/log-keeper.ts";
import { openStore, type Store } from "../../store/open-store.ts";
import { listenSyslog, listenWebhook } from "../../testing/feed-listener.ts";
import { LOCALHOST } from "../../testing/localhost-certificate.ts";
import { sampleContact, sampleEvent, sampleMember, sampleRecipient, sampleTransfer } from "../../testing/samples.ts";
import { temporaryFolder } from "../../testing/temporary-store.ts";
import type { JobParts } from "../parts.ts";
import { feedEvents } from "./feed-events.ts";
import { makeFeed } from "./make-feed.ts";

const NOW = new Date("2026-11-21T10:00:00.000Z");
const later = (seconds: number) => new Date(NOW.getTime() + seconds * 1000);
const SECRET = "s".repeat(32);
const ORIGIN = "https://waybill.example.gov.uk";
const dbKey = randomBytes(32);

let folder: string;
let store: Store;
let lines: string[];
before(async () => {
  folder = await temporaryFolder();
  await writeFile(join(folder, "secret"), `${SECRET}\n`);
  await writeFile(join(folder, "ca.pem"), LOCALHOST.cert);
});
after(() => rm(folder, { recursive: true }));

/** A store of its own with so many events; `reopen` is what a restart does. */
async function withStore(events: number, act: (reopen: () => Promise<void>) => Promise<void>): Promise<void> {
  const file = join(folder, `${randomBytes(8).toString("hex")}.db`);
  lines = [];
  store = await openStore({ file, key: dbKey });
  if (events > 0) await append(events);
  try {
    await act(async () => {
      await store.close();
      store = await openStore({ file, key: dbKey });
    });
  } finally {
    await store.close();
  }
}

async function append(events: number): Promise<void> {
  await store.records.write(async (tx) => {
    for (let n = 0; n < events; n++) await tx.append(sampleEvent());
  });
}

async function run(address: string, now = NOW): Promise<number> {
  const receiver = parseFeedReceiver(address) ?? assert.fail("no receiver");
  const webhook = receiver.kind === "webhook";
  const secretFile = webhook ? join(folder, "secret") : "";
  const feed = makeFeed({
    receiver,
    secretFile,
    trustedFile: address.startsWith("tcp:") ? "" : join(folder, "ca.pem"),
  });
  const signer = await signerOf("council.example/log", "note", new Uint8Array(32));
  const parts: Pick<JobParts, "log" | "ephemera" | "logTo" | "feed"> = {
    ephemera: store.ephemera,
    log: { stored: store.log, keeper: createLogKeeper(store.log, signer), witnesses: [] },
    logTo: { write: (line) => void lines.push(line) },
    feed: { ...feed, positions: store.feed, origin: ORIGIN },
  };
  return feedEvents(parts, now);
}

const seqsOf = (messages: readonly string[]) =>
  messages.map((message) => (JSON.parse(message.slice(message.indexOf("{"))) as { seq: number }).seq);
const upTo = (last: number, first = 1) => Array.from({ length: last - first + 1 }, (_, at) => first + at);

suite("The live feed", () => {
  for (const encrypted of [false, true]) {
    test(`SIS-37: every event comes once and in order by syslog over ${encrypted ? "TLS" : "TCP"}, with octet counting`, () =>
      withStore(450, async () => {
        const listener = await listenSyslog({ encrypted });
        const address = `${encrypted ? "tls" : "tcp"}://localhost:${listener.port}`;
        assert.deepEqual([await run(address), await run(address)], [450, 0]);
        await append(2);
        assert.equal(await run(address), 2);
        assert.deepEqual(seqsOf(listener.messages), upTo(452));
        const [first = ""] = listener.messages;
        assert.match(
          first,
          /^<110>1 2026-11-21T10:00:00\.000Z waybill\.example\.gov\.uk waybill - member-changed - \{"seq":1,/,
        );
        await listener.stop();
      }));
  }

  test("SIS-37: a webhook's posts are signed over their time and body, as the documentation says", () =>
    withStore(3, async () => {
      const listener = await listenWebhook({});
      assert.equal(await run(`https://localhost:${listener.port}/siem`), 3);
      const [post] = listener.posts;
      const { headers, body } = post ?? assert.fail("nothing came");
      const expected = createHmac("sha256", SECRET).update(`${headers["waybill-timestamp"]}.${body}`).digest("hex");
      assert.equal(headers["waybill-signature"], `v1=${expected}`);
      assert.equal(headers["waybill-timestamp"], String(NOW.getTime() / 1000));
      const { version, origin, events } = JSON.parse(body);
      assert.deepEqual([version, origin, events.map(({ seq }: { seq: number }) => seq)], [1, ORIGIN, [1, 2, 3]]);
      const [entry] = await store.log.entries(0, 1);
      assert.equal(events[0].entry, Buffer.from(entry ?? []).toString("base64"));
      await listener.stop();
    }));

  test("SIS-37: while nobody listens everything waits, also through a restart, and is sent when somebody does", () =>
    withStore(5, async (reopen) => {
      const gone = await listenSyslog({ encrypted: false });
      const address = `tcp://localhost:${gone.port}`;
      assert.equal(await run(address), 5);
      await gone.stop();
      await append(3);
      assert.equal(await run(address, later(10)), 0);
      assert.match(lines.join(""), /"level":40.*cannot be reached/);
      await reopen();
      const back = await listenSyslog({ encrypted: false, port: gone.port });
      assert.equal(await run(address, later(11)), 0, "it waits before it tries again");
      assert.equal(await run(address, later(12)), 3);
      assert.deepEqual(seqsOf([...gone.messages, ...back.messages]), upTo(8));
      assert.equal(await store.ephemera.get("feed", address, later(12)), null);
      await back.stop();
    }));

  test("waits double up to five minutes, and a refusal is on the log of the server once", () =>
    withStore(1, async () => {
      const gone = await listenSyslog({ encrypted: false });
      await gone.stop();
      const address = `tcp://localhost:${gone.port}`;
      let at = 0;
      const waits: number[] = [];
      for (let n = 0; n < 10; n++) {
        await run(address, later(at));
        const state = await store.ephemera.get("feed", address, later(at));
        const wait = (Date.parse(String(state?.until)) - later(at).getTime()) / 1000;
        waits.push(wait);
        at += wait;
      }
      assert.deepEqual(waits, [2, 4, 8, 16, 32, 64, 128, 256, 300, 300]);
      assert.equal(lines.length, 1);
    }));

  test("what a receiver cut off comes again whole: nothing is lost or skipped, and a number says what came twice", () =>
    withStore(300, async () => {
      const failing = await listenSyslog({ encrypted: false, cutAfter: 5000 });
      const address = `tcp://localhost:${failing.port}`;
      assert.equal(await run(address), 0);
      assert.equal(await store.feed.position(address), null);
      await failing.stop();
      const sound = await listenSyslog({ encrypted: false, port: failing.port });
      assert.equal(await run(address, later(10)), 300);
      assert.deepEqual(seqsOf(sound.messages), upTo(300));
      await sound.stop();
    }));

  test("a webhook that answers with an error or a redirect has taken nothing", () =>
    withStore(2, async () => {
      const listener = await listenWebhook({ status: [500, 302, 200] });
      const address = `https://localhost:${listener.port}/`;
      assert.deepEqual([await run(address), await run(address, later(5)), await run(address, later(50))], [0, 0, 2]);
      assert.deepEqual(new Set(listener.posts.map(({ body }) => body)).size, 1);
      await listener.stop();
    }));

  test("a receiver that nobody vouches for gets nothing", () =>
    withStore(1, async () => {
      const listener = await listenSyslog({ encrypted: true });
      const receiver = parseFeedReceiver(`tls://localhost:${listener.port}`) ?? assert.fail();
      const feed = makeFeed({ receiver, secretFile: "", trustedFile: "" });
      await assert.rejects(feed.send([], ORIGIN, NOW), { code: "feed-refused", message: /self-signed/ });
      assert.deepEqual(listener.messages, []);
      await listener.stop();
    }));

  test("SIS-37: no name, address, number of a link, or anything that somebody typed is in it", () =>
    withStore(0, async () => {
      const reference = "WB-0000-0000";
      await store.records.write(async (tx) => {
        await tx.saveMember(sampleMember({ id: "amina" }));
        await tx.saveContact(sampleContact());
        await tx.saveTransfer(sampleTransfer({ reference }));
        await tx.saveRecipient(sampleRecipient({ id: "number-in-link", reference }));
        const about = { reference, recipientId: "number-in-link" } as const;
        const recipient = { kind: "recipient", id: "number-in-link" } as const;
        await tx.append(
          sampleEvent({
            kind: "problem-reported",
            ...about,
            actor: recipient,
            detail: { kind: "missing", text: "private words", reader: "Zoë" },
          }),
        );
        await tx.append(
          sampleEvent({
            kind: "records-searched",
            actor: { kind: "member", id: "amina" },
            detail: { person: "rhys@chambers.example", state: "a b" },
          }),
        );
      });
      const listener = await listenWebhook({});
      await run(`https://localhost:${listener.port}/`);
      const body = listener.posts[0]?.body ?? "";
      assert.doesNotMatch(body, /number-in-link|private|Zoë|rhys|chambers|Amina|a b/);
      const { events } = JSON.parse(body);
      assert.deepEqual(events[0].detail, { kind: "missing" });
      assert.deepEqual(
        [events[0].reference, events[0].actor, events[0].recipient.length],
        [reference, { kind: "recipient" }, 32],
      );
      assert.deepEqual([events[1].actor, events[1].detail], [{ kind: "member", id: "amina" }, {}]);
      await listener.stop();
    }));
});

test("settings of the feed that are wrong, or set for nothing, are refused before anything starts", async () => {
  for (const text of [
    "siem.example:514",
    "udp://a:1",
    "tls://a",
    "tcp://a:1/x",
    "http://a.example/",
    "https://u:p@a.example/",
  ]) {
    assert.throws(() => parseFeedReceiver(text), /must be tls:/, text);
  }
  assert.equal(parseFeedReceiver(""), null);
  await writeFile(join(folder, "short"), "abc\n");
  const file = (name: string) => join(folder, name);
  const cases = [
    ["https://a.example/", "", "", /name a file with a secret/],
    ["https://a.example/", file("short"), "", /has 3 bytes/],
    ["https://a.example/", file("none"), "", /cannot be read/],
    ["tls://a:1", file("secret"), "", /syslog is not signed/],
    ["tcp://a:1", "", file("ca.pem"), /is not encrypted/],
    ["tls://a:1", "", file("secret"), /no certificate/],
  ] as const;
  for (const [address, secretFile, trustedFile, message] of cases) {
    const receiver = parseFeedReceiver(address) ?? assert.fail();
    assert.throws(() => makeFeed({ receiver, secretFile, trustedFile }), { code: "bad-feed", message });
  }
});
