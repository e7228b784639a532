import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { connect } from "node:net";
import { after, before, test } from "node:test";
import { concat } from "../../bytes/concat.ts";
import type { SendingView } from "../../domain/wire/sending.ts";
import { generateKeyPair } from "../../seal/keys.ts";
import { addContact, addKey, addMember, foundOrganisation } from "../../testing/organisation.ts";
import { sealTransfer } from "../../testing/sealed-transfer.ts";
import { startServer, type TestServer } from "../../testing/server.ts";
import { type Answer, Visitor } from "../../testing/visitor.ts";

const TUS = { "tus-resumable": "1.0.0" };
const STREAM = "application/offset+octet-stream";
const SIZE = 300_000;
const bytes = new Uint8Array(randomBytes(SIZE));

let server: TestServer;
let browser: Visitor;
let reference: string;
let url: string;

before(async () => {
  server = await startServer({ limits: { bodyBytes: 1_000_000, rateFactor: 100 } });
  await foundOrganisation(server);
  const sender = await addMember(server, "Ada Clerk");
  await addKey(server, sender.id, await generateKeyPair());
  await addContact(server, sender, "Clara Counsel", "clara@chambers.example");
  browser = await new Visitor(server).signIn(sender.id);
});
after(() => server.stop());

async function upload(size = SIZE): Promise<string> {
  const facts = {
    purpose: "A hearing",
    necessity: "Counsel needs it",
    recordCopy: "The case file",
    classification: "OFFICIAL",
    personal: false,
    sensitive: false,
    impact: { individuals: "none", organisation: "none" },
  };
  const recipients = [{ address: "clara@chambers.example" }];
  reference = (await browser.api("POST", "/api/transfers", { facts, recipients })).json<SendingView>().reference;
  const path = `/api/transfers/${reference}`;
  const sealed = await sealTransfer((await browser.get(path)).json<SendingView>(), "a.txt", "a");
  assert.equal((await browser.api("PUT", `${path}/sender-grant`, { grant: sealed.senderGrant })).status, 200);
  const made = await browser.api("POST", `${path}/upload`, { size });
  assert.equal(made.status, 201, made.text);
  url = made.json<{ url: string }>().url;
  return url;
}

async function patch(offset: number | string, part: Uint8Array<ArrayBuffer>, changes = {}): Promise<Answer> {
  const token = await browser.token();
  const headers = { ...TUS, "content-type": STREAM, "upload-offset": String(offset), "x-waybill-token": token };
  return browser.ask("PATCH", url, { ...headers, ...changes }, part);
}

async function head(): Promise<Answer> {
  return browser.ask("HEAD", url, TUS);
}

async function stored(): Promise<Uint8Array> {
  const { uploadId } = (await server.records.read.transfer(reference)) ?? {};
  const parts = [];
  for await (const part of server.parts.blobs.read(uploadId ?? "", 0, SIZE)) parts.push(part);
  return concat(parts);
}

test("parts are taken in order, each answered with the new offset, and give the same bytes", async () => {
  await upload();
  assert.ok(url.startsWith("/api/transfers/"), "a path: no Host header has a say in it");
  for (let at = 0; at < SIZE; at += 100_000) {
    const answer = await patch(at, bytes.slice(at, at + 100_000));
    assert.equal(answer.status, 204);
    assert.equal(answer.headers.get("upload-offset"), String(at + 100_000));
    assert.equal(answer.headers.get("tus-resumable"), "1.0.0");
  }
  const asked = await head();
  assert.equal(asked.status, 200);
  assert.equal(asked.headers.get("upload-offset"), String(SIZE));
  assert.equal(asked.headers.get("upload-length"), String(SIZE));
  assert.equal(asked.headers.get("cache-control"), "no-store");
  assert.deepEqual(await stored(), bytes);
  assert.equal((await patch(SIZE, bytes.slice(0, 1))).status, 413);
});

test("an offset that is not what is durably there is 409, and nothing is stored", async () => {
  await upload();
  await patch(0, bytes.slice(0, 1000));
  for (const offset of [0, 999, 1001, SIZE - 1]) {
    const answer = await patch(offset, bytes.slice(0, 1));
    assert.equal(answer.status, 409, String(offset));
    assert.equal(answer.headers.get("tus-resumable"), "1.0.0");
  }
  for (const offset of ["-1", "12abc", "1e3", "", "9".repeat(20)]) {
    assert.equal((await patch(offset, bytes.slice(0, 1))).status, 400, offset);
  }
  assert.equal((await head()).headers.get("upload-offset"), "1000");
});

test("more bytes than were agreed are 413, and none of them is stored", async () => {
  await upload();
  assert.equal((await patch(0, new Uint8Array(SIZE + 1))).status, 413);
  assert.equal((await head()).headers.get("upload-offset"), "0");
});

