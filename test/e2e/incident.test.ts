import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import type { Member } from "../../src/domain/member.ts";
import { leaveBrowser, newProfile, openBrowser } from "../../src/testing/browser.ts";
import { addContact, addMember, foundOrganisation } from "../../src/testing/organisation.ts";
import { type ReleasedTransfer, releaseTransfer } from "../../src/testing/released-transfer.ts";
import { sampleFacts } from "../../src/testing/samples.ts";
import { startServer, type TestServer } from "../../src/testing/server.ts";
import { Visitor } from "../../src/testing/visitor.ts";
import { buildWeb } from "../../src/web-build/build-web.ts";
import { checkPage } from "./demo-desk.ts";

const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");

let server: TestServer;
let browser: Browser;
let people: Readonly<Record<"lena" | "sam" | "priya", Member>>;
let sent: ReleasedTransfer;
before(async () => {
  const folder = join(root, ".build/web");
  const { manifest } = await buildWeb(root, folder);
  server = await startServer({ assets: { folder, files: manifest } });
  await foundOrganisation(server);
  const lena = await addMember(server, "Lena Line");
  const sam = await addMember(server, "Sam Sender", { lineManagerId: lena.id });
  people = { lena, sam, priya: await addMember(server, "Priya Privacy", { roles: ["privacy-team"] }) };
  const contact = await addContact(server, sam, "Robin Clerk", "robin@chambers.example");
  const facts = sampleFacts({ personal: true });
  sent = await releaseTransfer(server, sam, [{ contact }], new Uint8Array([1]), { facts });
  browser = await openBrowser();
});
after(async () => {
  await leaveBrowser();
  await server?.stop();
});

async function pageOf(who: keyof typeof people): Promise<Page> {
  const context = await newProfile(browser, { locale: "en-GB" });
  const visitor = await new Visitor(server).signIn(people[who].id);
  for (const pair of visitor.cookies().split("; ")) {
    const [name = "", value = ""] = pair.split("=");
    await context.addCookies([{ name, value, url: server.url }]);
  }
  return context.newPage();
}

test("SPG-3, SDT-29, SDT-30: a wrong recipient is reported by a person without an account, on a phone, without JavaScript: access stops, and sender, line manager and privacy team see it", async () => {
  const looking = await (await newProfile(browser, { locale: "en-GB" })).newPage();
  const link = sent.recipients[0]?.id ?? "";
  for (const language of ["en", "cy"]) {
    await looking.goto(`${server.url}/report?link=${link}&lang=${language}`);
    await checkPage(looking, `report-${language}`);
  }
  const phone = await newProfile(browser, {
    ...{ locale: "en-GB", javaScriptEnabled: false, viewport: { width: 360, height: 740 } },
  });
  const stranger = await phone.newPage();
  await stranger.goto(`${server.url}/r/${link}`);
  await stranger.getByRole("link", { name: "Report a problem" }).first().click();
  assert.equal(await stranger.locator("#about").inputValue(), sent.reference);
  await stranger.getByLabel("It came or went to the wrong person").check();
  await stranger.locator("#words").fill("I am not Robin Clerk");
  await stranger.getByRole("button", { name: "Send the report" }).click();
  const number = (await stranger.locator("main strong").innerText()).trim();
  assert.match(number, /^IN-[0-9A-Z]{4}-[0-9A-Z]{4}$/);
  await stranger.goto(`${server.url}/r/${link}`);
  assert.match(await stranger.locator("h1").innerText(), /This package is paused/);

  for (const who of ["sam", "lena", "priya"] as const) {
    const page = await pageOf(who);
    await page.goto(server.url);
    // The sender has one line for it: to decide whether access goes on.
    const line = page
      .locator(".wb-waiting__item")
      .filter({ hasText: who === "sam" ? "said that it is not for them" : number });
    assert.equal(await line.count(), 1, `${who}: ${(await line.allInnerTexts()).join(" | ")}`);
    await checkPage(page, `home-of-${who}`);
    if (who === "sam") await page.goto(`${server.url}/incidents/${number}`);
    else await line.getByRole("button").click();
    await page.waitForURL(`${server.url}/incidents/${number}`);
    assert.match(await page.locator("main").innerText(), /I am not Robin Clerk/, who);
    assert.equal(await page.getByRole("button", { name: "I have it: acknowledge" }).count(), who === "sam" ? 0 : 1);
    await checkPage(page, `incident-of-${who}`);
    if (who === "sam") {
      await page.goto(`${server.url}/transfers/${sent.reference}`);
      await checkPage(page, "transfer-with-problem");
    }
    if (who !== "priya") continue;
    await page.getByRole("button", { name: "I have it: acknowledge" }).click();
    await page.getByRole("button", { name: "Decide about the supervisory authority" }).click();
    await checkPage(page, "incident-authority");
    await page.getByLabel("No", { exact: true }).check();
    await page.getByLabel("Why?").fill("It was not opened");
    await page.getByRole("button", { name: "Put the decision on record" }).click();
    await page.getByText("The supervisory authority is not told").first().waitFor();
    await page.goto(`${server.url}/incidents/${number}/action`);
    await checkPage(page, "incident-action");
    await page.goto(`${server.url}/incidents`);
    await checkPage(page, "incidents");
  }
});
