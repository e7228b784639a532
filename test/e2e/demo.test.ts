import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import type { Page } from "playwright-core";
import { DEMO_AGREEMENT } from "../../src/demo/people.ts";
import { checkPage, type DemoDesk, openDemo } from "./demo-desk.ts";

const CLERK = "clerk@chambers.test";
const REPORT = { name: "Hearing – é 🗂.txt", mimeType: "text/plain", buffer: Buffer.from("page one\n".repeat(5000)) };
const EMPTY = { name: "empty.bin", mimeType: "application/octet-stream", buffer: Buffer.alloc(0) };

let demo: DemoDesk;
let sam: Page;
let reference = "";
let link = "";
before(async () => {
  demo = await openDemo();
  sam = (await demo.enter("Sam Sender")).page;
});
after(() => demo.close());

/** Fills in who, what and why, and goes on to the page that adds files. */
async function describeTransfer(recipients: readonly string[]): Promise<void> {
  await sam.goto(`${demo.url}/send`);
  await checkPage(sam, "send");
  const [who, purpose, necessity] = await sam.locator("textarea").all();
  await who?.fill(recipients.join("\n"));
  await purpose?.fill("Parole hearing bundle");
  await necessity?.fill("The board reads it before the hearing");
  await sam.getByLabel("Where is the record copy kept?").fill("The case file");
  for (const question of await sam.getByRole("group").all()) {
    const no = question.getByLabel("No", { exact: true });
    if ((await no.count()) > 0) await no.check();
  }
  await sam.getByLabel("OFFICIAL", { exact: true }).check();
  await sam.getByLabel("Nothing goes in that they do not need for this").check();
  await sam.getByRole("button", { name: "Continue" }).click();
  const people = sam.getByRole("button", { name: "These are the right people" });
  if (await people.count()) {
    await checkPage(sam, "people");
    await people.click();
  }
  await sam.waitForURL(/\/method$/);
  await checkPage(sam, "method");
  await sam.getByRole("button", { name: "Send it by secure link" }).click();
  await sam.waitForURL(/\/add$/);
}

test("SDT-4, SDT-5, SDT-16: a sender describes, adds files that are sealed in the browser, names the agreement, checks and signs", async () => {
  await describeTransfer(["lena.line@examples.test", CLERK]);
  await sam.setInputFiles("input[type=file] >> nth=0", [REPORT, EMPTY]);
  await sam.getByText("2 files,").waitFor();
  await checkPage(sam, "add");
  await sam.getByRole("button", { name: "Seal and upload" }).click();
  await sam.waitForURL(/\/tasks$/);
  await checkPage(sam, "tasks");
  await sam.getByRole("link", { name: /data sharing agreement/ }).click();
  await sam.getByLabel(DEMO_AGREEMENT).check();
  await checkPage(sam, "agreement");
  await sam.getByRole("button", { name: "Save and go on" }).click();
  await sam.waitForURL(/\/check$/);
  await checkPage(sam, "check");
  await sam.getByRole("button", { name: "Sign and send" }).click();
  await sam.waitForURL(/\/transfers\/WB-[^/]+$/);
  await checkPage(sam, "transfer");
  reference = /WB-....-..../.exec(sam.url())?.[0] ?? "";
  assert.match(reference, /^WB-/);
});

