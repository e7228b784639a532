import assert from "node:assert/strict";
import { open, readdir, stat } from "node:fs/promises";
import { join as path } from "node:path";
import { after, before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import type { Page } from "playwright-core";
import { checkAxe } from "../../src/testing/browser.ts";
import { sampleBytes } from "../../src/testing/sample-sending.ts";
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

const MIB = 1024 * 1024;
const HELLO = { name: "Ünï 🗂.txt", bytes: Buffer.from("hello\n") };
const EMPTY = { name: "empty.dat", bytes: new Uint8Array() };
/** One pixel. */
const PICTURE = {
  name: "pixel.gif",
  bytes: Buffer.from("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7", "base64"),
};
const BIG = { name: "big.dat", bytes: sampleBytes(5 * MIB + 17) };

let council: Council;
before(async () => {
  council = await openCouncil();
});
after(() => council.close());

/** Makes the pickers of this page answer with a folder of its private file system, where the test can look. */
async function withPickers(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const folder = async () => {
      const root = await navigator.storage.getDirectory();
      return root.getDirectoryHandle("picked", { create: true });
    };
    Object.assign(globalThis, {
      showDirectoryPicker: folder,
      showSaveFilePicker: async ({ suggestedName }: { suggestedName: string }) =>
        (await folder()).getFileHandle(suggestedName, { create: true }),
    });
  });
}

/** No picker at all, as in Firefox and Safari. */
async function withoutPickers(page: Page): Promise<void> {
  await page.addInitScript(() => {
    for (const name of ["showDirectoryPicker", "showSaveFilePicker"]) Reflect.deleteProperty(globalThis, name);
  });
}

/** Name to size of everything in the picked folder. */
function pickedFiles(page: Page): Promise<Record<string, number>> {
  return page.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle("picked", { create: true });
    const found: Record<string, number> = {};
    const values = (folder as unknown as { values(): AsyncIterable<FileSystemFileHandle> }).values();
    for await (const handle of values) found[handle.name] = (await handle.getFile()).size;
    return found;
  });
}

async function openWithWords(page: Page, id: string, words: string): Promise<void> {
  await page.goto(`${council.server.url}/r/${id}/open`);
  await page.fill("#words", words);
  await page.click("[data-words-form] button");
  await page.locator("[data-part=opened]").waitFor();
  await page.locator("[data-saving]").waitFor({ state: "hidden" });
}

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
    const other = await council.browser.newContext({ storageState: await olu.context.storageState() });
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
    await openWithWords(olu.page, id, words.toUpperCase().replaceAll(" ", "-"));
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
    await openWithWords(olu.page, id, await wordsFor(council, reference, id));
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
    await openWithWords(olu.page, id, words);
    const downloading = olu.page.waitForEvent("download");
    await olu.page.click("[data-act=save-all]");
    const download = await downloading;
    assert.equal(download.suggestedFilename(), `${reference}.zip`);
    const size = (await stat(await download.path())).size;
    assert.ok(size > BIG.bytes.length && size < BIG.bytes.length + 2000);
    assert.equal(await privateCopies(olu.page), 1);
    await olu.page.goto(`${council.server.url}/r/${id}/open`);
    await openWithWords(olu.page, id, words);
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

/** How many opened copies lie in this site's private file system. */
function privateCopies(page: Page): Promise<number> {
  return page.evaluate(async () => {
    type Folder = { readonly kind: string; values(): AsyncIterable<Folder> };
    const count = async (folder: Folder): Promise<number> => {
      let found = 0;
      try {
        for await (const each of folder.values()) found += each.kind === "directory" ? await count(each) : 1;
      } catch (error) {
        if (!(error instanceof DOMException && error.name === "NotFoundError")) throw error; // it goes just now
      }
      return found;
    };
    const root = await navigator.storage.getDirectory();
    return count((await root.getDirectoryHandle("opened", { create: true })) as unknown as Folder);
  });
}

