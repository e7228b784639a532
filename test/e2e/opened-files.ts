import type { Page } from "playwright-core";
import { sampleBytes } from "../../src/testing/sample-sending.ts";
import type { Council } from "./council.ts";

export const MIB = 1024 * 1024;
export const HELLO = { name: "Ünï 🗂.txt", bytes: Buffer.from("hello\n") };
export const EMPTY = { name: "empty.dat", bytes: new Uint8Array() };
export const BIG = { name: "big.dat", bytes: sampleBytes(5 * MIB + 17) };

/** Makes the pickers of this page answer with a folder of its private file system, where the test can look. */
export async function withPickers(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const folder = async () => {
      const root = await navigator.storage.getDirectory();
      return root.getDirectoryHandle("picked", { create: true });
    };
    Object.assign(globalThis, {
      showDirectoryPicker: folder,
      showSaveFilePicker: async ({ suggestedName }: { suggestedName: string }) =>
        (await folder()).getFileHandle(suggestedName, { create: true }),
    });
  });
}

/** No picker at all, as in Firefox and Safari. */
export async function withoutPickers(page: Page): Promise<void> {
  await page.addInitScript(() => {
    for (const name of ["showDirectoryPicker", "showSaveFilePicker"]) Reflect.deleteProperty(globalThis, name);
  });
}

/** Name to size of everything in the picked folder. */
export function pickedFiles(page: Page): Promise<Record<string, number>> {
  return page.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle("picked", { create: true });
    const found: Record<string, number> = {};
    const values = (folder as unknown as { values(): AsyncIterable<FileSystemFileHandle> }).values();
    for await (const handle of values) found[handle.name] = (await handle.getFile()).size;
    return found;
  });
}

/** Types the six words on the page for them, and waits until what they open is listed. */
export async function openWithWords({ server }: Council, page: Page, id: string, words: string): Promise<void> {
  await page.goto(`${server.url}/r/${id}/open`);
  await page.fill("#words", words);
  await page.click("[data-words-form] button");
  await page.locator("[data-part=opened]").waitFor();
  await page.locator("[data-saving]").waitFor({ state: "hidden" });
}

/** How many opened copies lie in this site's private file system. */
export function privateCopies(page: Page): Promise<number> {
  return page.evaluate(async () => {
    type Folder = { readonly kind: string; values(): AsyncIterable<Folder> };
    const count = async (folder: Folder): Promise<number> => {
      let found = 0;
      try {
        for await (const each of folder.values()) found += each.kind === "directory" ? await count(each) : 1;
      } catch (error) {
        if (!(error instanceof DOMException && error.name === "NotFoundError")) throw error; // it goes just now
      }
      return found;
    };
    const root = await navigator.storage.getDirectory();
    return count((await root.getDirectoryHandle("opened", { create: true })) as unknown as Folder);
  });
}
