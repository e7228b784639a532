import assert from "node:assert/strict";
import { once } from "node:events";
import { rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import type { SendingView } from "../../src/domain/wire/sending.ts";
import { generateKeyPair } from "../../src/seal/keys.ts";
import { addContact, addKey, addMember, foundOrganisation } from "../../src/testing/organisation.ts";
import { sampleFacts } from "../../src/testing/samples.ts";
import { sealTransfer } from "../../src/testing/sealed-transfer.ts";
import { startServer } from "../../src/testing/server.ts";
import { Visitor } from "../../src/testing/visitor.ts";
import { all, pattern } from "../contract/blobs-contract.ts";

/**
 * Runs a server on a small file system, which is the argument, and fills it during an upload: throws where it does not say so at
 * once, or does not go on when there is room.
 */
const [folder = ""] = process.argv.slice(2);
process.env.TMPDIR = folder; // the server's own folder is made there
const TUS = { "tus-resumable": "1.0.0" };
const content = Buffer.concat(Array.from({ length: 24 }, () => pattern(1_000_000)));
const facts = sampleFacts();

const server = await startServer();
await foundOrganisation(server);
const sender = await addMember(server, "Ada Clerk");
await addKey(server, sender.id, await generateKeyPair());
await addContact(server, sender, "Clara Counsel", "clara@chambers.example");
const browser = await new Visitor(server).signIn(sender.id);
const draft = { facts, recipients: [{ address: "clara@chambers.example" }] };
const { reference } = (await browser.api("POST", "/api/transfers", draft)).json<SendingView>();
const path = `/api/transfers/${reference}`;
const sealed = await sealTransfer((await browser.get(path)).json<SendingView>(), "a.txt", "a");
await browser.api("PUT", `${path}/sender-grant`, { grant: sealed.senderGrant });
const made = await browser.api("POST", `${path}/upload`, { size: content.length });
const { url } = made.json<{ url: string }>();
const token = await browser.token();

fillUp();
rmSync(join(folder, "filling-0")); // a megabyte for the upload to begin with
assert.match(await sendFirstReadThen(content), /^HTTP\/1\.1 507 .*"code":"no-room"/s);
fillUp();
server.clock.advance(2 * 60_000); // what is asked next writes that the session was used
const asked = await browser.get(path);
assert.equal(asked.status, 507, asked.text);
assert.equal(asked.json<{ code: string }>().code, "no-room");
const page = await browser.get("/");
assert.equal(page.status, 507);
assert.match(page.text, /The server’s disk is full\./);
assert.ok(server.logged.some((line) => line.includes("the disk is full")));

makeRoom();
const head = await browser.ask("HEAD", url, TUS);
const kept = Number(head.headers.get("upload-offset"));
const headers = { ...TUS, "content-type": "application/offset+octet-stream", "x-waybill-token": token };
const rest = await browser.ask("PATCH", url, { ...headers, "upload-offset": String(kept) }, content.slice(kept));
assert.equal(rest.status, 204, rest.text);
const { uploadId } = (await server.records.read.transfer(reference)) ?? {};
assert.ok((await all(server.parts.blobs.read(uploadId ?? "", 0, content.length))).equals(content));
await server.stop();
process.stdout.write(`${kept} of ${content.length} bytes, then all`);

/** As a browser does: it looks at the answer when everything is sent. @throws after a minute */
async function sendFirstReadThen(bytes: Uint8Array): Promise<string> {
  const { hostname, port } = new URL(server.url);
  const socket = connect(Number(port), hostname).pause();
  socket.setTimeout(60_000, () => socket.destroy(new Error("The server neither took the rest nor closed.")));
  const lines = [
    `PATCH ${url} HTTP/1.1`,
    `host: ${hostname}:${port}`,
    `origin: ${server.url}`,
    `cookie: ${browser.cookies()}`,
    `content-length: ${bytes.length}`,
    "upload-offset: 0",
    ...Object.entries({ ...TUS, "content-type": "application/offset+octet-stream", "x-waybill-token": token }).map(
      ([name, value]) => `${name}: ${value}`,
    ),
  ];
  socket.write(`${lines.join("\r\n")}\r\n\r\n`);
  await new Promise<void>((resolve, reject) => {
    socket.once("error", reject);
    socket.write(bytes, () => resolve());
  });
  const [answer] = await once(socket.setEncoding("utf8").resume(), "data");
  socket.destroy();
  return String(answer);
}

function fillUp(): void {
  for (let n = 0, size = 1_000_000; size >= 1; n++) {
    try {
      writeFileSync(join(folder, `filling-${n}`), new Uint8Array(size), { flag: "wx" });
    } catch {
      size = Math.floor(size / 4); // what fitted of it stays
    }
  }
}

function makeRoom(): void {
  for (let n = 0; n < 200; n++) rmSync(join(folder, `filling-${n}`), { force: true });
}
