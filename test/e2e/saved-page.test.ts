import assert from "node:assert/strict";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";
import { sha256Hex } from "../../src/bytes/digest.ts";
import { randomBytes } from "../../src/bytes/random.ts";
import { addNames } from "../../src/client/evidence/names.ts";
import { formatVerifierKey, signerOf } from "../../src/log/keys.ts";
import { generateKeyPair } from "../../src/seal/keys.ts";
import { addSigner } from "../../src/testing/approver.ts";
import { checkAxe, leaveBrowser, newProfile, openBrowser, overflowAt320 } from "../../src/testing/browser.ts";
import { addContact, addKey, foundOrganisation } from "../../src/testing/organisation.ts";
import { startServer, type TestServer } from "../../src/testing/server.ts";
import { signedTransfer } from "../../src/testing/signed-transfer.ts";
import { temporaryFolder } from "../../src/testing/temporary-store.ts";
import { buildWeb } from "../../src/web-build/build-web.ts";

const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");
const CLARA = "clara@chambers.example";

let server: TestServer;
let folder: string;
let browser: Browser;
let page: Page;
let pack: Uint8Array<ArrayBuffer>;
let named: Uint8Array<ArrayBuffer>;

before(async () => {
  folder = await temporaryFolder();
  const web = join(root, ".build/web");
  const { manifest } = await buildWeb(root, web);
  server = await startServer({ assets: { folder: web, files: manifest }, limits: { rateFactor: 100 } });
  await foundOrganisation(server);
  const sender = await addSigner(server, "Ada Clerk");
  await addKey(server, sender.member.id, await generateKeyPair());
  await addContact(server, sender.member, "Clara Counsel", CLARA);
  const { reference, access } = await signedTransfer(sender, [CLARA]);
  pack = (await sender.visitor.api("POST", `/api/transfers/${reference}/evidence`, {})).bytes;
  const sealed = (await sender.visitor.get(`/api/transfers/${reference}/manifest`)).bytes;
  named = await addNames(pack, sealed, access.identity);
});
after(async () => {
  await leaveBrowser();
  await server.stop();
  await rm(folder, { recursive: true });
});

test("SDT-28: the page that checks evidence is handed out for saving, with its digest, and never runs at our address", async () => {
  const shown = await (await fetch(`${server.url}/verify`)).text();
  const [, path = ""] = /href="(\/assets\/verify-[^"]+\.html)"/.exec(shown) ?? [];
  const answer = await fetch(server.url + path);
  assert.match(answer.headers.get("content-disposition") ?? "", /^attachment/);
  assert.doesNotMatch(answer.headers.get("content-security-policy") ?? "unsafe", /unsafe/);
  const bytes = new Uint8Array(await answer.arrayBuffer());
  assert.ok(shown.includes(await sha256Hex(bytes)));
  await writeFile(join(folder, "check.html"), bytes);
});

test("SDT-28: opened from a disk and without a network, it believes a good pack and refuses a damaged one", async () => {
  browser = await openBrowser();
  const context = await newProfile(browser, { offline: true });
  page = await context.newPage();
  await page.goto(pathToFileURL(join(folder, "check.html")).href);
  assert.match(await answered(null, ""), /Choose the evidence pack/);
  const key = formatVerifierKey(server.parts.log.keeper.key);
  const good = await answered(pack, key);
  assert.match(good, /Nothing was altered/);
  assert.match(good, /Ada Clerk \(.+\) signed the waybill and sent it, with a passkey/);
  assert.match(good, /No witness vouches/);
  assert.doesNotMatch(good, /statement\.txt/);
  assert.match(await answered(named, key), /Names of the files\s+statement\.txt/);
  const middle = pack.length >> 1;
  assert.match(await answered(pack.with(middle, (pack[middle] ?? 0) ^ 1), key), /This pack proves nothing/);
  const other = await signerOf(server.parts.log.keeper.key.name, "note", randomBytes(32));
  assert.match(await answered(pack, formatVerifierKey(other.key)), /not signed by the key/);
  assert.match(await answered(pack, "nonsense"), /There is a problem\s+This is no key: nonsense/);
  assert.deepEqual(await checkAxe(page), []);
  assert.equal(await overflowAt320(page), 0);
});

/** What the page says of a pack under a key. */
async function answered(bytes: Uint8Array | null, key: string): Promise<string> {
  if (bytes !== null) {
    const buffer = Buffer.from(bytes);
    await page.setInputFiles("#pack", { name: "WB.evidence.zip", mimeType: "application/zip", buffer });
  }
  await page.fill("#log-key", key);
  await page.evaluate(() => document.getElementById("answer")?.replaceChildren());
  await page.click("button");
  await page.locator("#answer h2").first().waitFor();
  return page.locator("#answer").innerText();
}
