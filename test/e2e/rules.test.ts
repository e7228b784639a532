import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Page } from "playwright-core";
import { checkAxe, overflowAt320, screenshots } from "../../src/testing/browser.ts";
import { type Council, openCouncil, troublesOf } from "./council.ts";

// How we decide, the simulator and "Can I send this?" in a real browser. Each page passes axe and fits 320 px.
// WAYBILL_SCREENSHOTS names a folder for pictures.
let council: Council;
let page: Page;
let troubles: string[];
before(async () => {
  council = await openCouncil();
  page = council.sender.page;
  troubles = troublesOf(page);
});
after(() => council.close());

async function look(name: string): Promise<void> {
  assert.deepEqual(await checkAxe(page), [], name);
  assert.equal(await overflowAt320(page), 0, `${name} fits 320 px`);
  await screenshots(page, name, process.env.WAYBILL_SCREENSHOTS);
}

async function open(path: string): Promise<void> {
  await page.goto(`${council.server.url}${path}`);
}

async function press(button: string): Promise<void> {
  await Promise.all([page.waitForEvent("load"), page.getByRole("button", { name: button, exact: true }).click()]);
}

test("the rules, both sets, the register of clauses and the files behind them", async () => {
  for (const [path, name] of [
    ["/rules", "rules"],
    ["/rules/compare", "rules-compare"],
    ["/rules/clauses", "rules-clauses"],
    ["/rules/clauses/SIS-3", "rules-clause"],
    ["/rules/clauses/EAG-1", "rules-clause-not-yet"],
    ["/rules/running", "rules-running"],
    ["/rules/replay", "rules-replay"],
  ] as const) {
    await open(path);
    await look(name);
  }
  await open("/rules");
  await page.selectOption("#method", "fax");
  await press("Show");
  assert.match(page.url(), /method=fax/);
  await page.getByRole("link", { name: "SIS-16" }).first().click();
  await page.waitForURL(/\/rules\/clauses\/SIS-16$/);
});

test("reading the rules again, and a draft that is refused", async () => {
  await open("/rules/running");
  await press("Read the rules again");
  assert.match((await page.textContent("main")) ?? "", /read by Ada Admin/);
  await open("/rules/replay");
  await page.fill("#configuration", "rules: navy\n");
  await press("Try it");
  await page.locator(".govuk-error-summary").waitFor();
  await look("rules-replay-refused");
});

test("a fact is changed in the simulator", async () => {
  await open("/rules/try");
  await look("rules-try");
  await page.selectOption("[id='classification']", "OFFICIAL-SENSITIVE");
  await page.fill("[id='people.count']", "1200");
  await press("See what changes");
  assert.match((await page.textContent("main")) ?? "", /A senior manager must agree to a bulk transfer/);
  await look("rules-try-changed");
});

test("SDT-8: seven questions, an answer that can be printed, and a start from it", async () => {
  await open("/");
  await page.getByRole("link", { name: "Can I send this?" }).first().click();
  await page.waitForURL(/\/can-i-send$/);
  await look("can-i-send");
  await press("See what the rules say");
  await page.locator(".govuk-error-summary").waitFor();
  await look("can-i-send-errors");
  await page.check("input[value='OFFICIAL-SENSITIVE']");
  for (const each of ["personal", "offences"]) await page.check(`input[name=contents][value=${each}]`);
  await page.fill("#people", "1,200");
  await page.check("input[name=size][value=medium]");
  await page.check("input[name=kind][value=third-party]");
  await page.fill("#address", "olu@chambers.example");
  await page.check("input[name=where][value=home]");
  await page.check("input[name=individuals][value=serious]");
  await page.check("input[name=organisation][value=some]");
  await press("See what the rules say");
  assert.match((await page.textContent("#best-method")) ?? "", /Secure link/);
  assert.ok(await page.getByRole("button", { name: "Print this page" }).isVisible());
  await look("can-i-send-answer");
  await page.emulateMedia({ media: "print" });
  assert.equal(await page.getByRole("button", { name: "Print this page" }).isVisible(), false);
  assert.ok(await page.getByText("A senior manager must agree to a bulk transfer").first().isVisible());
  await screenshots(page, "can-i-send-printed", process.env.WAYBILL_SCREENSHOTS);
  await page.emulateMedia({ media: "screen" });
  await press("Start from this: send it by secure link");
  assert.equal(await page.inputValue("#recipients"), "olu@chambers.example");
  assert.ok(await page.isChecked("input[value='OFFICIAL-SENSITIVE']"));
  assert.deepEqual(troubles, []);
});
