import { randomId } from "../../../bytes/random.ts";
import { noRoom, type Sink } from "./sink.ts";

const FOLDER = "opened";
/** For a lock of a window that is open it is waited in vain, so not long. */
const PATIENCE_MS = 1_000;

/** Opened bytes in this site's private file system, from where the page hands them to the person as a download. */
export interface PrivateCopy extends Sink {
  /** After `close`. */
  content(): Promise<Blob>;
}

let mine: Promise<FileSystemDirectoryHandle> | undefined;

/** A new private copy. Works in workers only. It is deleted at the next visit (`clearPrivateCopies`), or when abandoned. */
export async function privateCopy(): Promise<PrivateCopy> {
  mine ??= ownFolder();
  const folder = await mine;
  const name = randomId();
  const file = await folder.getFileHandle(name, { create: true });
  const access = await file.createSyncAccessHandle();
  let at = 0;
  return {
    write: async (bytes) => {
      for (let written = 0; written < bytes.length; ) {
        const taken = access.write(bytes.subarray(written), { at });
        // Without room some browsers throw; private windows of others answer 0, or an error's number as if it were a count.
        if (taken === 0 || taken > bytes.length - written) throw noRoom();
        written += taken;
        at += taken;
      }
    },
    close: async () => {
      access.flush();
      access.close();
    },
    abandon: async () => {
      access.close();
      await folder.removeEntry(name);
    },
    content: async () => {
      const content = await file.getFile();
      if (content.size !== at) throw noRoom();
      return content;
    },
  };
}

/**
 * How many bytes a private copy can have, `wanted` at the most: found by trying, since browsers name a room that is not there. Where it cannot
 * be tried, nothing is known against it. Works in workers only.
 */
export async function roomForCopy(wanted: number): Promise<number> {
  try {
    mine ??= ownFolder();
    const folder = await mine;
    const name = randomId();
    const access = await (await folder.getFileHandle(name, { create: true })).createSyncAccessHandle();
    try {
      return longest(access, wanted);
    } finally {
      access.close();
      await folder.removeEntry(name);
    }
  } catch {
    return wanted;
  }
}

/** A file is as long as one asks and takes no room on the disk for it, unless it may not be so long. */
function longest(access: FileSystemSyncAccessHandle, wanted: number): number {
  const fits = (size: number) => {
    try {
      access.truncate(size);
      return access.getSize() === size;
    } catch {
      return false;
    }
  };
  if (fits(wanted)) return wanted;
  let [room, none] = [0, wanted];
  for (let times = 0; times < 10; times++) {
    const between = Math.floor((room + none) / 2);
    if (fits(between)) room = between;
    else none = between;
  }
  return room;
}

/**
 * Deletes what earlier visits left. Copies of a window that is still open are kept: its worker holds a lock. One that ends just now gives it
 * up a little later, and another page may be looking at the same folder: so it is waited for a little.
 * @param settledMs only what nobody has written to for so long: the browser may be saving a younger one yet
 */
export async function clearPrivateCopies(settledMs = 0): Promise<void> {
  const root = await navigator.storage.getDirectory();
  const opened = await root.getDirectoryHandle(FOLDER, { create: true });
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const clear = async (name: string) => {
    if (settledMs > 0 && (await lastWritten(opened, name)) > Date.now() - settledMs) return;
    await opened.removeEntry(name, { recursive: true });
  };
  const all = (await namesIn(opened)).map((name) =>
    navigator.locks.request(lockOf(name), { signal }, () => clear(name)),
  );
  // Refused are those whose window is open, and those that another page deleted in the meantime.
  await Promise.allSettled(all);
}

async function lastWritten(opened: FileSystemDirectoryHandle, name: string): Promise<number> {
  const folder = await opened.getDirectoryHandle(name);
  const files = await Promise.all((await namesIn(folder)).map((each) => folder.getFileHandle(each)));
  const times = await Promise.all(files.map(async (file) => (await file.getFile()).lastModified));
  return Math.max(0, ...times);
}

async function namesIn(folder: FileSystemDirectoryHandle): Promise<readonly string[]> {
  const names: string[] = [];
  for await (const name of (folder as unknown as { keys(): AsyncIterable<string> }).keys()) names.push(name);
  return names;
}

/** A folder of this worker's own, with a lock that ends with the worker. */
async function ownFolder(): Promise<FileSystemDirectoryHandle> {
  const name = randomId();
  await new Promise<void>((held) => {
    void navigator.locks.request(lockOf(name), () => {
      held();
      return new Promise(() => undefined);
    });
  });
  const root = await navigator.storage.getDirectory();
  const opened = await root.getDirectoryHandle(FOLDER, { create: true });
  return opened.getDirectoryHandle(name, { create: true });
}

function lockOf(name: string): string {
  return `waybill-opened-${name}`;
}
