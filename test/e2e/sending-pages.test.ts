import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Page } from "playwright-core";
import { arrive, drop } from "../../src/domain/lifecycle/recipient-arrows.ts";
import type { Member } from "../../src/domain/member.ts";
import { carryOut } from "../../src/server/carry-out.ts";
import { checkAxe, overflowAt320, screenshots } from "../../src/testing/browser.ts";
import { addContact, addMember } from "../../src/testing/organisation.ts";
import { type Council, draftTo, OUTSIDER, openCouncil, send, signOnCheckPage, troublesOf } from "./council.ts";

let council: Council;
let page: Page;
let troubles: string[];

before(async () => {
  council = await openCouncil();
  page = council.sender.page;
  troubles = troublesOf(page);
});
after(async () => {
  await council.close();
});

/** WCAG 2.2 AA, and nothing beyond the edge of the smallest phone. */
async function look(name: string): Promise<void> {
  await screenshots(page, `sending-${name}`, process.env.WAYBILL_SCREENSHOTS);
  assert.deepEqual(await checkAxe(page), [], name);
  assert.equal(await overflowAt320(page), 0, name);
}

async function press(text: string): Promise<void> {
  await page.getByRole("button", { name: text, exact: true }).click();
}

/** The recipient's side of arrival, without a browser of theirs. */
async function letArrive(reference: string, address: string): Promise<string> {
  const { records, clock } = council.server;
  const recipient = (await records.read.recipients(reference)).find((each) => each.address === address);
  assert.ok(recipient);
  const { id } = recipient;
  await records.write(async (tx) => {
    const transfer = await tx.transfer(reference);
    assert.ok(transfer);
    const taken = { at: clock.now().toISOString(), by: { kind: "recipient", id } } as const;
    await carryOut(tx, arrive(transfer, recipient, { publicKey: "key", reader: "" }, null, taken));
  });
  return id;
}

/** Answers the questions that nothing presets. */
async function answer(personal: "Yes" | "No"): Promise<void> {
  await page.getByLabel("Nothing goes in that they do not need for this").check();
  await page.getByLabel("OFFICIAL", { exact: true }).check();
  await page.getByRole("group", { name: "Is there personal information in it?" }).getByLabel(personal).check();
  await page.getByRole("group", { name: "Is it sensitive in any other way?" }).getByLabel("No").check();
}

