import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { Page, Request } from "playwright-core";
import { DEMO_AGREEMENT, DEMO_OUTSIDER } from "../../src/demo/people.ts";
import type { StatedFacts } from "../../src/domain/transfer.ts";
import { verifyPack } from "../../src/evidence/verify-pack.ts";
import { parseVerifierKey } from "../../src/log/keys.ts";
import { renderPdf } from "../../src/paperwork/pdf/render-pdf.ts";
import { requireProgram } from "../../src/testing/programs.ts";
import { sampleFacts } from "../../src/testing/samples.ts";
import { troublesOf } from "./council.ts";
import { checkPage, type DemoDesk, openDemo } from "./demo-desk.ts";

const FILES = [
  { name: "Witness list.txt", mimeType: "text/plain", buffer: Buffer.from("Witness A, Witness B\n".repeat(2000)) },
  { name: "Map – é.txt", mimeType: "text/plain", buffer: Buffer.from("to the left of the door\n") },
];
const FACTS: Partial<StatedFacts> = {
  ...{ classification: "OFFICIAL-SENSITIVE", personal: true, sensitive: true, special: false, offences: false },
  ...{ namesWithAddresses: false, people: 12, criminalJustice: true, minimised: true, recordCopy: "The case file" },
  lawfulBasis: { basis: "public-task", special: "", offences: "" },
  agreement: { reference: DEMO_AGREEMENT },
};

let demo: DemoDesk;
let folder: string;
let sam: Page;
let otis: Page;
let troubles: string[];
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "waybill-carried-"));
  demo = await openDemo();
  const sender = await demo.enter("Sam Sender");
  sam = sender.page;
  await sender.context.addInitScript(() => {
    for (const name of ["showDirectoryPicker", "showSaveFilePicker"]) Reflect.deleteProperty(globalThis, name);
  });
  troubles = troublesOf(sam);
  otis = (await demo.enter("Otis Operations")).page;
});
after(async () => {
  await demo?.close();
  await rm(folder, { recursive: true, force: true });
});

/** A described draft of Sam's, on the page where its method is chosen. */
async function described(): Promise<string> {
  await sam.goto(demo.url);
  const reference = await sam.evaluate(
    async ([facts, address]) => {
      const token = document.querySelector<HTMLMetaElement>('meta[name="waybill-token"]')?.content ?? "";
      const answer = await fetch("/api/transfers", {
        method: "POST",
        headers: { "content-type": "application/json", "x-waybill-token": token },
        body: JSON.stringify({
          facts,
          recipients: [{ address, expecting: true, legitimateNeed: "Represents a party" }],
        }),
      });
      if (!answer.ok) throw new Error(await answer.text());
      return String((await answer.json()).reference);
    },
    [sampleFacts(FACTS), DEMO_OUTSIDER.address] as const,
  );
  await sam.goto(`${demo.url}/transfers/${reference}/method`);
  return reference;
}

async function choose(method: string): Promise<void> {
  const answer = sam
    .locator("details, section", { hasText: method })
    .filter({ has: sam.getByRole("button", { includeHidden: true }) });
  await answer.last().locator("summary").click();
  await answer.last().getByRole("button").click();
}

/** Whoever was asked agrees, with the passkey that the demo plays. @returns the address of what they were asked */
async function agree(name: string, reference: string): Promise<string> {
  const { page, context } = await demo.enter(name);
  await page.goto(`${demo.url}/to-agree`);
  await page.getByRole("button", { name: reference }).click();
  await checkPage(page, `carried-agree-${name.slice(0, 4)}`);
  await page.getByRole("button", { name: "Agree", exact: true }).click();
  await page.getByText("You agreed to it.").waitFor();
  const request = page.url();
  await context.close();
  return request;
}

async function sign(): Promise<void> {
  await sam.waitForURL(/\/check$/);
  await sam.locator("#sign-button").click();
  await sam.waitForURL(/\/transfers\/WB-[^/]+$/);
}

async function later(page: Page, days: number): Promise<void> {
  const day = new Date(Date.now() + days * 86_400_000);
  await page.getByLabel("Day").fill(String(day.getUTCDate()));
  await page.getByLabel("Month").fill(String(day.getUTCMonth() + 1));
  await page.getByLabel("Year").fill(String(day.getUTCFullYear()));
}

/** A medium of the register, issued to Sam. @returns its address */
async function issuedStick(): Promise<string> {
  await otis.goto(`${demo.url}/media/new`);
  await checkPage(otis, "carried-medium-new");
  await otis.getByLabel("Serial").fill("STICK-0142");
  await otis.getByLabel("To whom does it belong?").fill("Court support");
  await otis.getByLabel("No: what is on it is packed").check();
  await otis.getByLabel("Capacity").fill("32");
  await otis.getByLabel("Taking something somewhere").check();
  await otis.locator("main form button").first().click();
  await checkPage(otis, "carried-medium-issue");
  await otis.getByLabel("To whom?").fill("sam.sender@examples.test");
  await later(otis, 20);
  await otis.getByRole("button", { name: /Issue/ }).click();
  await checkPage(otis, "carried-medium");
  return otis.url();
}