test("another version, another content type and an unknown upload are refused as tus says", async () => {
  await upload();
  const version = await patch(0, bytes.slice(0, 1), { "tus-resumable": "0.2.2" });
  assert.equal(version.status, 412);
  assert.equal(version.headers.get("tus-version"), "1.0.0");
  assert.equal((await browser.ask("HEAD", url)).status, 412);
  assert.equal((await patch(0, bytes.slice(0, 1), { "content-type": "application/octet-stream" })).status, 415);
  url = `${url.slice(0, -22)}${"A".repeat(22)}`;
  assert.equal((await head()).status, 404);
  assert.equal((await patch(0, bytes.slice(0, 1))).status, 404);
});

test("the upload of another transfer is not there under one's own", async () => {
  const theirs = url.split("/").at(-1) ?? "";
  await upload();
  const other = (await server.records.read.transfer(reference))?.uploadId ?? "";
  await upload();
  for (const id of [other, theirs]) {
    url = `/api/transfers/${reference}/upload/${id}`;
    assert.equal((await head()).status, 404);
    assert.equal((await patch(0, bytes.slice(0, 1))).status, 404);
  }
  assert.equal((await server.parts.blobs.stat(other))?.length, 0);
});

test("without the page's forgery token a part is refused", async () => {
  await upload();
  const answer = await patch(0, bytes.slice(0, 1), { "x-waybill-token": "wrong" });
  assert.equal(answer.status, 403);
  assert.equal((await head()).headers.get("upload-offset"), "0");
});

interface SlowPatch {
  send(part: Uint8Array): void;
  cut(): void;
}

/** A PATCH over a bare connection that announces everything and has sent `part` of it; it is being stored on return. */
async function slowPatch(part: Uint8Array): Promise<SlowPatch> {
  const { port } = new URL(server.url);
  const headers = { ...TUS, "content-type": STREAM, "upload-offset": "0", "content-length": String(SIZE) };
  const all = { host: "x", cookie: browser.cookies(), "x-waybill-token": await browser.token(), ...headers };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  for (;;) {
    let answered = false;
    const socket = connect(Number(port), "localhost");
    socket
      .on("error", () => undefined)
      .on("data", () => {
        answered = true;
      });
    socket.write(`PATCH ${url} HTTP/1.1\r\n${lines.join("")}\r\n`);
    socket.write(part);
    while (!answered) {
      if (await isBeingStored()) return { send: (more) => void socket.write(more), cut: () => void socket.destroy() };
    }
    socket.destroy(); // it met one of the questions, and was refused as the second of two
  }
}

/** Whether another connection's part is being stored. Offset 5 is never right, so that asking stores nothing. */
async function isBeingStored(): Promise<boolean> {
  return /still being stored/.test((await patch(5, bytes.slice(0, 1))).text);
}

/** Asks again until it holds: for what happens on another connection without an answer. */
async function eventually(holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  assert.fail("It never came to hold.");
}

test("what arrived before the connection broke is kept, and the upload goes on from there", async () => {
  await upload();
  const slow = await slowPatch(bytes.slice(0, 150_000));
  await eventually(async () => {
    slow.cut();
    return Number((await head()).headers.get("upload-offset")) > 0;
  });
  const at = Number((await head()).headers.get("upload-offset"));
  assert.ok(at <= 150_000);
  await eventually(async () => (await patch(at, bytes.slice(at))).status === 204);
  assert.deepEqual(await stored(), bytes);
});

test("of two parts at once one is refused", async () => {
  await upload();
  const slow = await slowPatch(bytes.slice(0, 1000));
  assert.equal((await patch(0, bytes)).status, 409);
  slow.send(bytes.slice(1000));
  await eventually(async () => (await head()).headers.get("upload-offset") === String(SIZE));
  assert.deepEqual(await stored(), bytes);
  slow.cut();
});

test("a new sender's grant ends the upload that was begun under the old one", async () => {
  await upload();
  await patch(0, bytes.slice(0, 1000));
  const { uploadId } = (await server.records.read.transfer(reference)) ?? {};
  const path = `/api/transfers/${reference}`;
  const sealed = await sealTransfer((await browser.get(path)).json<SendingView>(), "b.txt", "b");
  assert.equal((await browser.api("PUT", `${path}/sender-grant`, { grant: sealed.senderGrant })).status, 200);
  assert.equal((await head()).status, 404);
  assert.equal((await patch(1000, bytes.slice(1000))).status, 404);
  assert.equal(await server.parts.blobs.stat(uploadId ?? ""), null);
});

test("a body over this server's limit is refused before anything is stored", async () => {
  await upload();
  const path = `/api/transfers/${reference}`;
  const sealed = await sealTransfer((await browser.get(path)).json<SendingView>(), "b.txt", "b");
  await browser.api("PUT", `${path}/sender-grant`, { grant: sealed.senderGrant });
  assert.equal((await browser.api("POST", `${path}/upload`, { size: 1_000_001 })).status, 413);
  for (const size of [0, -1, 1.5, 2 ** 60])
    assert.equal((await browser.api("POST", `${path}/upload`, { size })).status, 400);
  assert.equal((await server.records.read.transfer(reference))?.uploadId, null);
});
