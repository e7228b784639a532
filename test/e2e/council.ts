import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import type { Address } from "../../src/domain/address.ts";
import { newSetUpCode } from "../../src/server/journeys/set-up/set-up-code.ts";
import { newPerson, openBrowser, type Person } from "../../src/testing/browser.ts";
import { addContact } from "../../src/testing/organisation.ts";
import { startServer, type TestServer } from "../../src/testing/server.ts";
import { buildWeb } from "../../src/web-build/build-web.ts";

const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");

/** A server that a sender has set up in a real browser, and the browser for everybody else. */
export interface Council {
  readonly server: TestServer;
  readonly browser: Browser;
  /** Ada Admin, ada@council.example, signed in with a passkey of this page's authenticator. */
  readonly sender: Person;
  close(): Promise<void>;
}

export const OUTSIDER = "olu@chambers.example";

/** Sets up Example Council through its pages. There is a contact: Olu Outside, olu@chambers.example. */
export async function openCouncil(bodyBytes = 600 * 1024 * 1024): Promise<Council> {
  const folder = join(root, ".build/web");
  const { manifest } = await buildWeb(root, folder);
  const server = await startServer({ assets: { folder, files: manifest }, limits: { bodyBytes, rateFactor: 1000 } });
  const browser = await openBrowser();
  const sender = await newPerson(browser);
  const { page } = sender;
  await page.goto(`${server.url}/set-up`);
  await page.fill("#code", (await newSetUpCode(server.parts)) ?? "");
  await submit(page);
  for (const [field, value] of Object.entries({
    name: "Example Council",
    website: "www.council.example",
    phone: "020 7946 0000",
    workDomains: "council.example",
  })) {
    await page.fill(`#${field}`, value);
  }
  await submit(page);
  await page.fill("#administratorName", "Ada Admin");
  await page.fill("#administratorAddress", "ada@council.example");
  await submit(page);
  for (const each of ["transfers", "incidents", "access", "acts", "contacts", "registers", "mail"])
    await page.selectOption(`#${each}`, { index: 1 });
  await page.check("input[value='14']");
  await page.fill("#backupDays", "35");
  await submit(page);
  await makeKeys(page);
  await page.waitForURL((url) => !url.pathname.startsWith("/set-up"));
  const ada = await server.records.read.memberByAddress("ada@council.example" as Address);
  if (ada === null) throw new Error("Set-up made no administrator.");
  await addContact(server, ada, "Olu Outside", OUTSIDER);
  return {
    server,
    browser,
    sender,
    close: async () => {
      await browser.close();
      await server.stop();
    },
  };
}

/** A draft of the sender's to these addresses, as the describing pages make it. @returns its reference */
export async function draftTo(council: Council, addresses: readonly string[]): Promise<string> {
  const { page } = council.sender;
  await page.goto(council.server.url);
  return page.evaluate(async (to) => {
    const token = document.querySelector<HTMLMetaElement>('meta[name="waybill-token"]')?.content ?? "";
    const answer = await fetch("/api/transfers", {
      method: "POST",
      headers: { "content-type": "application/json", "x-waybill-token": token },
      body: JSON.stringify({
        facts: {
          purpose: "Court bundle",
          necessity: "Hearing on Monday",
          recordCopy: "The case file",
          classification: "OFFICIAL",
          personal: false,
          sensitive: false,
          minimised: true,
          impact: { individuals: "none", organisation: "none" },
        },
        recipients: to.map((address) => ({ address })),
      }),
    });
    if (!answer.ok) throw new Error(await answer.text());
    const { reference } = await answer.json();
    return reference;
  }, addresses);
}

/** Signs on the check page, to which the page before has led. */
export async function signOnCheckPage(page: Page): Promise<void> {
  await page.waitForURL(/\/check$/);
  await page.click("#sign-button");
  await page.locator("#sign-button").waitFor({ state: "detached" });
}

/** What went wrong on a page against its CSP, or unhandled. Take it once the page is there; nothing may be in it at the end. */
export function troublesOf(page: Page): string[] {
  const troubles: string[] = [];
  page.on("pageerror", (error) => troubles.push(String(error)));
  page.on("console", (message) => {
    if (/Content Security Policy|TrustedTypes|Trusted Type/.test(message.text())) troubles.push(message.text());
  });
  return troubles;
}

/** A colleague with a passkey of their own, invited by the sender and signed in. */
export async function joinAs(council: Council, name: string, address: string): Promise<Person> {
  const { page } = council.sender;
  await page.goto(`${council.server.url}/people/invite`);
  await page.fill("#name", name);
  await page.fill("#address", address);
  await submit(page);
  const [mail] = await council.server.mail(address);
  const link = /https?:\/\/\S+\/join\/\S+/.exec(mail?.text ?? "")?.[0] ?? "";
  const colleague = await newPerson(council.browser);
  await colleague.page.goto(link);
  await submit(colleague.page);
  await makeKeys(colleague.page);
  await colleague.page.waitForURL((url) => !url.pathname.startsWith("/join"));
  return colleague;
}

/** An outside recipient's browser, after the emailed code and the confirmed arrival. */
export async function arrive(council: Council, id: string): Promise<Person> {
  const person = await newPerson(council.browser);
  const { page } = person;
  await page.goto(`${council.server.url}/r/${id}`);
  await submit(page);
  const { reference = "" } = (await council.server.records.read.recipient(id)) ?? {};
  const mail = (await council.server.mail(OUTSIDER)).find(
    ({ subject }) => subject === `Reference ${reference}: your code`,
  );
  await page.fill("input[autocomplete=one-time-code]", /\b\d{4} ?\d{4}\b/.exec(mail?.text ?? "")?.[0] ?? "");
  await submit(page);
  await page.click("#confirm");
  await page.waitForURL(/\/wait$/);
  return person;
}

/** The six words, as the sender's page shows them. */
export async function wordsFor(council: Council, reference: string, id: string): Promise<string> {
  const { page } = council.sender;
  await page.goto(`${council.server.url}/transfers/${reference}/words/${id}`);
  await page.click("#show-words");
  await page.waitForSelector("#words-list li");
  return (await page.locator("#words-list li").allTextContents()).join(" ");
}

/** Chooses files on the add page, seals and uploads them, signs. @returns the recipients' ids */
export async function send(council: Council, reference: string, files: readonly Chosen[]): Promise<readonly string[]> {
  const { page } = council.sender;
  await page.goto(`${council.server.url}/transfers/${reference}/add`);
  await choose(page, files);
  await page.click("[data-act=start]");
  await signOnCheckPage(page);
  return (await council.server.records.read.recipients(reference)).map(({ id }) => id);
}

export interface Chosen {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export async function choose(page: Page, files: readonly Chosen[]): Promise<void> {
  const given = files.map(({ name, bytes }) => ({ name, mimeType: "", buffer: Buffer.from(bytes) }));
  await page.setInputFiles("input[data-choose=files]", given);
  await page
    .locator("[data-files] tbody tr")
    .nth(files.length - 1)
    .waitFor();
}

async function makeKeys(page: Page): Promise<void> {
  const code = (await page.textContent("#recovery-code")) ?? "";
  await page.fill("#recovery-end", code.trim().slice(-4));
  await page.click("#recovery-confirm button");
  await page.click("#make-passkey");
}

async function submit(page: Page): Promise<void> {
  const button = page.locator("main form button:not([type=button])").first();
  await Promise.all([page.waitForEvent("load"), button.click()]);
}
