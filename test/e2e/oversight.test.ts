import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import { generateKeyPair } from "../../src/seal/keys.ts";
import { startSession } from "../../src/server/gate/session.ts";
import {
  checkAxe,
  leaveBrowser,
  newPerson,
  openBrowser,
  overflowAt320,
  screenshots,
} from "../../src/testing/browser.ts";
import { enrolPasskey } from "../../src/testing/enrolled-passkey.ts";
import { addContact, addKey, addMember, foundOrganisation } from "../../src/testing/organisation.ts";
import { startServer, type TestServer } from "../../src/testing/server.ts";
import { signedTransfer } from "../../src/testing/signed-transfer.ts";
import { Visitor } from "../../src/testing/visitor.ts";
import { buildWeb } from "../../src/web-build/build-web.ts";
import { troublesOf } from "./council.ts";

// What auditors see, in a real browser. Each page passes axe and fits 320 px. WAYBILL_SCREENSHOTS names a folder for pictures.
const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");
let server: TestServer;
let browser: Browser;
let page: Page;
let troubles: string[];
before(async () => {
  const folder = join(root, ".build/web");
  const { manifest } = await buildWeb(root, folder);
  server = await startServer({ assets: { folder, files: manifest } });
  await foundOrganisation(server);
  const lena = await addMember(server, "Lena Line");
  const sam = await addMember(server, "Sam Sender", { lineManagerId: lena.id });
  await addKey(server, sam.id, await generateKeyPair());
  await addContact(server, sam, "Rhys Morgan", "rhys@chambers.example");
  const visitor = await new Visitor(server).signIn(sam.id);
  const sender = { member: sam, visitor, passkey: await enrolPasskey(server, sam) };
  const facts = { agreement: { none: "It is one letter" } };
  await signedTransfer(sender, ["rhys@chambers.example"], undefined, { facts, expecting: true });
  const more = { facts: { ...facts, personal: true, people: 3 }, expecting: true, legitimateNeed: "Instructed" };
  await signedTransfer(sender, ["rhys@chambers.example"], undefined, more);
  const audra = await addMember(server, "Audra Audit", { roles: ["auditor", "privacy-team"] });
  browser = await openBrowser();
  ({ page } = await newPerson(browser));
  const value = await startSession(server.parts, audra.id, "");
  await page.context().addCookies([{ name: "waybill", value, url: server.url }]);
  troubles = troublesOf(page);
});
after(async () => {
  await leaveBrowser();
  await server.stop();
});

async function look(name: string): Promise<void> {
  assert.deepEqual(await checkAxe(page), [], name);
  assert.equal(await overflowAt320(page), 0, `${name} fits 320 px`);
  await screenshots(page, name, process.env.WAYBILL_SCREENSHOTS);
}

async function press(button: string): Promise<void> {
  await Promise.all([page.waitForEvent("load"), page.getByRole("button", { name: button, exact: true }).click()]);
}

test("SIS-37: an auditor searches, opens a record, and takes an export; with the keyboard's and the screen reader's names", async () => {
  await page.goto(server.url);
  await page.getByRole("link", { name: "Records", exact: true }).click();
  await page.waitForURL(/\/records$/);
  await look("records-search");
  await page.getByLabel("Person").fill("Rhys Morgan");
  await press("Search");
  await look("records-found");
  assert.equal(await page.locator(".wb-reference").count(), 2);
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download for a spreadsheet (CSV)" }).click();
  assert.match((await download).suggestedFilename(), /^records-[\d-]+\.csv$/);
  await page.locator(".wb-reference").first().click();
  await look("records-open");
  await press("Open this record");
  await look("records-record");
  await page.getByRole("heading", { name: "What the rules decided" }).waitFor();
  assert.deepEqual(troubles, []);
});

test("SIS-28, SDT-28: the dashboard, the report on the controls, and the yearly review", async () => {
  await page.goto(`${server.url}/oversight`);
  await page.getByText("Transfers sent by method, as a table").click();
  await page.locator("#methods-table").getByText("Secure link").waitFor();
  await look("oversight");
  await page.goto(`${server.url}/controls`);
  await look("controls");
  await page.getByRole("button", { name: "Record the review" }).click();
  await press("Record the review");
  await look("controls-review");
  await page.locator("#says").fill("Every control holds.");
  await page.getByLabel("I looked through the whole report, with its exceptions").check();
  await press("Record the review");
  assert.match((await page.textContent("main")) ?? "", /Audra Audit .*Every control holds\./s);
  assert.deepEqual(troubles, []);
});