describe("when something is not as it should be", () => {
  test("a body that was altered on the server is called damaged, leaves nothing behind, and the sender is told", async () => {
    const reference = await draftTo(council, [OUTSIDER]);
    const [id = ""] = await send(council, reference, [HELLO, BIG]);
    const olu = await arrive(council, id);
    await withPickers(olu.page);
    const words = await wordsFor(council, reference, id);
    await openWithWords(olu.page, id, words);
    const claim = "[data-checked]";
    assert.doesNotMatch(
      (await olu.page.textContent(claim)) ?? "",
      /nothing was altered/,
      "nothing of the body was read",
    );
    await olu.page.locator("[data-act=receipt]").waitFor();
    const body = (await council.server.records.read.transfer(reference))?.sealed?.bodyId ?? "";
    await flipByte(path(council.server.folder, "blobs", body), 4 * MIB);
    await olu.page.click("[data-act=save-all]");
    await olu.page.locator("[data-problem-text]", { hasText: "is damaged" }).waitFor();
    assert.deepEqual(await pickedFiles(olu.page), {});
    for (const gone of [claim, "[data-act=receipt]"])
      assert.equal(await olu.page.locator(gone).isVisible(), false, gone);
    await olu.page.locator("[data-damaged]", { hasText: "It did not arrive whole" }).waitFor();
    const events = (await council.server.records.read.eventsOf(reference)).map(({ kind }) => kind);
    assert.ok(events.includes("problem-reported"), events.join());

    // Damaged where it lies: checking all of it again finds that too. When it is mended, and only then, there is a receipt.
    await olu.page.click("[data-act=verify]");
    await olu.page.locator("[data-problem-text]", { hasText: "is damaged" }).waitFor();
    assert.equal(await olu.page.locator("[data-act=receipt]").isVisible(), false);
    await flipByte(path(council.server.folder, "blobs", body), 4 * MIB);
    await openWithWords(olu.page, id, words);
    assert.equal(await olu.page.locator("[data-act=receipt]").isVisible(), false, "opening checks the list alone");
    await olu.page.locator("[data-verify]", { hasText: "everything is fetched and checked again" }).waitFor();
    assert.deepEqual(await checkAxe(olu.page), []);
    await olu.page.click("[data-act=verify]");
    await olu.page.locator("[data-result]", { hasText: "Everything was checked again" }).waitFor();
    assert.deepEqual(await pickedFiles(olu.page), {}, "nothing is saved by it");
    await olu.page.click("[data-act=receipt]");
    await olu.page.waitForURL(/\/done$/);
    assert.equal((await council.server.records.read.recipient(id))?.state, "received");
    await olu.close();
  });

  test("what is too large for this browser is found out by trying, said before the words are asked, and never held in memory", async () => {
    const reference = await draftTo(council, [OUTSIDER]);
    const [id = ""] = await send(council, reference, [BIG]);
    const olu = await arrive(council, id);
    await withoutPickers(olu.page);
    const session = await olu.page.context().newCDPSession(olu.page);
    const { origin } = new URL(council.server.url);
    await session.send("Storage.overrideQuotaForOrigin", { origin, quotaSize: 2 * MIB });
    await olu.page.goto(`${council.server.url}/r/${id}/open`);
    await olu.page.locator("[data-too-large]", { hasText: "too large for this browser" }).waitFor();
    await olu.page.locator("[data-part=words]").waitFor();
    const command = `waybill receive ${council.server.url}/r/${id} -o received`;
    await olu.page.locator("[data-command]", { hasText: command }).waitFor();
    await olu.page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await olu.page.click("[data-act=copy-command]");
    await olu.page.waitForFunction(async (wanted) => (await navigator.clipboard.readText()) === wanted, command);
    assert.match((await olu.page.textContent("[data-too-large-text]")) ?? "", /can save (1\.\d|2) MB at the most/);
    // Saved all the same, it fails with words, and is not held in memory instead.
    await openWithWords(olu.page, id, await wordsFor(council, reference, id));
    await olu.page.locator("[data-items] [data-act=save]").click();
    await olu.page.locator("[data-problem-text]", { hasText: "There is no room for this on your device" }).waitFor();
    assert.equal(await privateCopies(olu.page), 0);
    await session.send("Storage.overrideQuotaForOrigin", { origin });
    await olu.page.goto(`${council.server.url}/r/${id}/open`);
    await olu.page.locator("[data-part=words]").waitFor();
    assert.equal(await olu.page.locator("[data-too-large]").isVisible(), false);
    await olu.close();
  });

  test("programs and files with macros need a reason, which is recorded", async () => {
    const reference = await draftTo(council, [OUTSIDER]);
    const { page } = council.sender;
    await page.goto(`${council.server.url}/transfers/${reference}/add`);
    const program = Buffer.concat([Buffer.from("MZ"), Buffer.alloc(100)]);
    await choose(page, [HELLO, { name: "holiday.jpg", bytes: program }]);
    await page.locator("[data-risky]").waitFor();
    await page.click("[data-act=start]");
    await page.locator("[data-problem-text]", { hasText: "Say why" }).waitFor();
    await page.fill("#risky-reason", "A tool that the court asked for");
    await page.click("[data-act=start]");
    await page.waitForURL(/\/check$/);
    const transfer = await council.server.records.read.transfer(reference);
    assert.equal(transfer?.riskyReason, "A tool that the court asked for");
  });
});

