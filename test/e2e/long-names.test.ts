import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import type { Address } from "../../src/domain/address.ts";
import type { Member } from "../../src/domain/member.ts";
import type { Row } from "../../src/server/gate/row.ts";
import { rows } from "../../src/server/routes.ts";
import { leaveBrowser, newProfile, openBrowser, overflowAt320, screenshots } from "../../src/testing/browser.ts";
import { sampleEvent } from "../../src/testing/samples.ts";
import type { Visitor } from "../../src/testing/visitor.ts";
import { buildWeb } from "../../src/web-build/build-web.ts";
import { changes, nameOf, pathOf } from "../routes/requests.ts";
import { createWorld, type World } from "../routes/world.ts";

const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");
const LONG = "LlanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogochLlanfairpwllgwyngyllgogerychwyrndrob";
const longAddress = (start: string) =>
  `${`${start}${LONG}`.slice(0, 60).toLowerCase()}@${LONG.slice(0, 60).toLowerCase()}.example` as Address;

let world: World;
let browser: Browser;
before(async () => {
  const folder = join(root, ".build/web");
  const { manifest } = await buildWeb(root, folder);
  world = await createWorld({ assets: { folder, files: manifest } });
  await lengthen();
  browser = await openBrowser();
});
after(async () => {
  await leaveBrowser();
  await world?.server.stop();
});

/** Gives everybody and everything a name without a place to break it. */
async function lengthen(): Promise<void> {
  const { records } = world.server;
  const members = await records.read.members();
  const contacts = await records.read.contacts();
  const references = [world.reference, world.draft];
  const recipients = (await Promise.all(references.map((each) => records.read.recipients(each)))).flat();
  const organisation = (await records.read.organisation()) ?? assert.fail();
  const isColleague = ({ address }: Member) => address.endsWith("@council.example");
  await records.write(async (tx) => {
    await tx.saveOrganisation({ ...organisation, name: LONG });
    for (const each of members) {
      const address = isColleague(each) ? (`${each.id}${LONG.slice(0, 40)}@council.example` as Address) : each.address;
      await tx.saveMember({ ...each, name: LONG, address });
    }
    for (const each of contacts) {
      const address = longAddress(each.id.toLowerCase());
      const addresses = each.addresses.map((known) => ({ ...known, address }));
      await tx.saveContact({ ...each, name: LONG, organisation: LONG, addresses, legitimateNeed: LONG });
    }
    for (const each of recipients) {
      const { party } = each;
      const address = longAddress(party.kind === "contact" ? party.contactId.toLowerCase() : "r");
      await tx.saveRecipient({ ...each, name: LONG, organisation: LONG, address });
    }
    for (const reference of references) {
      const transfer = (await tx.transfer(reference)) ?? assert.fail();
      await tx.saveTransfer({ ...transfer, facts: { ...transfer.facts, purpose: LONG, necessity: LONG } });
    }
    await tx.append(sampleEvent());
  });
}

/** Paths of a row that are worth looking at; the check of a number needs to know which. */
async function pathsOf(row: Row): Promise<readonly string[]> {
  const path = pathOf(row, world);
  if (row.path !== "/contacts/:id/verify") return [path];
  const contact = await world.server.records.read.contact(world.contactId);
  const values = [contact?.addresses[0]?.address ?? "", contact?.phones[0]?.number ?? ""];
  return values.map((value) => `${path}?value=${encodeURIComponent(value)}`);
}

/** From now on the page is that visitor's. */
async function become(page: Page, visitor: Visitor): Promise<void> {
  const cookies = visitor.cookies().split("; ");
  await page.context().clearCookies();
  await page.context().addCookies(
    cookies.filter(Boolean).map((each) => {
      const [name = "", value = ""] = each.split("=");
      return { name, value, url: world.server.url };
    }),
  );
}

test("whatever the names are, no page has to be scrolled sideways at 320 px", async () => {
  const wide: string[] = [];
  const pages = rows.filter((row) => !changes(row) && !row.path.startsWith("/api/") && row.method === "GET");
  const context = await newProfile(browser, { locale: "en-GB", viewport: { width: 320, height: 640 } });
  const page = await context.newPage();
  for (const who of new Set(pages.map((row) => row.who))) {
    await become(page, await world.rightful(who));
    for (const row of pages.filter((each) => each.who === who)) {
      for (const path of await pathsOf(row)) {
        const answer = await page.request.get(new URL(path, world.server.url).href);
        if (!answer.headers()["content-type"]?.startsWith("text/html")) continue;
        await page.goto(new URL(path, world.server.url).href);
        const over = await overflowAt320(page);
        if (over > 0) wide.push(`${nameOf(row)}: ${over}`);
        await screenshots(page, `long${row.path.replaceAll(/[/:]+/g, "-")}`, process.env.WAYBILL_SCREENSHOTS);
      }
    }
  }
  await context.close();
  assert.deepEqual(wide, []);
  assert.ok(pages.length > 50);
});
