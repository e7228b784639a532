import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type CDPSession,
  chromium,
  type Page,
} from "playwright-core";
import { requireProgram } from "./programs.ts";

/** One for all test files of a process, which run one after another. */
let running: Promise<Browser> | undefined;
let kept = false;

/** A real Chromium without a window. It asks nobody but the pages' own servers for anything. `leaveBrowser` when done. */
export function openBrowser(): Promise<Browser> {
  running ??= launch();
  return running;
}

/** Closes every profile that is open, and the browser itself unless it is kept for whoever comes next. */
export async function leaveBrowser(): Promise<void> {
  const browser = await running;
  if (kept) await Promise.all(browser?.contexts().map((each) => each.close()) ?? []);
  else await closeBrowser();
}

/** For several files in one process: the browser outlives each of them. @returns what ends it after the last */
export function keepBrowser(): () => Promise<void> {
  kept = true;
  return closeBrowser;
}

async function closeBrowser(): Promise<void> {
  const browser = await running;
  running = undefined;
  await browser?.close();
}

function launch(): Promise<Browser> {
  return chromium.launch({ ...chromiumOptions(), args: [...chromiumOptions().args, "--disable-dev-shm-usage"] });
}

/** How this machine's Chromium is started: without a sandbox for root, who has none, and asking nobody for updates. */
export function chromiumOptions() {
  const asRoot = process.getuid?.() === 0;
  return {
    executablePath: requireProgram("chromium"),
    chromiumSandbox: !asRoot,
    args: [
      ...(asRoot ? ["--no-sandbox"] : []),
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  };
}

/** A browser profile of its own with one page, and a passkey provider that answers every prompt at once. */
export type Person = {
  readonly context: BrowserContext;
  readonly page: Page;
  readonly authenticator: Authenticator;
  /** Closes the profile with all of its pages. */
  close(): Promise<void>;
};

/** A virtual authenticator of a page. It belongs to that page's tab only, and its passkeys end with it. */
export type Authenticator = {
  /** Takes the device away: later prompts fail or never end, as without any authenticator. */
  remove(): Promise<void>;
  /** Whether the person passes the check of fingerprint, face or PIN from now on. */
  setVerified(verified: boolean): Promise<void>;
  /** Whether the person touches it when it asks, from now on. Of two devices, the one that is not touched waits. */
  setTouched(touched: boolean): Promise<void>;
  /** How many passkeys it holds. */
  passkeys(): Promise<number>;
};

/** How long a page may take over anything before it counts as never: a machine may be busy with other things. */
const PATIENCE_MS = 90_000;

/** A browser profile of its own, without a page yet. */
export async function newProfile(browser: Browser, options: BrowserContextOptions = {}): Promise<BrowserContext> {
  const context = await browser.newContext(options);
  context.setDefaultTimeout(PATIENCE_MS);
  return context;
}

/** @param prf whether the authenticator can make secrets for sealing keys (WebAuthn's `prf` extension). */
export async function newPerson(browser: Browser, { prf = true }: { prf?: boolean } = {}): Promise<Person> {
  const context = await newProfile(browser, { locale: "en-GB", timezoneId: "Europe/London" });
  const page = await context.newPage();
  const authenticator = await addAuthenticator(page, { prf });
  return { context, page, authenticator, close: () => context.close() };
}

const sessions = new WeakMap<Page, Promise<CDPSession>>();

/**
 * Gives a page a platform authenticator with discoverable passkeys and user verification (CTAP 2.1), or a security key with
 * the same (`usb`). A page may have one after another, for a lost device and its successor; Chromium refuses two internal
 * ones at once.
 */
export async function addAuthenticator(
  page: Page,
  { prf = true, transport = "internal" }: { prf?: boolean; transport?: "internal" | "usb" } = {},
): Promise<Authenticator> {
  const session = await webAuthnSession(page);
  const { authenticatorId } = await session.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      ctap2Version: "ctap2_1",
      transport,
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      hasPrf: prf,
      automaticPresenceSimulation: true,
    },
  });
  return {
    remove: async () => void (await session.send("WebAuthn.removeVirtualAuthenticator", { authenticatorId })),
    setVerified: async (isUserVerified) =>
      void (await session.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified })),
    setTouched: async (enabled) =>
      void (await session.send("WebAuthn.setAutomaticPresenceSimulation", { authenticatorId, enabled })),
    passkeys: async () => (await session.send("WebAuthn.getCredentials", { authenticatorId })).credentials.length,
  };
}

function webAuthnSession(page: Page): Promise<CDPSession> {
  const known = sessions.get(page);
  if (known !== undefined) return known;
  const made = page
    .context()
    .newCDPSession(page)
    .then(async (session) => {
      await session.send("WebAuthn.enable", { enableUI: false });
      return session;
    });
  sessions.set(page, made);
  return made;
}

/** WCAG 2.2 A and AA, and what it took over from 2.0 and 2.1. */
const AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/**
 * Runs axe-core over the page as it is now.
 *
 * @returns one text per violation, with the rule, the elements and what is wrong; none when the page passes. Axe runs in
 * a world of its own beside the page's, so a strict CSP and Trusted Types stay as they are.
 */
export async function checkAxe(page: Page): Promise<string[]> {
  // Never detached: Chromium takes a page's virtual authenticators away when any of its sessions ends.
  const session = await page.context().newCDPSession(page);
  const { frameTree } = await session.send("Page.getFrameTree");
  const { executionContextId } = await session.send("Page.createIsolatedWorld", { frameId: frameTree.frame.id });
  const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
  const options = JSON.stringify({ runOnly: { type: "tag", values: AXE_TAGS }, resultTypes: ["violations"] });
  await session.send("Runtime.evaluate", { contextId: executionContextId, expression: `${source};0` });
  const { result, exceptionDetails } = await session.send("Runtime.evaluate", {
    contextId: executionContextId,
    expression: `axe.run(document, ${options}).then(({ violations }) => violations)`,
    awaitPromise: true,
    returnByValue: true,
  });
  if (exceptionDetails !== undefined) throw new Error(`axe did not run: ${exceptionDetails.text}`);
  return (result.value as AxeViolation[]).map(describe);
}

/** The part of axe-core's answer that is shown. */
type AxeViolation = {
  readonly id: string;
  readonly help: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
};

function describe({ id, help, nodes }: AxeViolation): string {
  const places = nodes.map(
    ({ html, failureSummary }) => `  ${html}\n    ${failureSummary?.replaceAll("\n", "\n    ")}`,
  );
  return `${id}: ${help}\n${places.join("\n")}`;
}

/** Widths at which pages are looked at: a desktop, and the smallest phone (WCAG 1.4.10). */
const WIDTHS = [1280, 320];

/**
 * Whole-page pictures `<name>-1280.png` and `<name>-320.png` in `folder`; none when there is no folder. The page has its
 * own size again afterwards.
 */
export async function screenshots(page: Page, name: string, folder: string | undefined): Promise<void> {
  if (folder === undefined) return;
  const before = page.viewportSize();
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 800 });
    await page.screenshot({ path: join(folder, `${name}-${width}.png`), fullPage: true });
  }
  if (before !== null) await page.setViewportSize(before);
}

/** How many pixels of the page lie beyond the right edge at 320 px: 0 when nobody has to scroll sideways. */
export async function overflowAt320(page: Page): Promise<number> {
  const before = page.viewportSize();
  await page.setViewportSize({ width: 320, height: 640 });
  const overflow = await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
  if (before !== null) await page.setViewportSize(before);
  return Number(overflow);
}
