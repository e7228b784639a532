import type { Where } from "../workers/calls/open-calls.ts";
import { MEMORY_LIMIT } from "../workers/saving/sink.ts";

type Pickers = {
  showSaveFilePicker?: (options: { suggestedName: string }) => Promise<FileSystemFileHandle>;
  showDirectoryPicker?: (options: { mode: "readwrite" }) => Promise<FileSystemDirectoryHandle>;
};

/**
 * How many of `wanted` bytes this browser can save at once.
 * @param tried how many of them its private file system takes. What browsers say of its room is not so: some name room that is not there, and
 *   some no more than 10 GiB of what is.
 */
export async function mostToSave(wanted: number, tried: (wanted: number) => Promise<number>): Promise<number> {
  if ((globalThis as Pickers).showSaveFilePicker !== undefined) return wanted;
  return (await hasPrivateFiles()) ? tried(wanted) : MEMORY_LIMIT;
}

/** Asks where to save one file. Null when the person closed the picker. Call it in a click. */
export async function whereForFile(name: string): Promise<Where | null> {
  const { showSaveFilePicker } = globalThis as Pickers;
  if (showSaveFilePicker === undefined) return withoutPicker();
  return picked(async () => ({
    way: "file",
    handle: await showSaveFilePicker.call(globalThis, { suggestedName: name }),
  }));
}

/** Asks for a folder for all files; where none can be picked they become one zip. Null when the person closed the picker. */
export async function whereForAll(): Promise<Where | null> {
  const { showDirectoryPicker } = globalThis as Pickers;
  if (showDirectoryPicker === undefined) return withoutPicker();
  return picked(async () => ({
    way: "folder",
    handle: await showDirectoryPicker.call(globalThis, { mode: "readwrite" }),
  }));
}

/** Locked-down desktops have the pickers and refuse them: then it goes on without. */
async function picked(pick: () => Promise<Where>): Promise<Where | null> {
  try {
    return await pick();
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") return null;
    return withoutPicker();
  }
}

/** Never memory where there is a private file system: what does not fit there fails, and takes nothing else down with it. */
async function withoutPicker(): Promise<Where> {
  return (await hasPrivateFiles()) ? { way: "private" } : { way: "memory" };
}

/** Whether there is a private file system that workers can write to: private windows of some browsers refuse it. */
async function hasPrivateFiles(): Promise<boolean> {
  if (!("storage" in navigator) || typeof FileSystemFileHandle === "undefined") return false;
  if (navigator.storage.getDirectory === undefined) return false;
  return navigator.storage.getDirectory().then(
    () => true,
    () => false,
  );
}
