import { openSync, writeSync } from "node:fs";
import { nodeCipher } from "../../src/cli/node-cipher.ts";
import type { Format } from "../../src/containers/formats.ts";
import { planPackage } from "../../src/containers/make-package.ts";

/** Packs so many bytes that are made up as they are read, into nothing; prints the most memory that it took, in MB. */
const [format = "zip", bytes = "0"] = process.argv.slice(2);
const size = Number(bytes);
const PIECE = 1024 * 1024;
const item = {
  name: format === "office" ? "a.docx" : "a.bin",
  size,
  async *stream() {
    const first = new Uint8Array(PIECE);
    first.set([0x50, 0x4b, 0x03, 0x04]);
    yield first;
    for (let left = size - PIECE; left > 0; left -= PIECE) yield new Uint8Array(Math.min(left, PIECE));
  },
};
const password = "k7mw-4tq9-px2bc";
const [file] = planPackage(
  { reference: "WB-7F3K-Q2XV", format: format as Format, items: [item], with: { password } },
  nodeCipher,
);
const nowhere = openSync("/dev/null", "w");
let written = 0;
for await (const part of file?.stream() ?? []) written += writeSync(nowhere, part);
if (written < size) throw new Error(`Only ${written} bytes of ${size} were packed.`);
process.stdout.write(String(Math.round(process.resourceUsage().maxRSS / 1024)));
