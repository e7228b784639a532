import { ZipWriter } from "../../../bytes/zip.ts";
import type { Items } from "../../../client/receiving/items.ts";
import { safeNames } from "../../../seal/item-names.ts";
import type { Item } from "../../../seal/manifest.ts";
import type { What, Where } from "../calls/open-calls.ts";
import { fileInFolder, pickedFile } from "./picked-file.ts";
import { privateCopy } from "./private-copy.ts";
import { BatchedSink, MemorySink, type Sink } from "./sink.ts";

interface Opened {
  readonly items: Items;
  readonly list: readonly Item[];
}

/**
 * Saves one item, or all: into the folder that was picked, else as one zip; or reads and verifies it and keeps nothing. When
 * anything fails, everything that was written is taken away again.
 * @param passed is called with the plaintext bytes written so far.
 * @returns what the page must still hand to the person; null when it lies where they picked.
 */
export async function saveItems(
  { items, list }: Opened,
  what: What,
  where: Where,
  passed: (bytes: number) => void,
  signal: AbortSignal,
): Promise<Blob | null> {
  if (what !== "all") {
    const item = list[what];
    if (item === undefined) throw new RangeError("There is no such item.");
    return saveOne(counted(items.item(item, signal), passed), where);
  }
  const all = counted(items.all(signal), passed);
  if (where.way === "nowhere") {
    for await (const _ of all); // verified as it comes
    return null;
  }
  if (where.way === "folder") {
    await saveEach(all, list, where.handle);
    return null;
  }
  return saveZip(all, list, where);
}

async function saveOne(bytes: AsyncIterable<Uint8Array<ArrayBuffer>>, where: Where): Promise<Blob | null> {
  const { sink, content } = await sinkFor(where);
  await undoing([sink], async () => {
    for await (const part of bytes) await sink.write(part);
    await sink.close();
  });
  return content();
}

async function saveZip(
  bytes: AsyncIterable<Uint8Array<ArrayBuffer>>,
  list: readonly Item[],
  where: Where,
): Promise<Blob | null> {
  const { sink, content } = await sinkFor(where);
  await undoing([sink], async () => {
    const zip = new ZipWriter(sink);
    await distribute(bytes, list, {
      begin: (name) => zip.begin(name),
      write: (part) => zip.write(part),
      end: async () => undefined,
    });
    await zip.finish();
  });
  return content();
}

async function saveEach(
  bytes: AsyncIterable<Uint8Array<ArrayBuffer>>,
  list: readonly Item[],
  folder: FileSystemDirectoryHandle,
): Promise<void> {
  const written: Sink[] = [];
  let current: Sink | null = null;
  await undoing(written, () =>
    distribute(bytes, list, {
      begin: async (name) => {
        current = new BatchedSink(await fileInFolder(folder, name));
        written.push(current);
      },
      write: async (part) => current?.write(part),
      end: async () => current?.close(),
    }),
  );
}

interface Receiver {
  begin(name: string): Promise<void>;
  write(bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  end(): Promise<void>;
}

/** Cuts the stream of all items where the manifest says that each ends. */
async function distribute(
  bytes: AsyncIterable<Uint8Array<ArrayBuffer>>,
  list: readonly Item[],
  to: Receiver,
): Promise<void> {
  const names = safeNames(list.map(({ name }) => name));
  let next = 0;
  let left = 0;
  const turn = async () => {
    while (left === 0 && next < list.length) {
      if (next > 0) await to.end();
      await to.begin(names[next] ?? "unnamed");
      left = list[next]?.length ?? 0;
      next++;
    }
  };
  await turn();
  for await (const part of bytes) {
    for (let at = 0; at < part.length; ) {
      await turn();
      const taken = Math.min(left, part.length - at);
      await to.write(part.subarray(at, at + taken));
      at += taken;
      left -= taken;
    }
  }
  await turn();
  if (list.length > 0) await to.end();
}

async function undoing(sinks: readonly Sink[], act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    for (const sink of sinks) await sink.abandon().catch(() => undefined); // the first error says what happened
    throw error;
  }
}

async function sinkFor(where: Where): Promise<{ readonly sink: Sink; readonly content: () => Promise<Blob | null> }> {
  switch (where.way) {
    case "file":
      return { sink: new BatchedSink(await pickedFile(where.handle)), content: async () => null };
    case "private": {
      const copy = await privateCopy();
      return { sink: new BatchedSink(copy), content: () => copy.content() };
    }
    case "memory": {
      const memory = new MemorySink();
      return { sink: new BatchedSink(memory), content: async () => memory.content };
    }
    case "folder":
    case "nowhere":
      throw new TypeError("A single file is saved to a file.");
  }
}

async function* counted(
  bytes: AsyncIterable<Uint8Array<ArrayBuffer>>,
  passed: (bytes: number) => void,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let count = 0;
  for await (const part of bytes) {
    yield part;
    count += part.length;
    passed(count);
  }
}
