import type { Picked } from "./chosen.ts";

/** Gives what is dropped on `area` to `take`, and shows when something is held over it. */
export function takeDrops(area: HTMLElement, take: (picking: Promise<readonly Picked[]>) => void): void {
  const over = (yes: boolean) => {
    if (yes) area.dataset.over = "";
    else delete area.dataset.over;
  };
  // Beside the area a dropped file would replace the page.
  for (const kind of ["dragover", "drop"] as const) addEventListener(kind, (event) => event.preventDefault());
  area.addEventListener("dragover", () => over(true));
  area.addEventListener("dragleave", () => over(false));
  area.addEventListener("drop", (event) => {
    over(false);
    if (event.dataTransfer !== null) take(droppedFiles(event.dataTransfer));
  });
}

/** Every file in what was dropped, folders included. Call it in the drop event: what it holds is gone afterwards. */
async function droppedFiles(transfer: DataTransfer): Promise<readonly Picked[]> {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  const found: Picked[] = [];
  for (const entry of entries) await gather(entry, found);
  return found;
}

async function gather(entry: FileSystemEntry, found: Picked[]): Promise<void> {
  if (isFile(entry)) {
    const file = await new Promise<File>((resolve, reject) => entry.file(resolve, reject));
    found.push({ path: entry.fullPath.replace(/^\//, ""), file });
    return;
  }
  for (const inner of await contentsOf(entry as FileSystemDirectoryEntry)) await gather(inner, found); // the only other kind
}

/** A reader gives a folder in parts of a hundred; an empty part is its end. */
async function contentsOf(folder: FileSystemDirectoryEntry): Promise<readonly FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const part = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (part.length === 0) return all;
    all.push(...part);
  }
}

function isFile(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile;
}