test("OXM-24, SDT-13: an outsider proves the mailbox, confirms arrival, is told six words, opens, saves and confirms", async () => {
  const notice = await demo.mail(CLERK, "has sent you information");
  assert.doesNotMatch(notice, /Hearing|empty\.bin/, "the notice names no file");
  link = /http\S+\/r\/[\w-]+/.exec(notice)?.[0] ?? "";
  const { page: clerk, context } = await demo.outsider();
  await context.addInitScript(() => {
    for (const name of ["showDirectoryPicker", "showSaveFilePicker"]) Reflect.deleteProperty(globalThis, name);
  });
  await clerk.goto(link);
  await checkPage(clerk, "landing");
  await clerk.getByRole("button", { name: "Send me a code" }).click();
  await checkPage(clerk, "code");
  const code = /Your code is (\d{4} \d{4})/.exec(await demo.mail(CLERK, "Your code is"))?.[1] ?? "";
  await clerk.locator("input[name=code]").fill(code);
  await clerk.getByRole("button", { name: "Continue", exact: true }).click();
  await clerk.waitForURL(/\/arrive$/);
  await checkPage(clerk, "arrive");
  await clerk.getByRole("button", { name: "Confirm that it has arrived" }).click();
  await clerk.waitForURL(/\/wait$/);
  await checkPage(clerk, "wait");

  await sam.goto(`${demo.url}/`);
  await checkPage(sam, "home");
  await sam.goto(`${demo.url}/transfers/${reference}`);
  await sam
    .getByRole("link", { name: "Tell the six words" })
    .or(sam.getByRole("button", { name: "Tell the six words" }))
    .first()
    .click();
  await sam.getByRole("button", { name: "Show the six words" }).click();
  await sam.locator(".wb-secret__word").nth(5).waitFor();
  await checkPage(sam, "words");
  const words = (await sam.locator(".wb-secret__word").allInnerTexts()).join(" ");
  assert.doesNotMatch(await sam.locator("main").innerText(), /by email\s*$/m);
  await sam.getByRole("radio").first().check();
  await sam.getByRole("button", { name: "I told them" }).click();
  await sam.waitForURL(/\/transfers\/WB-[^/]+$/);

  await clerk.goto(`${link}/open`);
  await checkPage(clerk, "open");
  await clerk.locator("#words").fill(words.toUpperCase().replaceAll(" ", "-"));
  await clerk.getByRole("button", { name: "Open", exact: true }).click();
  await clerk.locator("[data-part=opened]").waitFor();
  await checkPage(clerk, "opened");
  await clerk.getByText("Your own proof that you opened it").click();
  const token = await clerk.locator("[data-receipt-token]").innerText();
  const keeping = clerk.waitForEvent("download");
  await clerk.getByRole("button", { name: "Save the receipt token" }).click();
  const kept = await keeping;
  assert.equal(kept.suggestedFilename(), `${reference}.receipt-token.txt`);
  assert.equal(await readFile(await kept.path(), "utf8"), `${token}\n`);
  assert.match(token, /^[\w-]{22,}$/);
  const downloading = clerk.waitForEvent("download");
  await clerk.locator("tr", { hasText: REPORT.name }).getByRole("button", { name: /^Save/ }).click();
  const saved = await (await downloading).path();
  assert.deepEqual(await readFile(saved), REPORT.buffer);
  await clerk.getByRole("button", { name: "I have opened it and it is complete" }).click();
  await clerk.waitForURL(/\/done$/);
  await checkPage(clerk, "done");
  await sam.goto(`${demo.url}/transfers/${reference}`);
  await sam.getByText("Proved opened").first().waitFor();
});

test("OXM-22: a colleague opens with a passkey alone, and confirms", async () => {
  const { page: lena } = await demo.enter("Lena Line");
  await checkPage(lena, "home-with-package");
  const theirs =
    /http\S+\/r\/[\w-]+/.exec(await demo.mail("lena.line@examples.test", "has sent you information"))?.[0] ?? "";
  await lena.goto(theirs);
  await lena.locator("[data-act=open-member]").click();
  await lena.locator("[data-part=opened]").waitFor();
  await checkPage(lena, "opened-by-member");
  await lena.getByRole("button", { name: "I have opened it and it is complete" }).click();
  await lena.waitForURL(/\/done$/);
});

test("taken back, it lists who had it, and nobody can open it any more", async () => {
  await sam.goto(`${demo.url}/transfers/${reference}`);
  await sam.getByRole("link", { name: "Take it back" }).click();
  await checkPage(sam, "take-back");
  assert.match(await sam.locator("main").innerText(), /Robin Clerk/);
  await sam.getByRole("button", { name: /Take it back/ }).click();
  await sam.waitForURL(/\/transfers\/WB-[^/]+$/);
  await checkPage(sam, "taken-back");
  const { page: clerk } = await demo.outsider();
  await clerk.goto(link);
  await checkPage(clerk, "over");
  assert.equal(await clerk.getByRole("button", { name: "Send me a code" }).count(), 0);
});

test("the pages of an administrator and of anybody pass too", async () => {
  const { page: admin } = await demo.enter("Alex Admin");
  for (const path of [
    "/people",
    "/people/invite",
    "/health",
    "/contacts",
    "/account",
    "/transfers",
    "/genuine",
    "/demo",
    "/demo/outbox",
    "/nothing-here",
  ]) {
    await admin.goto(`${demo.url}${path}`);
    await checkPage(admin, path.slice(1).replace("/", "-"));
  }
});

test("a second passkey is added, as on another device; who was deactivated is said not to sign in", async () => {
  const { page: admin } = await demo.enter("Alex Admin");
  await admin.goto(`${demo.url}/account/add-passkey`);
  await admin.getByLabel("What you will call it").fill("Phone");
  await admin.getByRole("button", { name: "Make the passkey" }).click();
  await admin.waitForURL(/\/account$/);
  assert.match(await admin.locator("main").innerText(), /Phone/);
  await admin.goto(`${demo.url}/people`);
  await admin.getByRole("link", { name: "Lena Line" }).click();
  await admin.getByRole("button", { name: "Deactivate" }).click();
  await admin.getByRole("button", { name: "Deactivate" }).click();
  await admin.goto(`${demo.url}/demo`);
  await admin.getByRole("button", { name: /as Lena Line/ }).click();
  await admin.getByText("was deactivated and cannot sign in").waitFor();
});
