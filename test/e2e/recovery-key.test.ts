import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import type { Page } from "playwright-core";
import { openRecoveryPackage } from "../../src/client/receiving/recovery-package.ts";
import type { Address } from "../../src/domain/address.ts";
import { generateKeyPair, type KeyPair } from "../../src/seal/keys.ts";
import { platformCipher } from "../../src/seal/webcrypto-cipher.ts";
import { checkAxe, overflowAt320, type Person, screenshots } from "../../src/testing/browser.ts";
import { addRecoveryKey } from "../../src/testing/recovery-key.ts";
import {
  arrive,
  type Council,
  choose,
  draftTo,
  joinAs,
  OUTSIDER,
  openCouncil,
  signOnCheckPage,
  troublesOf,
  wordsFor,
} from "./council.ts";

// The organisation's recovery key: two administrators enrol it, everybody is told, and two open something with it.
let council: Council;
let ann: Person;
let recovery: KeyPair;
before(async () => {
  council = await openCouncil();
  ann = await joinAs(council, "Ann Admin", "ann@council.example");
  recovery = await generateKeyPair();
});
after(() => council.close());

const FILE = { name: "Statement.txt", bytes: new TextEncoder().encode("What I saw") };

async function look(page: Page, name: string): Promise<void> {
  await screenshots(page, `recovery-key-${name}`, process.env.WAYBILL_SCREENSHOTS);
  assert.deepEqual(await checkAxe(page), [], name);
  assert.equal(await overflowAt320(page), 0, name);
}

/** Seals and uploads one file, as far as the page that the recovery key stops it on. */
async function startSending(page: Page, reference: string): Promise<void> {
  await page.goto(`${council.server.url}/transfers/${reference}/add`);
  await choose(page, [FILE]);
  await page.click("[data-act=start]");
}

test("a recovery key is proposed on one administrator's page and confirmed on another's", async () => {
  const { server, sender } = council;
  const ada = sender.page;
  const troubles = [troublesOf(ada), troublesOf(ann.page)];
  await ada.goto(`${server.url}/recovery-key`);
  await ada.getByText("There is none.").waitFor();
  await ada.getByText("You are the only administrator.").waitFor();
  await look(ada, "none");
  assert.equal(await ada.locator("#propose-act").count(), 0, "it takes a second administrator first");
  assert.match(await ada.locator("main").innerText(), /You are the only administrator/);
  const member = await server.records.read.memberByAddress("ann@council.example" as Address);
  await ada.goto(`${server.url}/people/${member?.id}`);
  await ada.getByLabel("Administrator").check();
  await ada.getByRole("button", { name: "Save" }).click();
  await ada.goto(`${server.url}/recovery-key`);
  await ada.click("#propose-act");
  await ada.getByText("Paste the public key").waitFor();
  await ada.fill("#recovery-recipient", `# public key: …\n${recovery.identity}\n`);
  await ada.getByText("That was a secret key").waitFor();
  assert.equal(await ada.locator("#recovery-recipient").inputValue(), "");
  await ada.fill("#recovery-recipient", `${recovery.recipient.slice(0, -1)}\n`);
  await ada.click("#propose-act");
  await ada.locator("#keys-status.govuk-error-message").waitFor();
  await look(ada, "mistake");
  await ada.fill("#recovery-recipient", `${recovery.recipient}\n`);
  await ada.click("#propose-act");
  await ada.getByRole("heading", { name: "Waits for a second administrator: a recovery key" }).waitFor();
  assert.equal(await ada.locator("#confirm-act").count(), 0);
  await look(ada, "proposed");

  await ann.page.goto(`${server.url}/recovery-key`);
  await look(ann.page, "to-confirm");
  await ann.page.click("#confirm-act");
  await ann.page.getByRole("heading", { name: "The recovery key now" }).waitFor();
  await look(ann.page, "active");
  const [key] = await server.records.read.recoveryKeys();
  assert.deepEqual([key?.state, key?.recipient], ["active", recovery.recipient]);
  assert.deepEqual(troubles.flat(), []);
});

