import { randomId } from "../../../bytes/random.ts";
import type { Sink } from "./sink.ts";

const FOLDER = "opened";

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
        if (taken === 0) throw new DOMException("This browser has no more room.", "QuotaExceededError");
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
    content: () => file.getFile(),
  };
}

/** Deletes what earlier visits left. Copies of a window that is still open are kept: its worker holds a lock. */
export async function clearPrivateCopies(): Promise<void> {
  const root = await navigator.storage.getDirectory();
  const opened = await root.getDirectoryHandle(FOLDER, { create: true });
  const names: string[] = [];
  for await (const name of (opened as unknown as { keys(): AsyncIterable<string> }).keys()) names.push(name);
  for (const name of names) {
    await navigator.locks.request(lockOf(name), { ifAvailable: true }, async (lock) => {
      if (lock !== null) await opened.removeEntry(name, { recursive: true });
    });
  }
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