test("a sender describes, adds, checks, signs, tells the six words, corrects an address and takes it back", async () => {
  const { server } = council;
  await page.goto(`${server.url}/send`);
  await look("describe");
  await page.getByLabel("Who is it for?").fill(`${OUTSIDER}\nnobody@chambers.example`);
  await page.getByLabel("What is it for?").fill("The hearing on 3 December");
  await page.getByLabel("Why is it necessary to send it?").fill("Counsel needs the statements");
  await page.getByLabel("Where is the record copy kept?").fill("The case file");
  await answer("No");
  await press("Continue");
  await look("describe-mistake");
  assert.match(
    (await page.textContent(".govuk-error-summary")) ?? "",
    /nobody@chambers.example is not one of your contacts/,
  );
  await page.getByLabel("Who is it for?").fill(OUTSIDER);
  await press("Continue");
  await look("people");
  await press("These are the right people");
  await page.waitForURL(/\/method$/);
  await look("method");
  await look("method");
  await page.goBack();
  await page.getByRole("link", { name: "The hearing on 3 December" }).waitFor(); // Back asks to send no form again
  await page.goForward();
  await page.waitForURL(/\/method$/);
  await press("Send it by secure link");
  await page.waitForURL(/\/add$/);
  const reference = page.url().split("/").at(-2) ?? "";
  const file = { name: "Statement of a witness.txt", mimeType: "text/plain", buffer: Buffer.from("What I saw") };
  await page.setInputFiles('input[data-choose="files"]', file);
  await page.locator("[data-rules-measured]").waitFor({ state: "hidden" });
  await look("add");
  await page.click('[data-act="start"]');
  await page.waitForURL(/\/check$/);
  await page.getByRole("cell", { name: "10 bytes" }).waitFor();
  assert.equal(await page.isVisible("#sealed-files [data-all]"), false);
  await look("check");
  await signOnCheckPage(page);
  await look("transfer");
  assert.equal((await server.records.read.transfer(reference))?.state, "released");

  // An address that was wrong: the right one gets access of its own.
  const ada = await server.records.read.memberByAddress("ada@council.example");
  assert.ok(ada);
  await addContact(server, ada, "Olu Outside", "olu@chambers2.example");
  await page.getByRole("link", { name: /correct the address/ }).click();
  await look("recipient");
  await page.getByRole("button", { name: "Correct the address" }).click();
  await page.getByLabel("The right address").fill("olu@chambers2.example");
  await press("Find them");
  await look("correct-address");
  await press("Correct the address and sign");
  await page.waitForURL((url) => url.pathname === `/transfers/${reference}`);
  const rows = await server.records.read.recipients(reference);
  assert.deepEqual(
    rows.map(({ address, state }) => [address, state]),
    [
      [OUTSIDER, "dropped"],
      ["olu@chambers2.example", "released"],
    ],
  );

  const id = await letArrive(reference, "olu@chambers2.example");
  await page.reload();
  await look("transfer-arrived");
  await page.getByRole("button", { name: "Tell the six words" }).click();
  await look("words");
  await press("Show the six words");
  await page.waitForSelector("#words-shown:not([hidden])");
  await look("words-shown");
  assert.equal(await page.locator(".wb-secret__word").count(), 6);
  await page.getByLabel(/^Ring/).check();
  await press("No answer");
  assert.match((await page.textContent("main")) ?? "", /Nobody answered last time/);
  await look("words-no-answer");
  await page.getByLabel("In person").check();
  await press("I told them");
  await page.waitForURL((url) => url.pathname === `/transfers/${reference}`);
  assert.ok((await server.records.read.recipient(id))?.wordsToldAt);

  await page.getByRole("link", { name: /Bring the date forward/ }).click();
  await look("expiry");
  await page.goBack();
  await page.getByRole("link", { name: "Take it back" }).click();
  await look("take-back");
  await press("Take it back");
  assert.equal((await server.records.read.transfer(reference))?.state, "recalled");
  await page.goto(`${server.url}/transfers`);
  await look("list");
  assert.deepEqual(troubles, []);
});

/** Makes this browser another one with the same passkeys: it knows nothing of what was sealed. */
async function becomeAnotherBrowser(): Promise<void> {
  await page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const request = indexedDB.deleteDatabase("waybill");
        request.onsuccess = resolve;
        request.onerror = reject;
      }),
  );
  await page.reload();
}

test("SIS-23: a draft is signed in another browser of the sender, where one prompt shows first what it is", async () => {
  await page.goto(`${council.server.url}/send`);
  await page.getByLabel("Who is it for?").fill(OUTSIDER);
  await page.getByLabel("What is it for?").fill("The hearing");
  await page.getByLabel("Why is it necessary to send it?").fill("Counsel needs it");
  await page.getByLabel("Where is the record copy kept?").fill("The case file");
  await answer("No");
  await press("Continue");
  await press("These are the right people");
  await press("Send it by secure link");
  await page.waitForURL(/\/add$/);
  const files = Array.from({ length: 210 }, (_, at) => ({
    name: `${String(at).padStart(3, "0")} statement with rather a long name, of a witness.txt`,
    mimeType: "text/plain",
    buffer: Buffer.alloc(at),
  }));
  await page.setInputFiles('input[data-choose="files"]', files);
  await page.click('[data-act="start"]');
  await page.waitForURL(/\/check$/);
  await page.waitForSelector("#sealed-files:not([hidden])");
  const here = (await page.textContent("#made-here [data-code]")) ?? "";
  assert.match(here, /^[0-9A-Z]{4}-[0-9A-Z]{4}$/);
  const reference = page.url().split("/").at(-2) ?? "";

  await becomeAnotherBrowser();
  await page.waitForSelector("#elsewhere:not([hidden])");
  assert.equal(await page.isVisible("#sign-button"), false, "nothing is signed unseen");
  await look("check-elsewhere");
  await page.click("#show-files");
  await page.waitForSelector("#sealed-files:not([hidden])");
  assert.equal(await page.textContent("#made-elsewhere [data-code]"), here);
  assert.match(
    (await page.textContent("#sealed-files tbody tr:nth-child(8)")) ?? "",
    /007 statement .*witness\.txt\s+7 bytes/,
  );
  await page.click("#sealed-files [data-all]");
  assert.equal(await page.locator("#sealed-files tbody tr").count(), 210);
  await look("check-elsewhere-shown");
  await signOnCheckPage(page);
  assert.equal((await council.server.records.read.transfer(reference))?.state, "released");
  assert.deepEqual(troubles, []);
});

