import { ZipWriter } from "../bytes/zip.ts";
import type { Bytes } from "../seal/cipher.ts";
import { safeNames } from "../seal/item-names.ts";
import { ContainerError } from "./error.ts";
import type { PackageItem } from "./package-item.ts";

/** Bytes that APPNOTE 6.3 gives each stored entry besides its name (twice) and content, in the 64-bit forms, and the end. */
const ENTRY_OVERHEAD = 30 + 20 + 24 + 46 + 28;
const END_SIZE = 56 + 20 + 22;

/**
 * The zip that lies inside an encrypted one, or inside an age file: the only place where the files' real names are. Stored, without dates;
 * names are made safe for every system.
 * @throws ContainerError `changed` when a file is not as long as it said.
 */
export async function* innerZip(items: readonly PackageItem[]): AsyncGenerator<Bytes> {
  const waiting: Bytes[] = [];
  const zip = new ZipWriter({
    async write(bytes) {
      waiting.push(bytes);
    },
    async close() {},
  });
  const names = safeNames(items.map(({ name }) => name));
  for (const [at, item] of items.entries()) {
    await zip.begin(names[at] ?? "");
    for await (const part of exactly(item)) {
      await zip.write(part);
      yield* waiting.splice(0);
    }
  }
  await zip.finish();
  yield* waiting.splice(0);
}

/** How long `innerZip` will be, in bytes. */
export function innerZipSize(items: readonly PackageItem[]): number {
  const names = safeNames(items.map(({ name }) => name));
  const entries = items.map(({ size }, at) => ENTRY_OVERHEAD + 2 * new TextEncoder().encode(names[at]).length + size);
  return entries.reduce((sum, each) => sum + each, END_SIZE);
}

/** An item's bytes, found out when they are not as many as it said. @throws ContainerError `changed` */
export async function* exactly(item: PackageItem): AsyncGenerator<Bytes> {
  let left = item.size;
  for await (const part of item.stream()) {
    left -= part.length;
    if (left < 0) break;
    yield part as Bytes;
  }
  if (left !== 0) {
    const message =
      "A file was changed while it was being packed. Nothing was kept. Run it again when it is left alone.";
    throw new ContainerError({ code: "changed", message });
  }
}
