import type { Where } from "../workers/calls/open-calls.ts";

/** What browsers without a private file system are asked to hold in memory at the most. */
const MEMORY_LIMIT = 256_000_000;
/** Room that is left alone: an estimate is only one. */
const SPARE = 0.9;

type Pickers = {
  showSaveFilePicker?: (options: { suggestedName: string }) => Promise<FileSystemFileHandle>;
  showDirectoryPicker?: (options: { mode: "readwrite" }) => Promise<FileSystemDirectoryHandle>;
};

/** How many bytes this browser can save at once; infinite where a file can be picked. */
export async function mostToSave(): Promise<number> {
  if ((globalThis as Pickers).showSaveFilePicker !== undefined) return Number.POSITIVE_INFINITY;
  const free = await privateRoom();
  return free ?? MEMORY_LIMIT;
}

/** Asks where to save one file. Null when the person closed the picker. Call it in a click. */
export async function whereForFile(name: string, size: number): Promise<Where | null> {
  const { showSaveFilePicker } = globalThis as Pickers;
  if (showSaveFilePicker === undefined) return withoutPicker(size);
  return picked(
    async () => ({ way: "file", handle: await showSaveFilePicker.call(globalThis, { suggestedName: name }) }),
    size,
  );
}

/** Asks for a folder for all files; where none can be picked they become one zip. Null when the person closed the picker. */
export async function whereForAll(size: number): Promise<Where | null> {
  const { showDirectoryPicker } = globalThis as Pickers;
  if (showDirectoryPicker === undefined) return withoutPicker(size);
  return picked(
    async () => ({ way: "folder", handle: await showDirectoryPicker.call(globalThis, { mode: "readwrite" }) }),
    size,
  );
}

/** Locked-down desktops have the pickers and refuse them: then it goes on without. */
async function picked(pick: () => Promise<Where>, size: number): Promise<Where | null> {
  try {
    return await pick();
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") return null;
    return withoutPicker(size);
  }
}

async function withoutPicker(size: number): Promise<Where> {
  const free = await privateRoom();
  return free !== null && size <= free ? { way: "private" } : { way: "memory" };
}

/** Free bytes of this site's private file system; null where there is none that workers can write to. */
async function privateRoom(): Promise<number | null> {
  if (!("storage" in navigator) || typeof FileSystemFileHandle === "undefined") return null;
  if (navigator.storage.getDirectory === undefined) return null;
  try {
    await navigator.storage.getDirectory(); // private windows of some browsers refuse it
    const { quota = 0, usage = 0 } = await navigator.storage.estimate();
    return (quota - usage) * SPARE;
  } catch {
    return null;
  }
}
