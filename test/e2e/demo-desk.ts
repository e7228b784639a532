import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser, BrowserContext, Page } from "playwright-core";
import {
  checkAxe,
  leaveBrowser,
  newProfile,
  openBrowser,
  overflowAt320,
  screenshots,
} from "../../src/testing/browser.ts";
import { freePort } from "../../src/testing/free-port.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** The demo as `npm start -- --demo` starts it, on a folder of its own, and a browser. */
export interface DemoDesk {
  readonly url: string;
  readonly browser: Browser;
  readonly folder: string;
  /** A browser profile that has entered as that person, by one click. */
  enter(name: string): Promise<{ readonly context: BrowserContext; readonly page: Page }>;
  /** A browser profile of somebody without an account. */
  outsider(): Promise<{ readonly context: BrowserContext; readonly page: Page }>;
  /** The text of the newest mail to that address that contains `about`. */
  mail(to: string, about: string): Promise<string>;
  close(): Promise<void>;
}

/** Starts the demo. @param environment settings beside folder and port. */
export async function openDemo(): Promise<DemoDesk> {
  const folder = await mkdtemp(join(tmpdir(), "waybill-demo-"));
  const port = await freePort();
  const demo = spawn(process.execPath, [join(root, "launch/start.mjs"), "--demo"], {
    env: { ...process.env, WAYBILL_DATA: folder, WAYBILL_PORT: String(port) },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const url = (await said(demo, /The demo is at (\S+)\/demo/))[1] ?? "";
  const browser = await openBrowser();
  const profile = async () => {
    const context = await newProfile(browser, { locale: "en-GB", timezoneId: "Europe/London", acceptDownloads: true });
    return { context, page: await context.newPage() };
  };
  let outbox: Page | undefined;
  return {
    url,
    browser,
    folder,
    async enter(name) {
      const { context, page } = await profile();
      await page.goto(`${url}/demo`);
      await page.getByRole("button", { name: `Enter as ${name}` }).click();
      await page.waitForURL(`${url}/`);
      return { context, page };
    },
    outsider: profile,
    async mail(to, about) {
      outbox ??= (await profile()).page; // a window of its own costs as much as ten pages
      await outbox.goto(`${url}/demo/outbox`);
      return outbox
        .locator("article")
        .filter({ hasText: `To ${to}` })
        .filter({ hasText: about })
        .first()
        .innerText();
    },
    async close() {
      await leaveBrowser();
      demo.kill("SIGTERM");
      await new Promise((resolve) => {
        if (demo.exitCode !== null) resolve(null);
        else demo.once("exit", resolve);
      });
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** What every page must be: no accessibility violation at WCAG 2.2 AA, and no scrolling sideways at 320 px. */
export async function checkPage(page: Page, name: string): Promise<void> {
  await screenshots(page, name, process.argv.find((each) => each.startsWith("--pictures="))?.slice(11));
  assert.deepEqual(await checkAxe(page), [], `${name} (${page.url()})`);
  assert.equal(await overflowAt320(page), 0, `${name} scrolls sideways at 320 px`);
}

/** Waits until a program has printed a line that fits. @throws when it ends before that, with what it said. */
function said(child: ChildProcess, pattern: RegExp): Promise<RegExpExecArray> {
  return new Promise((resolve, reject) => {
    let text = "";
    const heard = (bytes: Buffer) => {
      text += bytes;
      const found = pattern.exec(text);
      if (found) resolve(found);
    };
    child.stdout?.on("data", heard);
    child.stderr?.on("data", heard);
    child.once("exit", (code) => reject(new Error(`It ended with ${code}:\n${text}`)));
  });
}
