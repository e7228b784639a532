import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Page } from "playwright-core";
import { checkAxe, overflowAt320, screenshots } from "../../src/testing/browser.ts";
import { memberAt } from "../../src/testing/joining.ts";
import { writeFalseKey } from "../../src/testing/own-keys.ts";
import {
  arrive,
  type Council,
  choose,
  draftTo,
  OUTSIDER,
  openCouncil,
  send,
  signOnCheckPage,
  troublesOf,
  wordsFor,
} from "./council.ts";

// An outside recipient's second transfer needs no words: the key kept after the first is confirmed by the sender.
let council: Council;
before(async () => {
  council = await openCouncil();
});
after(() => council.close());

async function look(page: Page, name: string): Promise<void> {
  await screenshots(page, `keep-key-${name}`, process.env.WAYBILL_SCREENSHOTS);
  assert.deepEqual(await checkAxe(page), [], name);
  assert.equal(await overflowAt320(page), 0, name);
}

async function openWithWords(page: Page, id: string, words: string): Promise<void> {
  await page.goto(`${council.server.url}/r/${id}/open`);
  await page.fill("#words", words);
  await page.click("[data-words-form] button");
  await page.locator("[data-part=opened]").waitFor();
}

const FILE = { name: "Statement.txt", bytes: new TextEncoder().encode("What I saw") };

test("after opening with six words a passkey is kept; the sender confirms it; the next transfer opens with it alone", async () => {
  const { server } = council;
  const sender = council.sender.page;
  const reference = await draftTo(council, [OUTSIDER]);
  const [id = ""] = await send(council, reference, [FILE]);
  const olu = await arrive(council, id);
  const troubles = troublesOf(olu.page);
  const words = await wordsFor(council, reference, id);
  await sender.getByLabel(/^Ring/).check();
  await sender.getByRole("button", { name: "I told them", exact: true }).click();
  await openWithWords(olu.page, id, words);
  await olu.page.click("[data-act=receipt]");
  await olu.page.waitForURL(/\/done$/);
  await look(olu.page, "done");

  // In another window nothing shows that it was opened.
  const other = await olu.context.newPage();
  await other.goto(`${server.url}/r/${id}/key`);
  await other.locator("#open-first:not([hidden])").waitFor();
  await look(other, "open-first");
  await other.getByRole("button", { name: "Open it again" }).click();
  await other.fill("#words", words);
  await other.click("[data-words-form] button");
  await other.getByRole("link", { name: "Keep a passkey" }).click();
  await other.locator("#make-keys:not([hidden])").waitFor();
  await other.close();

  await olu.page.goto(`${server.url}/r/${id}/key?lang=cy`);
  await look(olu.page, "welsh");
  await olu.page.goto(`${server.url}/r/${id}/key?lang=en`);
  const code = (await olu.page.textContent("#recovery-code")) ?? "";
  await look(olu.page, "recovery");
  await olu.page.fill("#recovery-end", "ZZZZ");
  await olu.page.click("#recovery-confirm button");
  await olu.page.locator("#recovery-end-error").waitFor();
  await olu.page.fill("#recovery-end", code.trim().slice(-4));
  await olu.page.click("#recovery-confirm button");
  await look(olu.page, "passkey");
  await olu.page.click("#make-passkey");
  await olu.page.waitForURL(/\/done$/);
  await olu.page.getByText("You have kept a passkey").waitFor();
  await look(olu.page, "kept");
  assert.equal(await olu.authenticator.passkeys(), 1);

  await sender.goto(`${server.url}/send`);
  await sender.getByLabel("Who is it for?").fill(OUTSIDER);
  await sender.getByLabel("What is it for?").fill("The next hearing");
  await sender.getByLabel("Why is it necessary to send it?").fill("Counsel needs it");
  await sender.getByLabel("Where is the record copy kept?").fill("The case file");
  await sender.getByLabel("OFFICIAL", { exact: true }).check();
  await sender.getByRole("group", { name: "Is there personal information in it?" }).getByLabel("No").check();
  await sender.getByRole("group", { name: "Is it sensitive in any other way?" }).getByLabel("No").check();
  await sender.getByLabel("Nothing goes in that they do not need for this").check();
  await sender.getByRole("button", { name: "Continue", exact: true }).click();
  await sender.getByText(`after opening ${reference}`).waitFor();
  assert.match(
    (await sender.textContent("main")) ?? "",
    /had the six words, told on .* by phone, on the number ending/,
  );
  await look(sender, "people");
  await sender.getByRole("button", { name: "These are the right people" }).click();
  await sender.locator(".govuk-error-summary", { hasText: "Say whether this key is theirs" }).waitFor();
  await look(sender, "people-mistake");
  await sender.getByLabel("Yes: seal to it").check();
  await sender.getByRole("button", { name: "These are the right people" }).click();
  await sender.waitForURL(/\/method$/);
  await sender
    .getByRole("link", { name: "Send it by secure link" })
    .or(sender.getByRole("button", { name: "Send it by secure link" }))
    .click();
  await sender.waitForURL(/\/add$/);
  const next = sender.url().split("/").at(-2) ?? "";
  sender.on("dialog", (dialog) => void dialog.accept());
  await sender.setInputFiles("input[data-choose=files]", {
    name: FILE.name,
    mimeType: "text/plain",
    buffer: Buffer.from(FILE.bytes),
  });
  await sender.click("[data-act=start]");
  await signOnCheckPage(sender);
  const [row] = await server.records.read.recipients(next);
  assert.deepEqual([row?.access, row?.state], ["account", "released"]);

  await olu.page.goto(`${server.url}/r/${row?.id}`);
  await look(olu.page, "landing");
  await olu.page.getByRole("button", { name: "Sign in with your passkey" }).click();
  await olu.page.waitForURL(/\/sign-in/);
  await olu.page.click("#sign-in-button");
  await olu.page.waitForURL(/\/open$/);
  await olu.page.click("[data-act=open-member]");
  await olu.page.locator("[data-part=opened]").waitFor();
  assert.match((await olu.page.textContent("[data-items]")) ?? "", /Statement\.txt/);

  await olu.page.goto(`${server.url}/`);
  assert.equal(await olu.page.getByRole("button", { name: "Send something" }).count(), 0);
  await look(olu.page, "home");
  await olu.page.goto(`${server.url}/account/remove-key`);
  await look(olu.page, "remove");
  await olu.page.getByRole("button", { name: "Remove my key" }).click();
  await olu.page.getByRole("heading", { name: "Your key is removed" }).waitFor();
  await look(olu.page, "removed");
  assert.deepEqual(troubles, []);
});

