import assert from "node:assert/strict";
import { open, readdir } from "node:fs/promises";
import { join as path } from "node:path";
import { after, before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { checkAxe } from "../../src/testing/browser.ts";
import { sampleBytes } from "../../src/testing/sample-sending.ts";
import { arrive, type Council, choose, draftTo, OUTSIDER, openCouncil, send, wordsFor } from "./council.ts";
import {
  BIG,
  HELLO,
  MIB,
  openWithWords,
  pickedFiles,
  privateCopies,
  withoutPickers,
  withPickers,
} from "./opened-files.ts";

let council: Council;
before(async () => {
  council = await openCouncil();
});
after(() => council.close());

describe("when something is not as it should be", () => {
  test("a body that was altered on the server is called damaged, leaves nothing behind, and the sender is told", async () => {
    const reference = await draftTo(council, [OUTSIDER]);
    const [id = ""] = await send(council, reference, [HELLO, BIG]);
    const olu = await arrive(council, id);
    await withPickers(olu.page);
    const words = await wordsFor(council, reference, id);
    await openWithWords(council, olu.page, id, words);
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
    for (const gone of [claim, "[data-act=receipt]"]) await olu.page.locator(gone).waitFor({ state: "hidden" });
    await olu.page.locator("[data-damaged]", { hasText: "It did not arrive whole" }).waitFor();
    const events = () => council.server.records.read.eventsOf(reference);
    while (!(await events()).some(({ kind }) => kind === "problem-reported")) await sleep(50); // the page's report is on its way

    // Damaged where it lies: checking all of it again finds that too. When it is mended, and only then, there is a receipt.
    await olu.page.click("[data-act=verify]");
    await olu.page.locator("[data-problem-text]", { hasText: "is damaged" }).waitFor();
    await olu.page.locator("[data-act=receipt]").waitFor({ state: "hidden" });
    await flipByte(path(council.server.folder, "blobs", body), 4 * MIB);
    await openWithWords(council, olu.page, id, words);
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
    await openWithWords(council, olu.page, id, await wordsFor(council, reference, id));
    await olu.page.locator("[data-items] [data-act=save]").click();
    await olu.page.locator("[data-problem-text]", { hasText: "There is no room for this on your device" }).waitFor();
    while ((await privateCopies(olu.page)) > 0) await sleep(50); // what was begun is taken away
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
