import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BrowserContext, chromium } from "playwright-core";
import { chromiumOptions } from "../../src/testing/browser.ts";

/** Chromium with a profile on the disk: in the private ones that tests use, IndexedDB and the private file system lie in memory. */
export interface Profile {
  readonly context: BrowserContext;
  /** The folder of the profile: in the command line of the browser's process and of no other browser. */
  readonly folder: string;
  /** Version of the browser. */
  readonly version: string;
  close(): Promise<void>;
}

export async function openProfile(): Promise<Profile> {
  const folder = mkdtempSync(join(tmpdir(), "waybill-profile-"));
  const context = await chromium.launchPersistentContext(folder, chromiumOptions());
  return {
    context,
    folder,
    version: context.browser()?.version() ?? "",
    close: async () => {
      await context.close();
      rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    },
  };
}
