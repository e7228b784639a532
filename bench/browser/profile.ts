import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BrowserContext, chromium } from "playwright-core";
import { requireProgram } from "../../src/testing/programs.ts";

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
  const asRoot = process.getuid?.() === 0 ? ["--no-sandbox"] : []; // Chromium has no sandbox for root
  const folder = mkdtempSync(join(tmpdir(), "waybill-profile-"));
  const context = await chromium.launchPersistentContext(folder, {
    executablePath: requireProgram("chromium"),
    chromiumSandbox: asRoot.length === 0,
    args: [
      ...asRoot,
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
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
