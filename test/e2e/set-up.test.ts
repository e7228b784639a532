import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import {
  checkAxe,
  leaveBrowser,
  newPerson,
  openBrowser,
  overflowAt320,
  screenshots,
} from "../../src/testing/browser.ts";
import { freePort } from "../../src/testing/free-port.ts";
import { buildWeb } from "../../src/web-build/build-web.ts";
import { troublesOf } from "./council.ts";

// The ordinary server in a process of its own on an empty folder, as after `npm start`: set up in a real browser, page by
// page, then stopped and started again. WAYBILL_SCREENSHOTS names a folder for pictures.
const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");
let browser: Browser;
let folder: string;
before(async () => {
  await buildWeb(root, join(root, ".build/web"));
  browser = await openBrowser();
  folder = await mkdtemp(join(tmpdir(), "waybill-empty-"));
});
after(async () => {
  await leaveBrowser();
  await rm(folder, { recursive: true });
});

interface Started {
  readonly child: ChildProcess;
  /** What it has said on its console by the time it serves. */
  readonly said: string;
}

/** @param until what it says last. */
async function start(port: number, until: RegExp): Promise<Started> {
  const child = spawn(process.execPath, [join(root, "src/bin/server.ts")], {
    env: {
      PATH: process.env.PATH,
      WAYBILL_PORT: String(port),
      WAYBILL_DATA: join(folder, "data"),
      WAYBILL_POLICY: join(folder, "policy.yaml"),
      WAYBILL_LOG_FILE: join(folder, "log"),
      NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
    },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  const serving = new Promise<void>((resolve, reject) => {
    child.once("close", () => reject(new Error(`The server ended, and said:\n${said}`)));
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      said += text;
      if (until.test(said)) resolve();
    });
  });
  await serving;
  return { child, said };
}

async function stop({ child }: Started): Promise<void> {
  const ended = once(child, "close");
  child.kill("SIGTERM");
  await ended;
}

async function look(page: Page, name: string): Promise<void> {
  assert.deepEqual(await checkAxe(page), [], name);
  assert.equal(await overflowAt320(page), 0, `${name} fits 320 px`);
  await screenshots(page, name, process.env.WAYBILL_SCREENSHOTS);
}

async function goOn(page: Page): Promise<void> {
  await Promise.all([page.waitForEvent("load"), page.click("main form button")]);
}

test("SDT-17: an empty Waybill is set up in the browser, chooses its rules, and starts again with them, as they are changed by then", async () => {
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  const first = await start(port, /enter this code: \S+\n/);
  const { page, close } = await newPerson(browser);
  const troubles = troublesOf(page);
  await page.goto(origin);
  await page.waitForURL(`${origin}/set-up`);
  await page.fill("#code", /enter this code: (\S+)/.exec(first.said)?.[1] ?? "");
  await goOn(page);
  const organisation = { name: "Example Council", website: "www.council.example", phone: "020 7946 0000" };
  for (const [field, value] of Object.entries({ ...organisation, workDomains: "council.example" }))
    await page.fill(`#${field}`, value);
  await goOn(page);
  await page.fill("#administratorName", "Ada Admin");
  await page.fill("#administratorAddress", "ada@council.example");
  await goOn(page);
  await page.waitForURL(`${origin}/set-up/rules`);
  await look(page, "set-up-rules");
  await goOn(page);
  assert.match((await page.textContent(".govuk-error-summary")) ?? "", /Choose the rules/);
  await page.check("input[value=uk-government]");
  await goOn(page);
  await page.waitForURL(`${origin}/set-up/contacts`);
  await look(page, "set-up-contacts");
  await page.fill("#security-team-name", "the security team");
  await page.fill("#security-team-address", "security@council.example");
  await goOn(page);
  await look(page, "set-up-contacts-errors");
  for (const each of ["privacy-team", "operational-security", "information-compliance", "service-desk"])
    await page.check(`#${each}-same`);
  await goOn(page);
  await page.waitForURL(`${origin}/set-up/records`);
  for (const each of ["transfers", "incidents", "access", "acts", "contacts", "registers", "mail"])
    await page.selectOption(`#${each}`, { index: 1 });
  await page.check("input[value='14']");
  await page.fill("#backupDays", "35");
  await goOn(page);
  await page.waitForURL(`${origin}/set-up/keys`);
  const code = (await page.textContent("#recovery-code")) ?? "";
  await page.fill("#recovery-end", code.trim().slice(-4));
  await page.click("#recovery-confirm button");
  await page.click("#make-passkey");
  await page.waitForURL((url) => !url.pathname.startsWith("/set-up"));
  assert.equal((await page.goto(`${origin}/send`))?.status(), 200);
  await stop(first);

  const yaml = readFileSync(join(folder, "policy.yaml"), "utf8");
  assert.match(yaml, /^organisation: Example Council$/m);
  const second = await start(port, /Waybill is at/);
  assert.equal((await page.goto(`${origin}/send`))?.status(), 200);
  await stop(second);

  writeFileSync(
    join(folder, "policy.yaml"),
    yaml.replace("people: 1000", "people: 500").replace("[ council.example ]", "[ council.example, new.example ]"),
  );
  const third = await start(port, /Waybill is at/);
  await page.goto(`${origin}/rules/running`);
  assert.match((await page.textContent("main")) ?? "", /Before that: sha256:[0-9a-f]{64}/);
  await page.goto(`${origin}/rules`);
  assert.match((await page.textContent("main")) ?? "", /500 people/);
  await page.goto(`${origin}/people/invite`);
  await page.fill("#name", "Nia New");
  await page.fill("#address", "nia@new.example");
  await goOn(page);
  await page.waitForURL(/\/people\/[^/]+$/);
  assert.match((await page.textContent("h1")) ?? "", /Nia New/);
  await stop(third);
  assert.deepEqual(troubles, []);
  await close();
});