test("SDT-3, SDT-6, SIS-13: personal information goes by the task list, and waits for the line manager once it is signed", async () => {
  const { server } = council;
  const ada = await server.records.read.memberByAddress("ada@council.example");
  assert.ok(ada);
  const line = await addMember(server, "Lena Line", { roles: ["line-manager"] });
  await saveMember({ ...ada, lineManagerId: line.id });
  await addContact(server, ada, "Tess Third", "tess@other.example", { kind: "third-party", legitimateNeed: "" });
  await page.goto(`${server.url}/send`);
  await page.getByLabel("Who is it for?").fill("tess@other.example");
  await page.getByLabel("What is it for?").fill("The hearing on 3 December");
  await page.getByLabel("Why is it necessary to send it?").fill("The expert needs the statements");
  await page.getByLabel("Where is the record copy kept?").fill("The case file");
  await answer("Yes");
  await page.getByLabel("Nothing goes in that they do not need for this").uncheck();
  await press("Continue");
  await look("information");
  for (const question of ["Is any of it special-category information?", "Do names stand together with addresses?"]) {
    await page.getByRole("group", { name: question }).getByLabel("No").check();
  }
  await page.getByRole("group", { name: "Is any of it about criminal offences?" }).getByLabel("Yes").check();
  await page.getByLabel("How many people is it about?").fill("40");
  await page
    .getByRole("group", { name: /what could happen to people/ })
    .getByLabel("Some harm")
    .check();
  await page
    .getByRole("group", { name: /what could happen to Example Council/ })
    .getByLabel("No harm")
    .check();
  await press("Continue");
  await look("people-asked");
  await press("These are the right people");
  await look("method-needs");
  await press("Send it by secure link");
  await page.setInputFiles('input[data-choose="files"]', {
    name: "Report.txt",
    mimeType: "text/plain",
    buffer: Buffer.from("What I saw"),
  });
  await page.click('[data-act="start"]');
  await page.waitForURL(/\/tasks$/);
  const reference = page.url().split("/").at(-2) ?? "";
  await look("tasks");
  await page.goto(`${server.url}/transfers/${reference}/check`);
  assert.match(page.url(), /\/tasks$/, "nothing is signed before");
  await page.getByRole("link", { name: /nothing is sent that the purpose/ }).click();
  await page.getByLabel("Nothing goes in that they do not need for this").check();
  await look("facts");
  await press("Save and go on");
  await page.getByRole("link", { name: /why the recipient may have this/ }).click();
  await page.getByLabel("Why may Tess Third have it?").fill("The court asked for her report");
  await page.getByLabel("Yes: they know that it is coming").check();
  await look("who");
  await press("Save and go on");
  await page.getByRole("link", { name: /data sharing agreement/ }).click();
  await page.getByLabel("There is none", { exact: true }).check();
  await page.getByLabel("If there is none: why?").fill("The court appointed her");
  await look("agreement");
  await press("Save and go on");
  await page.getByRole("link", { name: /the lawful basis/ }).click();
  await page.locator('input[name="basis"][value="public-task"]').check();
  await press("Save and go on"); // its conditions are asked then
  await page.getByLabel(/Which condition .* criminal offences/).selectOption({ index: 1 });
  await look("lawful-basis");
  await press("Save and go on");
  await page.waitForURL(/\/check$/);
  await page.goto(`${server.url}/transfers/${reference}/tasks?show=all`);
  await look("tasks-done");
  await page.getByRole("link", { name: /how personal data will be stored/ }).click();
  await look("destination");
  await page.goto(`${server.url}/transfers/${reference}/secret`);
  await look("secret");
  await page.goto(`${server.url}/transfers/${reference}/check`);
  await page.waitForSelector("#sealed-files:not([hidden])");
  assert.match((await page.textContent("main")) ?? "", /40 people, declared by you[\s\S]*Lena Line/);
  await look("check-agreement");
  assert.equal(await page.textContent("#sign-button").then((text) => text?.trim()), "Sign and ask for agreement");
  await signOnCheckPage(page);
  assert.equal((await server.records.read.transfer(reference))?.state, "requested");
  assert.equal((await server.mail(line.address)).length, 1);
  assert.deepEqual(troubles, []);
});

