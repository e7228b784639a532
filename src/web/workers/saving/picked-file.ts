import type { Sink } from "./sink.ts";

/**
 * A file that the person picked. The browser writes beside it and puts it in place only when it is closed, so an
 * abandoned one leaves what was there before.
 */
export async function pickedFile(handle: FileSystemFileHandle): Promise<Sink> {
  const writable = await handle.createWritable();
  return {
    write: (bytes) => writable.write(bytes),
    close: () => writable.close(),
    abandon: () => writable.abort(),
  };
}

/** A file below a picked folder. */
export interface FolderFile extends Sink {
  /** The name that it has there. */
  readonly name: string;
  /** After `close`: what the system gives back of it. */
  readBack(): Promise<Blob>;
}

/**
 * A new file below a folder that the person picked, with its folders. A file of that name that is there already is not
 * touched: the new one gets a number.
 * @param path safe on every system (`safeName`).
 */
export async function fileInFolder(folder: FileSystemDirectoryHandle, path: string): Promise<FolderFile> {
  const parts = path.split("/");
  const name = parts.pop() ?? path;
  let place = folder;
  for (const part of parts) place = await place.getDirectoryHandle(part, { create: true });
  const free = await freeName(place, name);
  const handle = await place.getFileHandle(free, { create: true });
  const sink = await pickedFile(handle);
  return {
    ...sink,
    name: free,
    readBack: () => handle.getFile(),
    abandon: async () => {
      await sink.abandon().catch(() => undefined); // closed already when a later file failed
      await place.removeEntry(free);
    },
  };
}

async function freeName(folder: FileSystemDirectoryHandle, name: string): Promise<string> {
  const dot = name.lastIndexOf(".");
  const stem = dot > 0 ? dot : name.length;
  for (let count = 1; ; count++) {
    const free = count === 1 ? name : `${name.slice(0, stem)} (${count})${name.slice(stem)}`;
    if (!(await exists(folder, free))) return free;
  }
}

async function exists(folder: FileSystemDirectoryHandle, name: string): Promise<boolean> {
  try {
    await folder.getFileHandle(name);
    return true;
  } catch (error) {
    if (error instanceof DOMException && error.name === "NotFoundError") return false;
    if (error instanceof DOMException && error.name === "TypeMismatchError") return true;
    throw error;
  }
}
