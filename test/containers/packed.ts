import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { nodeCipher } from "../../src/cli/node-cipher.ts";
import type { AgeWith } from "../../src/containers/age-package.ts";
import type { Format } from "../../src/containers/formats.ts";
import { planPackage } from "../../src/containers/make-package.ts";
import type { PackageItem } from "../../src/containers/package-item.ts";

/** A file in memory, given out in parts of `step` bytes. */
export function item(name: string, content: Uint8Array, step = 65_536): PackageItem {
  return {
    name,
    size: content.length,
    async *stream() {
      for (let at = 0; at < content.length; at += step) yield new Uint8Array(content.subarray(at, at + step));
    },
  };
}

export const REFERENCE = "WB-7F3K-Q2XV";

/** The files of a package, in memory. */
export async function packed(
  format: Format,
  items: readonly PackageItem[],
  opening: AgeWith,
  reference = REFERENCE,
): Promise<readonly { readonly name: string; readonly bytes: Buffer }[]> {
  const files = planPackage({ reference, format, items, with: opening }, nodeCipher);
  const made: { name: string; bytes: Buffer }[] = [];
  for (const { name, stream } of files) made.push({ name, bytes: await gathered(stream()) });
  return made;
}

export async function gathered(source: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of source) parts.push(part);
  return Buffer.concat(parts);
}

/** A folder that goes with the process that asked for it. */
export function temporaryFolder(): { readonly path: string; put(name: string, content: Uint8Array): string } {
  const path = mkdtempSync(join(tmpdir(), "waybill-packages-"));
  process.on("exit", () => rmSync(path, { recursive: true, force: true }));
  return {
    path,
    put(name, content) {
      writeFileSync(join(path, name), content);
      return join(path, name);
    },
  };
}
