import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PassThrough, Readable } from "node:stream";
import type { Parts } from "../../src/cli/command.ts";
import { PendingFile } from "../../src/cli/packaging/pending-file.ts";
import { prepareVolume } from "../../src/cli/packaging/volume/prepare-volume.ts";

/**
 * Runs on a file system of 4 MB, mounted for this process alone at the folder that is the argument: the stick. Throws where a package goes onto what it
 * must not, or a fault leaves something that looks complete.
 */
const [stick = ""] = process.argv.slice(2);
const NAME = "WB-7F3K-Q2XV.zip";
const parts: Parts = {
  stdin: Readable.from([]),
  stdout: new PassThrough(),
  stderr: new PassThrough(),
  passphraseFile: undefined,
  configFolder: stick,
  signal: new AbortController().signal,
  checkLog: () => Promise.reject(new Error("no log here")),
  openTerminal: () => null,
};
const done: string[] = [];

await assert.rejects(prepareVolume(stick, "M-0042", false, [1]), { code: "wrong-media" });
assert.deepEqual(readdirSync(stick), []);
const checked = await prepareVolume(stick, "m-0042", true, [1]);
assert.deepEqual(checked, { folder: stick, serial: "M-0042", recognisedBy: "marker", marked: true, otherName: null });
done.push("marked");

await assert.rejects(prepareVolume(stick, "M-0043", true, [1]), { code: "wrong-media" });
await assert.rejects(prepareVolume(join(stick, ".."), "M-0042", false, [1]), { code: "usage" });
await assert.rejects(prepareVolume(stick, "M-0042", false, [5_000_000]), {
  code: "bad-volume",
  message: /not enough room/,
});
writeFileSync(join(stick, "somebody's.txt"), "left here");
await assert.rejects(prepareVolume(stick, "M-0042", false, [1]), { code: "bad-volume", message: /1 other thing/ });
rmSync(join(stick, "somebody's.txt"));
done.push("refused");

const whole = await PendingFile.write(stick, NAME, pieces(1_000_000), parts);
assert.equal(visible().length, 0, "until it is kept, nothing has its name");
assert.equal(whole.written.readBack, "system", "a file system in memory has no device to read from");
await whole.keep();
assert.deepEqual(visible(), [NAME]);
assert.equal(readFileSync(join(stick, NAME)).length, 1_000_000);
await whole.abandon();
assert.deepEqual(visible(), []);
done.push("written");

await assert.rejects(PendingFile.write(stick, NAME, pieces(5_000_000), parts), {
  code: "file",
  message: /the disk is full/,
});
assert.deepEqual(everything(), []);
done.push("full");

// As a faulty stick does: what is read is not what was written. The file is altered between the flush and the reading back.
const faulty = PendingFile.write(
  stick,
  NAME,
  pieces(500_000, () => setImmediate(spoilWhenWhole)),
  parts,
);
await assert.rejects(faulty, { code: "file", message: /is not what was written: the medium is faulty/ });
assert.deepEqual(everything(), []);
done.push("faulty");

const pulled = PendingFile.write(
  stick,
  NAME,
  pieces(500_000, () => execFileSync("umount", ["-l", stick])),
  parts,
);
await assert.rejects(pulled, { code: "file", message: /Cannot (?:write|read back) .*WB-7F3K-Q2XV\.zip/ });
assert.deepEqual(readdirSync(stick), []);
done.push("pulled");
process.stdout.write(`${done.join(", ")}\n`);

/** So many bytes in pieces; `half` is called in the middle. */
async function* pieces(size: number, half: () => void = () => {}): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < size; at += 50_000) {
    if (at === size / 2) half();
    yield new Uint8Array(50_000).fill(at / 50_000);
  }
}

/** Writes one other byte into the file that is being written, once it has all its bytes. */
function spoilWhenWhole(): void {
  const [name = ""] = everything();
  const path = join(stick, name);
  const bytes = readFileSync(path);
  if (bytes.length < 500_000) return void setImmediate(spoilWhenWhole);
  bytes.writeUInt8(1, 100);
  writeFileSync(path, bytes);
}

function everything(): readonly string[] {
  return readdirSync(stick).filter((name) => name !== "waybill-media.txt");
}

/** What a person sees on the stick. */
function visible(): readonly string[] {
  return everything().filter((name) => !name.startsWith("."));
}
