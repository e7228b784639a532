import assert from "node:assert/strict";
import { readFile, truncate, writeFile } from "node:fs/promises";
import { request } from "node:http";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { drop, pause } from "../../domain/lifecycle/recipient-arrows.ts";
import { addContact, addMember, foundOrganisation } from "../../testing/organisation.ts";
import { ReceivingDevice } from "../../testing/receiving-device.ts";
import { type ReleasedTransfer, releaseTransfer } from "../../testing/released-transfer.ts";
import { sampleBytes } from "../../testing/sample-sending.ts";
import { startServer, type TestServer } from "../../testing/server.ts";
import type { Answer } from "../../testing/visitor.ts";
import { act } from "./receiving-act.ts";

let server: TestServer;
let transfer: ReleasedTransfer;
let device: ReceivingDevice;
let body: Uint8Array;
let path: string;

before(async () => {
  server = await startServer();
  await foundOrganisation(server);
  const sender = await addMember(server, "Ada Clerk");
  const contact = await addContact(server, sender, "Rhys Morgan", "rhys@chambers.example");
  transfer = await releaseTransfer(server, sender, [{ contact }], sampleBytes(3_000_000));
  device = await ReceivingDevice.proved(server, transfer.recipients[0]?.id ?? "");
  await device.arrive();
  path = `/api/r/${device.id}/body`;
  body = (await device.get(path)).bytes;
});
after(() => server.stop());

const ranged = (range: string, more: Record<string, string> = {}): Promise<Answer> =>
  device.ask("GET", path, { range, ...more });

test("the whole body comes with its length, an entity tag and the word that ranges are served", async () => {
  const answer = await device.get(path);
  assert.equal(answer.status, 200);
  assert.equal(answer.headers.get("content-length"), String(transfer.bodySize));
  assert.equal(answer.headers.get("accept-ranges"), "bytes");
  assert.match(answer.headers.get("etag") ?? "", /^"[0-9a-f]{64}"$/);
  assert.equal(answer.headers.get("content-type"), "application/octet-stream");
  assert.equal(answer.headers.get("cache-control"), "no-store");
  assert.equal(answer.bytes.length, transfer.bodySize);
});

test("a body that was cut off on the disk is refused as that, in the part that is left too, and served again when it is whole", async () => {
  const bodyId = (await server.records.read.transfer(transfer.reference))?.sealed?.bodyId ?? "";
  const file = join(server.folder, "blobs", bodyId);
  const whole = await readFile(file);
  await truncate(file, 2_000_000);
  for (const answer of [await device.get(path), await ranged("bytes=0-9"), await ranged("bytes=2500000-")]) {
    assert.equal(answer.status, 410);
    assert.equal(answer.json<{ code: string }>().code, "cut-body");
  }
  await writeFile(file, whole);
  assert.equal((await device.get(path)).bytes.length, transfer.bodySize);
});

test("one range of bytes comes as 206 with exactly these bytes: closed, open, from the end, past the end", async () => {
  const size = transfer.bodySize;
  const cases: [string, number, number][] = [
    ["bytes=0-0", 0, 1],
    ["bytes=1048576-2097151", 1_048_576, 2_097_152],
    [`bytes=${size - 1}-`, size - 1, size],
    ["bytes=-5", size - 5, size],
    [`bytes=2000000-${size + 5}`, 2_000_000, size],
    [`bytes=-${size + 5}`, 0, size],
  ];
  for (const [range, start, end] of cases) {
    const answer = await ranged(range);
    assert.equal(answer.status, 206, range);
    assert.equal(answer.headers.get("content-range"), `bytes ${start}-${end - 1}/${size}`);
    assert.deepEqual(Buffer.from(answer.bytes), Buffer.from(body.subarray(start, end)), range);
  }
});

test("malformed, several or unsatisfiable ranges are answered 416 with the size, and no body", async () => {
  const size = transfer.bodySize;
  const wrong = [
    "bytes=",
    "bytes=-",
    "bytes=5-4",
    `bytes=${size}-`,
    "bytes=0-1,3-4",
    "bytes=a-b",
    "bytes=-0",
    "bytes=1.5-2",
  ];
  for (const range of [...wrong, "bytes=0-1-2", `bytes=${"9".repeat(40)}-`, "bytes = 0-1"]) {
    const answer = await ranged(range);
    assert.equal(answer.status, 416, range);
    assert.equal(answer.headers.get("content-range"), `bytes */${size}`);
    assert.equal(answer.json().code, "bad-range");
  }
});

test("a unit that is not bytes, and a range of another version of the body, get the whole body (RFC 9110)", async () => {
  assert.equal((await ranged("pages=1-2")).status, 200);
  assert.equal((await ranged("bytes=0-1", { "if-range": '"another"' })).status, 200);
  const etag = (await device.get(path)).headers.get("etag") ?? "";
  assert.equal((await ranged("bytes=0-1", { "if-range": etag })).status, 206);
});

test("HEAD tells the length, of a range too, and sends nothing", async () => {
  const whole = await device.ask("HEAD", path);
  assert.deepEqual([whole.status, whole.bytes.length], [200, 0]);
  assert.equal(whole.headers.get("content-length"), String(transfer.bodySize));
  const part = await device.ask("HEAD", path, { range: "bytes=10-19" });
  assert.deepEqual([part.status, part.headers.get("content-length")], [206, "10"]);
});

test("a client that goes away in the middle leaves the server well", async () => {
  await new Promise<void>((resolve, reject) => {
    const asked = request(new URL(path, server.url), { headers: { cookie: device.cookies() } }, (response) => {
      response.once("data", () => {
        response.destroy();
        resolve();
      });
    });
    asked.on("error", reject);
    asked.end();
  });
  assert.equal((await ranged("bytes=0-9")).status, 206);
});

test("while the sender is asked, content is refused with 409 and nothing is lost", async () => {
  await act(server.parts, device.id, "link-holder", (now) => pause(now.transfer, now.recipient, now.taken));
  for (const each of [`/api/r/${device.id}`, `/api/r/${device.id}/manifest`, path]) {
    const answer = await device.get(each);
    assert.equal(answer.status, 409, each);
    assert.match(answer.json<{ message: string }>().message, /paused until the sender decides; nothing is lost/);
  }
  assert.equal((await device.ask("HEAD", path)).status, 409);
});

test("OXM-2: a download under way breaks off when the package is taken back, and does not look complete", async () => {
  const sender = await addMember(server, "Ben Clerk");
  const contact = await addContact(server, sender, "Olu Adeyemi", "olu@chambers.example");
  const large = await releaseTransfer(server, sender, [{ contact }], new Uint8Array(48 * 1024 * 1024));
  const reader = await ReceivingDevice.proved(server, large.recipients[0]?.id ?? "");
  await reader.arrive();
  const received = await new Promise<number>((resolve, reject) => {
    const url = new URL(`/api/r/${reader.id}/body`, server.url);
    const asked = request(url, { headers: { cookie: reader.cookies() } }, (response) => {
      let bytes = 0;
      response.once("data", () => {
        response.pause();
        const ended = act(server.parts, reader.id, "recipient", (now) => drop(now.transfer, now.recipient, now.taken));
        ended.then(() => response.resume(), reject);
      });
      response.on("data", (chunk: Uint8Array) => {
        bytes += chunk.length;
      });
      response.on("error", () => resolve(bytes)); // cut off before the length that was announced
      response.on("end", () => resolve(bytes));
    });
    asked.on("error", reject);
    asked.end();
  });
  assert.ok(received > 0 && received < large.bodySize, `${received} of ${large.bodySize}`);
});
