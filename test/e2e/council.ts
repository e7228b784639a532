import { mkdtempSync, rmSync } from "node:fs";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser, BrowserContext, Page } from "playwright-core";
import type { Address } from "../../src/domain/address.ts";
import { newInvitation } from "../../src/server/journeys/join/invitation.ts";
import { leaveBrowser, newPerson, openBrowser, type Person } from "../../src/testing/browser.ts";
import { typeSetUp } from "../../src/testing/member-browser.ts";
import { addContact, addMember } from "../../src/testing/organisation.ts";
import { startServer, type TestServer } from "../../src/testing/server.ts";
import { Visitor } from "../../src/testing/visitor.ts";
import { buildWeb } from "../../src/web-build/build-web.ts";

const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");

/** A server that is set up, its administrator with a passkey in a real browser, and the browser for everybody else. */
export interface Council {
  readonly server: TestServer;
  readonly browser: Browser;
  /** Ada Admin, ada@council.example, signed in with a passkey of this page's authenticator. */
  readonly sender: Person;
  close(): Promise<void>;
}

/** What is chosen is read while it is sealed. */
const chosen = mkdtempSync(join(tmpdir(), "waybill-chosen-"));
process.on("exit", () => rmSync(chosen, { recursive: true }));

export const OUTSIDER = "olu@chambers.example";

/**
 * Example Council, set up but for the keys of its administrator, which a page makes. There is a contact: Olu Outside,
 * olu@chambers.example.
 */
export async function openCouncil(bodyBytes = 600 * 1024 * 1024): Promise<Council> {
  const folder = join(root, ".build/web");
  const { manifest } = await buildWeb(root, folder);
  const server = await startServer({ assets: { folder, files: manifest }, limits: { bodyBytes, rateFactor: 1000 } });
  const browser = await openBrowser();
  const sender = await newPerson(browser);
  const visitor = new Visitor(server);
  await typeSetUp(server, visitor);
  await takeOver(sender.context, visitor, server.url);
  await sender.page.goto(`${server.url}/set-up/keys`);
  await makeKeys(sender.page);
  await sender.page.waitForURL((url) => !url.pathname.startsWith("/set-up"));
  const ada = await server.records.read.memberByAddress("ada@council.example" as Address);
  if (ada === null) throw new Error("Set-up made no administrator.");
  await addContact(server, ada, "Olu Outside", OUTSIDER);
  return {
    server,
    browser,
    sender,
    close: async () => {
      await leaveBrowser();
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

/** A colleague who was invited, with a passkey of their own, signed in. */
export async function joinAs({ server, browser }: Council, name: string, address: string): Promise<Person> {
  const { id } = await addMember(server, name, { address: address as Address, state: "invited" });
  const colleague = await newPerson(browser);
  await colleague.page.goto(`${server.url}/join/${await newInvitation(server.parts, id)}`);
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

/** From so many bytes on files lie on a disk: what is handed over as bytes goes through the browser several times. */
const LARGE = 1024 * 1024;

export async function choose(page: Page, files: readonly Chosen[]): Promise<void> {
  if (files.some(({ bytes }) => bytes.length >= LARGE)) {
    const folder = await mkdtemp(join(chosen, "files-"));
    const paths = files.map(({ name }) => join(folder, name));
    await Promise.all(files.map(({ bytes }, at) => writeFile(paths[at] ?? "", bytes)));
    await page.setInputFiles("input[data-choose=files]", paths);
  } else {
    const given = files.map(({ name, bytes }) => ({ name, mimeType: "", buffer: Buffer.from(bytes) }));
    await page.setInputFiles("input[data-choose=files]", given);
  }
  await page
    .locator("[data-files] tbody tr")
    .nth(files.length - 1)
    .waitFor();
}

/** What the visitor was given is this profile's from now on. */
async function takeOver(context: BrowserContext, visitor: Visitor, url: string): Promise<void> {
  for (const pair of visitor.cookies().split("; ")) {
    const [name = "", value = ""] = pair.split("=");
    await context.addCookies([{ name, value, url }]);
  }
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