test("SIS-23: a key that the operator writes in somebody's name alarms them on their next page; sealing stops, and nothing is sealed to it or pinned", async () => {
  const { server } = council;
  const { page } = council.sender;
  await page.goto(`${server.url}/account/keys`);
  await page.locator("#own-keys:not([hidden]) [data-standing=signed]").first().waitFor();
  assert.equal(await page.locator("[data-standing=false], #own-keys-alarm").count(), 0);
  await look(page, "own-keys");
  const reference = await draftTo(council, [OUTSIDER]);
  const ada = await memberAt(server, "ada@council.example");
  const line = await writeFalseKey(server, ada);

  await page.goto(`${server.url}/`);
  const alarm = page.getByRole("alert").filter({ hasText: "none of your passkeys signed for" });
  await alarm.waitFor();
  await look(page, "alarm");
  await page.goto(`${server.url}/transfers/${reference}/add`);
  await alarm.waitFor();
  await choose(page, [FILE]);
  await page.click("[data-act=start]");
  await page.getByText("A key was added in your name that none of your passkeys signed for (").waitFor();
  const transfer = await server.records.read.transfer(reference);
  assert.deepEqual([transfer?.state, transfer?.sealed], ["draft", null]);
  await look(page, "sealing-stopped");

  await page.goto(`${server.url}/`);
  await alarm.getByRole("link", { name: "Report it now" }).click();
  await page.waitForURL(/\/report\?/);
  await page.waitForFunction(() => document.querySelector<HTMLTextAreaElement>("textarea#words")?.value !== "");
  await alarm.getByRole("link", { name: "See the keys in your name" }).click();
  await page.locator("#own-keys-false:not([hidden])").waitFor();
  await look(page, "own-keys-false");
  await page.locator("#own-keys-false").getByRole("link", { name: "See your command lines" }).click();
  await page.getByRole("button", { name: "Remove" }).first().click();
  await page.waitForURL(/\/account\/devices/);
  assert.ok((await server.records.read.keyLog()).find(({ id }) => id === line.id)?.removedAt);
  await alarm.getByText("removed since").waitFor();
  await look(page, "alarm-removed");
  await alarm.getByRole("button", { name: /^I have reported it/ }).click();
  await alarm.waitFor({ state: "detached" });
  await page.goto(`${server.url}/account/keys`);
  await page.locator("#own-keys:not([hidden])").waitFor();
  assert.equal(await page.locator("#own-keys-alarm").count(), 0);
  await send(council, reference, [FILE]); // settled: sending goes on
});