test("SDT-15, SDT-18, SDT-21, SDT-23, SDT-24, SDT-25, SDT-28, OXM-13, OXM-20: a bundle is packed in the browser, goes on a registered stick, is opened with 7-Zip, receipted, returned and erased", async () => {
  const stick = await issuedStick();
  const reference = await described();
  await checkPage(sam, "carried-method");
  await choose("Removable media");
  await sam.waitForURL(/\/add$/);
  const requests: Request[] = [];
  sam.on("request", (request) => requests.push(request));
  await sam.setInputFiles("input[data-choose=files]", FILES);
  await sam.getByText("2 files,").waitFor();
  // What is packed is looked into as what is sealed is.
  const script = { name: "play.bat", mimeType: "text/plain", buffer: Buffer.from("start film\r\n") };
  await sam.setInputFiles("input[data-choose=files]", [script]);
  await sam.getByText("3 files,").waitFor();
  await sam.getByRole("button", { name: "Make the package" }).click();
  await sam.getByText("Say why programs, scripts or files with macros must be sent").waitFor();
  await sam.getByRole("button", { name: "Remove play.bat" }).click();
  await sam.getByText("2 files,").waitFor();
  await sam.getByLabel("7-Zip").check();
  await sam.getByText("They can open it with 7-Zip").waitFor();
  await sam.getByLabel("I type one").check();
  await sam.getByLabel("Password", { exact: true }).fill("Welcome12345!");
  await sam.getByText("Not strong enough.").waitFor();
  await checkPage(sam, "carried-pack");
  await sam.getByRole("button", { name: "Make the package" }).click();
  await sam.getByText("This password is not strong enough").waitFor();
  await sam.getByLabel("Make one for me").check();
  await sam.getByRole("button", { name: "Make the package" }).click();
  await sam.getByRole("heading", { name: "The package is made" }).waitFor();
  await checkPage(sam, "carried-packed");
  const password = (await sam.locator("[data-password]").innerText()).trim();
  const saved = new Map<string, string>();
  for (const button of await sam.getByRole("button", { name: /^Save / }).all()) {
    const downloading = sam.waitForEvent("download");
    await button.click();
    const download = await downloading;
    const path = join(folder, download.suggestedFilename());
    await download.saveAs(path);
    saved.set(download.suggestedFilename(), path);
  }
  const sheet = await readFile(saved.get(`${reference}-how-to-open.txt`) ?? "", "utf8");
  await sam.getByRole("button", { name: "I have saved them: go on" }).click();
  await sam.waitForURL(/\/carriage$/);
  await checkPage(sam, "carried-carriage");
  const zip = saved.get(`${reference}.zip`) ?? "";
  const run = (...args: string[]) => spawnSync(requireProgram("7z"), args, { encoding: "utf8" });
  assert.notEqual(run("t", "-pwrong horse", zip).status, 0);
  assert.equal(run("x", `-p${password}`, `-o${folder}`, zip).status, 0);
  assert.equal(run("x", `-o${folder}`, join(folder, `${reference}-files.zip`)).status, 0);
  assert.deepEqual(await readFile(join(folder, FILES[0]?.name ?? "")), FILES[0]?.buffer);

  await sam.getByLabel("STICK-0142").check();
  await sam
    .getByLabel(/special delivery, by 1pm/i)
    .first()
    .check();
  await sam.getByLabel("Why does nothing better serve?").fill("The court has no network");
  await sam.getByRole("button", { name: "Save and go on" }).click();
  await sam.waitForURL(/\/tasks$/);
  await checkPage(sam, "carried-tasks");
  await sam.getByRole("link", { name: /Ask operational security/ }).click();
  await sam.getByLabel("What do you want to know?").fill("May this go on a stick?");
  await sam.getByLabel(/operational security/i).check();
  await checkPage(sam, "carried-ask");
  await sam.getByRole("button", { name: "Ask" }).click();
  await sam.getByText("Not answered yet").waitFor();
  await otis.goto(`${demo.url}/advice`);
  await otis.getByRole("link", { name: new RegExp(reference) }).click();
  await otis.getByLabel("It may go like this", { exact: true }).check();
  await otis.getByLabel("What do you advise?").fill("Yes, on a registered one.");
  await otis.getByRole("button", { name: "Answer" }).click();
  await otis.waitForLoadState();
  await sam.goto(`${demo.url}/transfers/${reference}/check`);
  await checkPage(sam, "carried-check");
  await sign();
  await checkPage(sam, "carried-waits");
  await agree("Lena Line", reference);

  await sam.goto(`${demo.url}/transfers/${reference}/papers`);
  await checkPage(sam, "carried-papers");
  await sam.goto(`${demo.url}/transfers/${reference}/carry`);
  for (const box of await sam.getByRole("checkbox").all()) await box.check();
  await sam.getByLabel("Tracking number").fill("XY123456789GB");
  await later(sam, 2);
  await checkPage(sam, "carried-carry");
  await sam.getByRole("button", { name: "Record that it went" }).click();
  await sam.waitForURL(/\/transfers\/WB-[^/]+$/);
  await checkPage(sam, "carried-went");

  const { context, page: robin } = await demo.outsider();
  await robin.setViewportSize({ width: 360, height: 740 });
  await robin.goto(`${demo.url}/arrived`);
  await checkPage(robin, "carried-arrived");
  await robin.getByLabel("Reference").fill(reference.toLowerCase());
  await robin.getByLabel("Code").fill(/code (\S+?)\./.exec(sheet)?.[1] ?? "");
  await robin.getByRole("button", { name: "Continue" }).click();
  await robin.getByLabel("Your name").fill("Robin Clerk");
  await checkPage(robin, "carried-standing");
  assert.doesNotMatch(await robin.locator("body").innerText(), /Sam Sender|Case papers|OFFICIAL/);
  await robin.getByRole("button", { name: "It has arrived" }).click();

  await sam.goto(`${demo.url}/transfers/${reference}`);
  await sam.getByRole("button", { name: "Tell the password" }).click();
  await checkPage(sam, "carried-tell");
  await sam.getByRole("radio").first().check();
  await sam.getByRole("button", { name: "I told them" }).click();
  await robin.reload(); // the receipt is asked for once the password was told
  await robin.getByLabel("I will handle it as it says above").check();
  await checkPage(robin, "carried-receipt");
  await robin.getByRole("button", { name: "I have it, and it is complete" }).click();
  await robin.getByText("You have confirmed receipt").waitFor();
  await context.close();
  await sam.goto(stick);
  await checkPage(sam, "carried-stick");
  await sam.getByRole("button", { name: "It was returned" }).click();
  await otis.goto(stick);
  await checkPage(otis, "carried-stick-returned");
  await otis.getByRole("button", { name: "I have it" }).click();
  await otis.getByLabel("How was it erased?").fill("Overwritten once, read back");
  await otis.getByRole("button", { name: "Record that it is erased" }).click();
  await checkPage(otis, "carried-stick-erased");
  await verified(reference);
  await checkPage(sam, "carried-over");
  // Nothing of the files, their names or the password has left Sam's browser, then or later.
  for (const request of requests) {
    const sent = `${request.url()} ${request.postDataBuffer()?.toString("latin1") ?? ""}`;
    const plain = sent
      .replaceAll("+", " ")
      .replaceAll(/%([0-9a-f]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
    for (const kept of ["Witness", "Map", "left of the door", password]) assert.ok(!plain.includes(kept), sent);
  }
  assert.deepEqual(troubles, []);
});

test("SIS-16, SIS-18, SIS-21, SIS-25, SIS-26: a fax is refused, then allowed after risk assessment, a checked machine and two agreements; its report is for its sender and whoever agreed", async () => {
  await otis.goto(`${demo.url}/fax-machines/new`);
  await otis.getByLabel("Its number").fill("01632 960001");
  await otis.getByLabel("Where does it stand?").fill("Room 2.14");
  await otis.getByLabel("To whom does it belong?").fill("Listing office");
  await otis.getByRole("button", { name: "Save" }).click();
  await otis.waitForLoadState();
  await otis.goto(`${demo.url}/fax-machines`);
  await checkPage(otis, "fax-machines");
  const reference = await described();
  await choose("Fax");
  await sam.waitForURL(/\/carriage$/);
  await sam.getByLabel("How many documents").fill("1");
  await sam.getByLabel("How many pages").fill("4");
  await sam.getByLabel(/Room 2\.14/).check();
  await sam.getByLabel("Why does nothing better serve?").fill("Their link is down");
  await checkPage(sam, "fax-carriage");
  await sam.getByRole("button", { name: "Save and go on" }).click();
  await sam.waitForURL(/\/tasks$/);
  await checkPage(sam, "fax-tasks");
  await sam.goto(`${demo.url}/transfers/${reference}/check`);
  await sam.waitForURL(/\/tasks$/);

  await otis.goto(`${demo.url}/fax-machines`);
  await otis
    .getByRole("link", { name: /Check or change/ })
    .last()
    .click();
  for (const box of await otis.getByRole("checkbox").all()) await box.check();
  await later(otis, 100);
  await checkPage(otis, "fax-machine");
  await otis.getByRole("button", { name: "Record the check" }).click();
  await otis.waitForLoadState();
  await sam.goto(`${demo.url}/transfers/${reference}/carriage`);
  await sam.getByLabel("What was assessed, and what was decided?").fill("They wait at the machine: acceptable, once");
  await sam.getByLabel("Who assessed it?").fill("Asa Owner, information asset owner");
  for (const [label, value] of [
    ["Day", "2"],
    ["Month", "11"],
    ["Year", "2025"],
  ] as const)
    await sam.getByLabel(label, { exact: true }).fill(value);
  await sam.getByRole("button", { name: "Save and go on" }).click();
  await sign();
  const asked = await agree("Lena Line", reference);
  await agree("Asa Owner", reference);
  await sam.goto(`${demo.url}/transfers/${reference}/carry`);
  for (const box of await sam.getByRole("checkbox").all()) await box.check();
  await sam.getByLabel("How many pages did the machine send?").fill("4");
  await checkPage(sam, "fax-carry");
  await sam.getByRole("button", { name: "Record that it went" }).click();
  await sam.waitForURL(/\/transfers\/WB-[^/]+$/);
  await sam.getByRole("button", { name: "Record what they told you" }).click();
  await sam.getByLabel("They told me by telephone").check();
  await sam.getByRole("button", { name: "Record that it arrived" }).click();
  await sam.getByLabel("They told me by telephone").check();
  await sam.getByLabel("How many pages came?").fill("4");
  await sam.getByRole("button", { name: "Record the receipt" }).click();
  await sam.waitForURL(/\/transfers\/WB-[^/]+$/);
  await checkPage(sam, "fax-received");
  const report = await attachedReport();
  await readReport(sam, report, "fax-report-attached");
  const { page: lena, context } = await demo.enter("Lena Line");
  await lena.goto(asked);
  await lena.getByRole("link", { name: "Open the report" }).click();
  await readReport(lena, report, "fax-report-of-approver");
  await context.close();
  await verified(reference);
});

/** The transmission report of the fax whose page this is, attached by its sender. @returns the scan */
async function attachedReport(): Promise<Buffer> {
  const lines = ["4 pages to 020 7946 0142: OK", "2 min 14 s"];
  const about = { title: "Transmission report", language: "en-GB", author: "Fax machine", foot: "1" } as const;
  const blocks = lines.map((text) => ({ kind: "paragraph", text }) as const);
  const scan = Buffer.from(await renderPdf({ ...about, date: "2026-11-22T09:00:00.000Z", blocks }));
  await sam.getByRole("button", { name: "Attach the report, or say where it is" }).click();
  await checkPage(sam, "fax-report");
  const choose = (name: string, buffer: Buffer) =>
    sam.setInputFiles("#report-file", { name, mimeType: "application/pdf", buffer });
  await choose("report.pdf", Buffer.from("<script>"));
  await sam.getByRole("button", { name: "Seal and attach it" }).click();
  await sam.getByText("This is no PDF, PNG or JPEG").waitFor();
  await checkPage(sam, "fax-report-refused");
  await choose("report.pdf", scan);
  const posted = sam.waitForRequest((each) => each.method() === "POST" && each.url().endsWith("/fax-report"));
  await sam.getByRole("button", { name: "Seal and attach it" }).click();
  const sealed = Buffer.from(String((await posted).postDataJSON().content), "base64");
  assert.ok(sealed.includes("age-encryption.org/v1") && !sealed.includes("%PDF"));
  await sam.getByText("The report of the fax machine is attached").waitFor();
  return scan;
}

/** Opened in the browser of whoever it is sealed to, looked at, and saved as it was. */
async function readReport(page: Page, scan: Buffer, name: string): Promise<void> {
  await page.getByRole("button", { name: "Open the report" }).click();
  await page.frameLocator(".wb-viewer__frame").locator("canvas").first().waitFor();
  await checkPage(page, name);
  const downloading = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save it" }).click();
  const download = await downloading;
  assert.match(download.suggestedFilename(), /^WB-[^/]+-fax-report\.pdf$/);
  assert.deepEqual(await readFile(await download.path()), scan);
}

/** The evidence, as the button on the transfer's page gives it, proves all of it with the log's key alone. */
async function verified(reference: string): Promise<void> {
  await sam.goto(`${demo.url}/log`);
  const key = parseVerifierKey((await sam.locator("dd code").first().innerText()).trim());
  await sam.goto(`${demo.url}/transfers/${reference}`);
  const downloading = sam.waitForEvent("download");
  await sam
    .getByRole("button", { name: /evidence/i })
    .first()
    .click();
  const pack = await readFile(await (await downloading).path());
  const { evidence } = await verifyPack(new Uint8Array(pack), { log: key, witnesses: [] });
  assert.ok(evidence.events.some(({ kind }) => kind === "receipt-recorded"));
}
