import type { Page } from "playwright-core";
import type { TestServer } from "../../src/testing/server.ts";

/** Confirms arrival in this browser and goes to the page that asks for the six words. */
export async function openWordsPage(page: Page, server: TestServer, id: string): Promise<void> {
  // Without the file picker, which nobody could answer here, the page saves through the browser's private file system.
  await page.addInitScript(() => {
    Object.assign(globalThis, { showSaveFilePicker: undefined });
  });
  await page.goto(`${server.url}/r/${id}/arrive`);
  await page.click("#confirm");
  await page.waitForURL((url) => !url.pathname.endsWith("/arrive"));
  await page.goto(`${server.url}/r/${id}/open`);
  await page.waitForSelector("#words");
}

/** Opens with the words, saves the first file, and takes the download. @returns the path of what was downloaded */
export async function openAndSave(page: Page, words: string): Promise<string> {
  await page.fill("#words", words);
  await page.click("[data-words-form] button");
  await page.waitForSelector("[data-part=opened]:not([hidden])");
  const downloading = page.waitForEvent("download", { timeout: 0 });
  await page.click("[data-items] [data-act=save]");
  return (await downloading).path();
}
