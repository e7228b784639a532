import { writeSync } from "node:fs";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { randomId } from "../../src/bytes/random.ts";
import { signerOf } from "../../src/log/keys.ts";
import { createLogKeeper } from "../../src/log/log-keeper.ts";
import { openBlobFolder } from "../../src/store/blob-folder.ts";
import { openStore } from "../../src/store/open-store.ts";
import * as sample from "../../src/testing/samples.ts";

/**
 * A process to be killed: writes records and appends to a blob until then, and says on standard output what was
 * acknowledged, one JSON a line. Arguments: data folder, key in hexadecimal. Content of a blob is its id over and over.
 */
const [folder = "", key = ""] = process.argv.slice(2);
const SIZE = 3_000_000;

const store = await openStore({ file: join(folder, "waybill.db"), key: Buffer.from(key, "hex") });
const { records, ephemera, log } = store;
const blobs = await openBlobFolder(join(folder, "blobs"));

await Promise.all([writeRecords(), writeRecords(), writeEphemera(), appendToBlobs(), signHeads()]);

async function writeRecords(): Promise<never> {
  for (;;) {
    const id = randomId();
    const event = await records.write(async (tx) => {
      await tx.saveMember(sample.sampleMember({ id }));
      await tx.post(sample.sampleMessage({ id }));
      return tx.append(sample.sampleEvent({ detail: { id } }));
    });
    await acknowledged({ seq: event.seq, member: id });
  }
}

async function writeEphemera(): Promise<never> {
  for (;;) {
    const taken = randomId();
    const kept = randomId();
    const never = new Date("2099-01-01T00:00:00.000Z");
    await ephemera.put("code", taken, { owner: taken }, never);
    await ephemera.put("code", kept, { owner: kept }, never);
    await ephemera.take("code", taken, new Date());
    await acknowledged({ taken, kept });
  }
}

async function appendToBlobs(): Promise<never> {
  for (;;) {
    const id = randomId();
    await blobs.create(id, SIZE);
    await acknowledged({ blob: id, length: 0 });
    for (let length = 0; length < SIZE; ) {
      length = await blobs.append(id, length, content(id, length, Math.min(SIZE, length + 250_000)));
      await acknowledged({ blob: id, length });
    }
  }
}

/** With a key made of the data's: the test makes it again. */
async function signHeads(): Promise<never> {
  const seed = new Uint8Array(Buffer.from(key, "hex"));
  const keeper = createLogKeeper(log, await signerOf("council.example/log", "note", seed));
  for (;;) {
    const head = await keeper.sign(new Date());
    if (head !== null) await acknowledged({ head: head.note });
    await setImmediate();
  }
}

async function* content(id: string, start: number, end: number): AsyncGenerator<Uint8Array> {
  const whole = Buffer.alloc(SIZE, id);
  for (let at = start; at < end; at += 65_536) yield whole.subarray(at, Math.min(end, at + 65_536));
}

/** Written at once; and then the others have their turn, for the database answers within the same one. */
async function acknowledged(what: object): Promise<void> {
  writeSync(1, `${JSON.stringify(what)}\n`);
  await setImmediate();
}
