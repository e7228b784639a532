import assert from "node:assert/strict";
import { stat } from "node:fs/promises";
import { after, before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import type { Page } from "playwright-core";
import { checkAxe, newProfile } from "../../src/testing/browser.ts";
import {
  arrive,
  type Council,
  choose,
  draftTo,
  joinAs,
  OUTSIDER,
  openCouncil,
  send,
  signOnCheckPage,
  troublesOf,
  wordsFor,
} from "./council.ts";
import {
  BIG,
  EMPTY,
  HELLO,
  openWithWords,
  pickedFiles,
  privateCopies,
  withoutPickers,
  withPickers,
} from "./opened-files.ts";

/** One pixel. */
const PICTURE = {
  name: "pixel.gif",
  bytes: Buffer.from("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7", "base64"),
};

let council: Council;
before(async () => {
  council = await openCouncil();
});
after(() => council.close());

describe("from the sender's files to the recipient's", () => {
  test("files of any name and size reach an outsider, who looks, saves and confirms receipt", async () => {
    const reference = await draftTo(council, [OUTSIDER]);
    const sender = council.sender.page;
    const troubles = troublesOf(sender);
    await sender.goto(`${council.server.url}/transfers/${reference}/add`);
    await choose(sender, [HELLO, EMPTY, BIG, PICTURE]);
    await sender.fill("#message", "Dear Olu,\nhere it is.");
    await sender.fill("#subject", "The real subject");
    assert.deepEqual(await checkAxe(sender), []);
    await sender.click("[data-act=start]");
    await signOnCheckPage(sender);
    const [recipient] = await council.server.records.read.recipients(reference);
    const id = recipient?.id ?? "";

    const olu = await arrive(council, id);
    await olu.page.goto(`${council.server.url}/r/${id}/arrive`);
    await olu.page.waitForURL(/\/wait$/); // confirmed on this device: it goes on
    const other = await newProfile(council.browser, { storageState: await olu.context.storageState() });
    const elsewhere = await other.newPage();
    await elsewhere.goto(`${council.server.url}/r/${id}/arrive`);
    await elsewhere.locator("#elsewhere", { hasText: "on another device" }).waitFor();
    await elsewhere.locator("#confirm").waitFor();
    await other.close();
    await withPickers(olu.page);
    const words = await wordsFor(council, reference, id);
    const oluTroubles = troublesOf(olu.page);
    await olu.page.goto(`${council.server.url}/r/${id}/open`);
    assert.deepEqual(await checkAxe(olu.page), []);
    await openWithWords(council, olu.page, id, words.toUpperCase().replaceAll(" ", "-"));
    assert.deepEqual(await checkAxe(olu.page), []);
    assert.equal(await olu.page.textContent("[data-subject]"), "The real subject");
    assert.equal(await olu.page.textContent("[data-message]"), "Dear Olu,\nhere it is.");

    const row = olu.page.locator("[data-items] tr", { hasText: HELLO.name });
    await row.locator("[data-act=view]").click();
    const frame = olu.page.frameLocator("[data-viewer] iframe");
    assert.equal(await frame.locator("body").textContent(), "hello\n");
    assert.equal(await olu.page.getAttribute("[data-viewer] iframe", "sandbox"), "");
    assert.equal(
      await olu.page.locator("[data-items] tr", { hasText: BIG.name }).locator("[data-act=view]").count(),
      0,
    );

    const picture = olu.page.locator("[data-items] tr", { hasText: PICTURE.name });
    await picture.locator("[data-act=view]").click();
    const image = olu.page.locator("[data-viewer] img");
    await image.waitFor();
    assert.equal(
      await image.evaluate((each) => each instanceof HTMLImageElement && each.decode().then(() => true)),
      true,
    );

    await olu.page.click("[data-act=save-all]");
    await olu.page.locator("[data-result]", { hasText: "All 5 files" }).waitFor();
    assert.deepEqual(await pickedFiles(olu.page), {
      "Message.txt": 21,
      [BIG.name]: BIG.bytes.length,
      [EMPTY.name]: 0,
      [PICTURE.name]: PICTURE.bytes.length,
      [HELLO.name]: HELLO.bytes.length,
    });
    await olu.page.click("[data-act=receipt]");
    await olu.page.waitForURL(/\/done$/);
    assert.equal((await council.server.records.read.recipient(id))?.state, "received");
    assert.deepEqual([...troubles, ...oluTroubles], []);
    await olu.close();
  });

  test("of many files the first are shown, what comes after the list stays near, and names that turn text are shown plain", async () => {
    const reference = await draftTo(council, [OUTSIDER]);
    const sender = council.sender.page;
    const turned = { name: "invoice\u202Efdp.txt", bytes: HELLO.bytes };
    const many = Array.from({ length: 30 }, (_, at) => ({ name: `Page ${at + 10}.txt`, bytes: HELLO.bytes }));
    await sender.goto(`${council.server.url}/transfers/${reference}/add`);
    await choose(sender, [turned, ...many]);
    const plain = (page: Page) => page.getByRole("rowheader", { name: "invoicefdp.txt", exact: true });
    await plain(sender).waitFor();
    await sender.click("[data-act=start]");
    await sender.waitForURL(/\/check$/);
    const renamed = (page: Page, how: string) =>
      page.getByRole("rowheader", { name: new RegExp(`^invoicefdp\\.txt ${how} “invoice‹U\\+202E›fdp\\.txt”`) });
    await renamed(sender, "Called").waitFor();
    const otherTab = await council.sender.context.newPage();
    await otherTab.goto(sender.url());
    await otherTab.locator("#sign-button").waitFor();
    await signOnCheckPage(sender);
    await otherTab.click("#sign-button");
    await otherTab.locator("#sign-status", { hasText: "already" }).waitFor();
    await otherTab.getByRole("link", { name: "See where the transfer is" }).click();
    await otherTab.waitForURL(new RegExp(`/transfers/${reference}$`));
    await otherTab.close();
    const [recipient] = await council.server.records.read.recipients(reference);
    const id = recipient?.id ?? "";

    const olu = await arrive(council, id);
    await openWithWords(council, olu.page, id, await wordsFor(council, reference, id));
    const shown = olu.page.locator("[data-items] tbody tr");
    assert.equal(await shown.count(), 20);
    await olu.page.getByRole("button", { name: "Show all 31 files" }).click();
    assert.equal(await shown.count(), 31);
    assert.equal(await olu.page.getByRole("button", { name: "Show all 31 files" }).isVisible(), false);
    const focused = olu.page.locator("[data-items] tbody tr:nth-child(21) button:focus");
    await focused.waitFor();
    await renamed(olu.page, "Sent as").waitFor();
    assert.deepEqual(await checkAxe(olu.page), []);
    await olu.close();
  });

  test("wrong words say so and cost nothing; a browser without pickers gets one zip, and copies go at the next visit", async () => {
    const reference = await draftTo(council, [OUTSIDER]);
    const [id = ""] = await send(council, reference, [HELLO, EMPTY, BIG]);
    const olu = await arrive(council, id);
    const words = await wordsFor(council, reference, id);
    await withoutPickers(olu.page);
    await olu.page.goto(`${council.server.url}/r/${id}/open`);
    await olu.page.fill("#words", "zzz abacus");
    assert.deepEqual(
      await olu.page
        .locator("[data-words-list] li")
        .evaluateAll((items) => items.map((item) => (item as HTMLElement).dataset.state ?? "")),
      ["unknown", "good", "", "", "", ""],
    );
    await olu.page.fill("#words", words.split(" ").reverse().join(" "));
    await olu.page.click("[data-words-form] button");
    await olu.page.locator("[data-problem-text]", { hasText: "not the six words" }).waitFor();
    await openWithWords(council, olu.page, id, words);
    const downloading = olu.page.waitForEvent("download");
    await olu.page.click("[data-act=save-all]");
    const download = await downloading;
    assert.equal(download.suggestedFilename(), `${reference}.zip`);
    const size = (await stat(await download.path())).size;
    assert.ok(size > BIG.bytes.length && size < BIG.bytes.length + 2000);
    assert.equal(await privateCopies(olu.page), 1);
    await olu.page.goto(`${council.server.url}/r/${id}/open`);
    await openWithWords(council, olu.page, id, words);
    await olu.page.locator("[data-items] tr", { hasText: HELLO.name }).locator("[data-act=view]").click();
    await olu.page.locator("[data-viewer] iframe").waitFor();
    while ((await privateCopies(olu.page)) > 0) await sleep(50);
    // Not only by the page that opens, and not while the browser may still be saving it.
    const again = olu.page.waitForEvent("download");
    await olu.page.click("[data-act=save-all]");
    await (await again).path();
    await olu.page.goto(`${council.server.url}/genuine`);
    assert.equal(await privateCopies(olu.page), 1);
    await olu.page.clock.install({ time: Date.now() + 16 * 60_000 });
    await olu.page.goto(`${council.server.url}/genuine`);
    while ((await privateCopies(olu.page)) > 0) await sleep(50);
    await olu.close();
  });

  test("a colleague confirms arrival and opens with one passkey prompt, without any words", async () => {
    const mia = await joinAs(council, "Mia Member", "mia@council.example");
    await withPickers(mia.page);
    const reference = await draftTo(council, ["mia@council.example"]);
    const [id = ""] = await send(council, reference, [HELLO]);
    await mia.page.goto(`${council.server.url}/r/${id}`);
    await mia.page.waitForURL(/\/open$/);
    await mia.page.click("[data-act=open-member]");
    await mia.page.locator("[data-part=opened]").waitFor();
    await mia.page.click("[data-act=save]");
    await mia.page.locator("[data-result]", { hasText: "is saved" }).waitFor();
    assert.deepEqual(await pickedFiles(mia.page), { [HELLO.name]: HELLO.bytes.length });
    await mia.page.click("[data-act=receipt]");
    await mia.page.waitForURL(/\/done$/);
    await mia.close();
  });
});