test("sending stops until the sender has read of it; recipients are told in both languages; two open it offline", async () => {
  const { server, sender } = council;
  const ada = sender.page;
  const troubles = [troublesOf(ada), troublesOf(ann.page)];
  const reference = await draftTo(council, [OUTSIDER]);
  await startSending(ada, reference);
  await ada.locator("[data-part=recovery-key]:not([hidden])").waitFor();
  await ada.getByText("Council can open what you send with a recovery key that it keeps offline.").waitFor();
  await look(ada, "stops-sending");
  await ada.click("[data-act=refuse-recovery-key]");
  await ada.getByText("You did not confirm what your organisation did with its recovery key.").waitFor();
  assert.equal((await server.records.read.transfer(reference))?.sealed, null);
  await ada.click("[data-act=start]");
  await ada.click("[data-act=confirm-recovery-key]");
  await ada.waitForURL(/\/check$/);
  await ada.locator("#with-recovery").waitFor();
  assert.ok(await ada.locator("#without-recovery").isHidden());
  await look(ada, "check");
  await signOnCheckPage(ada);
  await ada.goto(`${server.url}/transfers/${reference}`);
  await ada.getByText("Example Council, with a recovery key kept offline").waitFor();

  const [{ id = "" } = {}] = await server.records.read.recipients(reference);
  const olu = await arrive(council, id);
  await olu.page.getByText("Example Council can open this package too").waitFor();
  await olu.page.goto(`${server.url}/r/${id}/open?lang=cy`);
  await olu.page.getByText("Gall Example Council agor y pecyn hwn hefyd").waitFor();
  await olu.page.goto(`${server.url}/r/${id}/open?lang=en`);
  await olu.page.fill("#words", await wordsFor(council, reference, id));
  await olu.page.click("[data-words-form] button");
  await olu.page.locator("[data-part=opened]").waitFor();
  assert.ok(await olu.page.locator("[data-recovery]").isVisible());
  await look(olu.page, "opened");

  await ada.goto(`${server.url}/recovery-key/exports`);
  await look(ada, "exports");
  await ada.fill("#reference", reference);
  await ada.getByRole("button", { name: "Find it" }).click();
  await ada.click("#ask-export");
  await ada.getByText("Say why it has to be opened").waitFor();
  await ada.fill("#export-reason", "The recipient has died");
  await look(ada, "ask");
  await ada.click("#ask-export");
  await ada.getByText("It waits for a second administrator").waitFor();
  await ann.page.goto(`${server.url}/recovery-key/exports/${reference}`);
  await look(ann.page, "agree");
  await ann.page.click("#agree-export");
  await ann.page.getByText("npx waybill open --recovery").waitFor();
  await look(ann.page, "fetch");
  const downloading = ann.page.waitForEvent("download");
  await ann.page.getByRole("button", { name: "Fetch the sealed package" }).click();
  const download = await downloading;
  assert.equal(download.suggestedFilename(), `${reference}.waybill-recovery`);
  assert.equal(await openedText(await readFile(await download.path())), "What I saw");

  await ada.goto(`${server.url}/transfers/${reference}`);
  const timeline = await ada.locator(".wb-timeline").last().textContent();
  for (const said of [/Ada Admin \(ada@council\.example\), an administrator, asked/, /The recipient has died/]) {
    assert.match(timeline ?? "", said);
  }
  assert.match(timeline ?? "", /Ann Admin \(ann@council\.example\), an administrator, fetched the sealed package/);
  assert.deepEqual(troubles.flat(), []);
});

test("another recovery key stops sending again, and one that was accepted does not", async () => {
  const { server, sender } = council;
  const again = await draftTo(council, [OUTSIDER]);
  await startSending(sender.page, again);
  await sender.page.waitForURL(/\/check$/);
  const [ada, second] = await Promise.all(
    ["ada@council.example", "ann@council.example"].map((each) => server.records.read.memberByAddress(each as Address)),
  );
  assert.ok(ada && second);
  await addRecoveryKey(server, (await generateKeyPair()).recipient, [ada, second]);
  await sender.page.click("#sign-button");
  await sender.page.getByText("recovery key was changed since these files were sealed").waitFor();
  await startSending(sender.page, again);
  await sender.page.getByText("is another one than before").waitFor();
  await sender.page.click("[data-act=confirm-recovery-key]");
  await signOnCheckPage(sender.page);
  assert.equal((await server.records.read.transfer(again))?.state, "released");
});

async function openedText(bytes: Buffer): Promise<string> {
  const end = bytes.indexOf(0x0a);
  const body = new Uint8Array(bytes.subarray(end + 1));
  const from = {
    head: bytes.subarray(0, end),
    bodySize: body.length,
    read: async function* (start: number, stop: number) {
      yield body.subarray(start, stop);
    },
  };
  const { all } = await openRecoveryPackage(from, [recovery.identity], await platformCipher());
  let text = "";
  for await (const part of all(new AbortController().signal)) text += new TextDecoder().decode(part);
  return text;
}