async function flipByte(file: string, at: number): Promise<void> {
  const handle = await open(file, "r+");
  const byte = Buffer.alloc(1);
  await handle.read(byte, 0, 1, at);
  byte[0] = (byte[0] ?? 0) ^ 1;
  await handle.write(byte, 0, 1, at);
  await handle.close();
}

describe("an upload whose page was closed", () => {
  const large = { name: "large.dat", bytes: sampleBytes(6 * MIB) };

  /** Begins an upload, loses the connection after its first part, and closes the page. */
  async function closedAfterFirstPart(): Promise<string> {
    const reference = await draftTo(council, [OUTSIDER]);
    const { page, context } = council.sender;
    await page.goto(`${council.server.url}/transfers/${reference}/add`);
    await choose(page, [large]);
    let parts = 0;
    await context.route("**/upload/*", (route) =>
      route.request().method() === "PATCH" && parts++ > 0 ? route.abort() : route.continue(),
    );
    page.once("dialog", (dialog) => void dialog.accept());
    await page.click("[data-act=start]");
    await page.locator("[data-progress-text]", { hasText: "connection is lost" }).waitFor();
    await page.goto(council.server.url);
    await context.unroute("**/upload/*");
    return reference;
  }

  test("goes on from there when the same files are chosen, after one passkey prompt", async () => {
    const reference = await closedAfterFirstPart();
    const before = (await council.server.records.read.transfer(reference))?.uploadId;
    const { page } = council.sender;
    await page.goto(`${council.server.url}/transfers/${reference}/add`);
    await page.locator(".govuk-inset-text", { hasText: "arrived before you left" }).waitFor();
    await choose(page, [large]);
    await page.click("[data-act=start]");
    await page.waitForURL(/\/check$/);
    assert.equal((await council.server.records.read.transfer(reference))?.uploadId, before);
  });

  test("is begun anew under a new key when other files are chosen", async () => {
    const reference = await closedAfterFirstPart();
    const before = await council.server.records.read.transfer(reference);
    const { page } = council.sender;
    await page.goto(`${council.server.url}/transfers/${reference}/add`);
    const other = large.bytes.slice();
    other[5] = 255 - (other[5] ?? 0);
    await choose(page, [{ ...large, bytes: other }]);
    await page.click("[data-act=start]");
    await page.waitForURL(/\/check$/);
    const after = await council.server.records.read.transfer(reference);
    assert.notEqual(after?.uploadId, before?.uploadId);
    assert.notEqual(after?.senderGrant, before?.senderGrant);
    assert.ok(!(await readdir(path(council.server.folder, "blobs"))).includes(before?.uploadId ?? ""));
  });
});