async function saveMember(member: Member): Promise<void> {
  const { records, clock } = council.server;
  await records.write(async (tx) => {
    await tx.saveMember(member);
    const at = clock.now().toISOString();
    const actor = { kind: "system" } as const;
    await tx.append({ kind: "member-changed", at, actor, reference: null, recipientId: null, detail: {} });
  });
}

test("every one of a thousand chosen files can be seen and removed, and what was wrong is not said any longer", async () => {
  const reference = await draftTo(council, [OUTSIDER]);
  await page.goto(`${council.server.url}/transfers/${reference}/add`);
  const file = (name: string, text: string) => ({ name, mimeType: "text/plain", buffer: Buffer.from(text) });
  const many = Array.from({ length: 1000 }, (_, at) =>
    file(`${String(at).padStart(4, "0")} a statement of a witness.txt`, "x"),
  );
  await page.setInputFiles('input[data-choose="files"]', [...many, file("holiday.exe", "MZ")]);
  await page.getByText("1,001 files, 1 kB").waitFor();
  await press("Seal and upload");
  await page.locator("[data-problem-text]", { hasText: "Say why" }).waitFor();
  await page.getByRole("button", { name: "Remove holiday.exe" }).click();
  assert.equal(await page.isVisible("[data-problem]"), false);
  assert.equal(await page.locator("[data-files] tbody tr").count(), 200);
  await press("Show all 1,000 files");
  await page.getByRole("button", { name: /^Remove 0999/ }).click();
  await page.getByText("999 files, 999 bytes").waitFor();
  assert.equal(await page.locator("[data-files] tbody tr").count(), 999);
  await page.setViewportSize({ width: 320, height: 640 });
  const name = await page.locator("[data-cell=name]").first().boundingBox();
  const caption = await page.locator("[data-files] caption").boundingBox();
  await page.setViewportSize({ width: 1280, height: 800 });
  assert.ok(name && name.width > 240 && name.height < 100, JSON.stringify(name));
  assert.ok(caption && caption.height < 60, JSON.stringify(caption));
});

test("words are not shown on a page that was open when access ended", async () => {
  const { records, clock, url } = council.server;
  const reference = await draftTo(council, [OUTSIDER]);
  await send(council, reference, [{ name: "one.txt", bytes: Buffer.from("one") }]);
  const id = await letArrive(reference, OUTSIDER);
  await page.goto(`${url}/transfers/${reference}/words/${id}`);
  await page.getByRole("button", { name: "Show the six words" }).waitFor();
  await records.write(async (tx) => {
    const [transfer, recipient] = [await tx.transfer(reference), await tx.recipient(id)];
    assert.ok(transfer && recipient);
    await carryOut(tx, drop(transfer, recipient, { at: clock.now().toISOString(), by: { kind: "system" } }));
  });
  await press("Show the six words");
  await page.getByText("The words are not needed now").waitFor();
  assert.equal(await page.locator(".wb-secret__word").count(), 0);
});
