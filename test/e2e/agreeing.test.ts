import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Page } from "playwright-core";
import type { Address } from "../../src/domain/address.ts";
import type { Member } from "../../src/domain/member.ts";
import { BULK } from "../../src/testing/approver.ts";
import { checkAxe, overflowAt320, type Person, screenshots } from "../../src/testing/browser.ts";
import { sampleFacts } from "../../src/testing/samples.ts";
import { type Council, choose, joinAs, OUTSIDER, openCouncil, send, signOnCheckPage, troublesOf } from "./council.ts";

const ANNEX = { name: "Annex.txt", bytes: Buffer.from("people who are not parties\n".repeat(900)) };
const BUNDLE = { name: "Bundle.txt", bytes: Buffer.from("page one\n".repeat(5000)) };

let council: Council;
let page: Page;
let line: Person;
let senior: Person;
let troubles: readonly string[][];

before(async () => {
  council = await openCouncil();
  page = council.sender.page;
  line = await joinAs(council, "Lena Line", "lena.line@council.example");
  senior = await joinAs(council, "Sefa Senior", "sefa.senior@council.example");
  const manager = await memberCalled("lena.line@council.example");
  await change("ada@council.example", { lineManagerId: manager.id });
  await change("sefa.senior@council.example", { roles: ["senior-manager"] });
  troubles = [page, line.page, senior.page].map(troublesOf);
});
after(() => council.close());

async function memberCalled(address: string): Promise<Member> {
  const found = await council.server.records.read.memberByAddress(address as Address);
  assert.ok(found);
  return found;
}

async function change(address: string, changes: Partial<Member>): Promise<void> {
  const member = await memberCalled(address);
  await council.server.records.write(async (tx) => {
    await tx.saveMember({ ...member, ...changes });
    const at = council.server.clock.now().toISOString();
    const about = { reference: null, recipientId: null, detail: { memberId: member.id } };
    await tx.append({ kind: "member-changed", at, actor: { kind: "system" }, ...about });
  });
}

/** WCAG 2.2 AA, nothing beyond the edge of the smallest phone, and a picture where one is wanted. */
async function look(at: Page, name: string): Promise<void> {
  await screenshots(at, `agreeing-${name}`, process.env.WAYBILL_SCREENSHOTS);
  assert.deepEqual(await checkAxe(at), [], name);
  assert.equal(await overflowAt320(at), 0, name);
}

/** A bulk OFFICIAL-SENSITIVE draft to chambers. */
async function bulkDraft(): Promise<string> {
  const facts = sampleFacts({ purpose: "Parole hearing bundle", necessity: "Counsel reads it first", ...BULK.facts });
  await page.goto(council.server.url);
  return page.evaluate(
    async ([stated, to]) => {
      const token = document.querySelector<HTMLMetaElement>('meta[name="waybill-token"]')?.content ?? "";
      const answer = await fetch("/api/transfers", {
        method: "POST",
        headers: { "content-type": "application/json", "x-waybill-token": token },
        body: JSON.stringify({ facts: stated, recipients: [{ address: to, expecting: true }] }),
      });
      if (!answer.ok) throw new Error(await answer.text());
      const { reference } = await answer.json();
      return reference;
    },
    [facts, OUTSIDER] as const,
  );
}

/** From the link in the newest mail, as on a phone. */
async function openRequest(who: Person, address: string, reference: string): Promise<void> {
  const mails = (await council.server.mail(address)).filter((each) => each.reference === reference);
  const mail = mails.toSorted((a, b) => (a.createdAt < b.createdAt ? -1 : 1)).at(-1);
  const link = /https?:\S+\/to-agree\/\S+/.exec(mail?.text ?? "")?.[0] ?? "";
  await who.page.goto(link);
}

async function agree(who: Person): Promise<void> {
  await who.page.getByRole("button", { name: "Agree", exact: true }).click();
  await who.page.getByText("You agreed to it.").waitFor();
}

const stateOf = async (reference: string) => (await council.server.records.read.transfer(reference))?.state;

test("SDT-3, SIS-3, SIS-4, SIS-5: bulk OFFICIAL-SENSITIVE to chambers waits for two people; one refuses, it is changed, both agree, and it is released", async () => {
  const { server } = council;
  const reference = await bulkDraft();
  await send(council, reference, [BUNDLE, ANNEX]);
  await page.goto(`${server.url}/transfers/${reference}`);
  await page
    .getByText("It waits for the agreement of Lena Line (line manager) and Sefa Senior (senior manager)")
    .waitFor();
  await look(page, "sender-waits");

  await line.page.goto(server.url);
  await line.page.getByText(`Agree or refuse: ${reference} from Ada Admin`).waitFor();
  await line.page.getByRole("link", { name: "To agree (1)" }).click();
  await look(line.page, "queue");
  await openRequest(line, "lena.line@council.example", reference);
  const told = await line.page.locator("main").innerText();
  for (const part of [
    "Ada Admin (ada@council.example)",
    `Olu Outside (${OUTSIDER})`,
    "GB: United Kingdom",
    "Parole hearing bundle",
    "1,200 people",
    "That is bulk",
    "OFFICIAL-SENSITIVE",
    "serious harm",
    "SIS-3",
  ]) {
    assert.ok(told.includes(part), part);
  }
  await line.page.setViewportSize({ width: 320, height: 640 });
  const decision = await line.page.getByRole("button", { name: "Agree", exact: true }).boundingBox();
  assert.ok(decision && decision.y + decision.height <= 640, "the decision is in sight on a phone without scrolling");
  await line.page.setViewportSize({ width: 1280, height: 800 });
  await line.page.getByText("The record itself").click();
  await look(line.page, "request");
  await agree(line);
  await look(line.page, "agreed");
  assert.equal(await stateOf(reference), "requested");

  await openRequest(senior, "sefa.senior@council.example", reference);
  await senior.page.getByRole("link", { name: "Ask a question" }).click();
  await senior.page.getByLabel("Your question to Ada Admin").fill("Who are the people in the annex?");
  await senior.page.getByRole("button", { name: "Send the question" }).click();
  await page.goto(`${server.url}/transfers/${reference}`);
  await look(page, "sender-asked");
  await page.getByLabel(/Sefa Senior asks: Who are the people/).fill("Witnesses of another case");
  await page.getByRole("button", { name: "Send the answer" }).click();
  await openRequest(senior, "sefa.senior@council.example", reference);
  await senior.page.getByText("Ada Admin: Witnesses of another case").waitFor();
  await senior.page.getByRole("link", { name: "Refuse" }).click();
  await senior.page.getByRole("button", { name: "Refuse", exact: true }).click();
  await senior.page.getByText("Say why you refuse").first().waitFor();
  await look(senior.page, "refuse-without-reason");
  await senior.page.getByLabel("Why you refuse").fill("Leave the annex out: it is not about this case");
  await senior.page.getByRole("button", { name: "Refuse", exact: true }).click();
  await senior.page.getByText("You refused it.").waitFor();
  await look(senior.page, "refused-by");
  assert.equal(await stateOf(reference), "refused");

  await page.goto(`${server.url}/transfers/${reference}`);
  await page.getByText("Leave the annex out").first().waitFor();
  await look(page, "sender-refused");
  server.clock.advance(60_000);
  await page.getByRole("button", { name: "Change it" }).click();
  await page.waitForURL(/\/describe$/);
  assert.equal(await stateOf(reference), "draft");
  await page.goto(`${server.url}/transfers/${reference}/check`);
  await page.waitForSelector("#made-here:not([hidden])");
  assert.equal(
    await page.isVisible("#elsewhere"),
    false,
    "the browser that sealed it knows it again after it was signed",
  );
  await page.goto(`${server.url}/transfers/${reference}/add`);
  await choose(page, [BUNDLE]);
  await page.click("[data-act=start]");
  await page.getByLabel("Let Lena Line (lena.line@council.example) see the files before answering").check();
  await look(page, "show-before");
  await signOnCheckPage(page);
  assert.equal(await stateOf(reference), "requested", "who agreed before has to agree again");

  await openRequest(line, "lena.line@council.example", reference);
  const changed = await line.page.getByRole("region", { name: "What changed since last time" }).innerText();
  assert.match(changed, /Sefa Senior refused an earlier version[\s\S]*Leave the annex out/);
  assert.match(changed, /1 item, 45 kB[\s\S]*Before: 2 items, 69 kB/);
  assert.doesNotMatch(changed, /Parole hearing bundle|1,200/);
  const purpose = line.page.locator('[data-line="purpose"]');
  assert.equal(await purpose.isVisible(), false, "the whole transfer is folded");
  await look(line.page, "changed");
  await line.page.getByRole("button", { name: "See the files" }).click();
  await line.page.getByRole("button", { name: "Open the files" }).click();
  await line.page.getByRole("button", { name: "View Bundle.txt" }).click();
  await line.page.frameLocator("[data-viewer-frame] iframe").getByText("page one").first().waitFor();
  await look(line.page, "files");
  await openRequest(line, "lena.line@council.example", reference);
  await line.page.getByText("The whole transfer").click();
  await purpose.waitFor();
  await look(line.page, "changed-whole");
  await line.page.getByText("The whole transfer").click();
  await agree(line);
  await openRequest(senior, "sefa.senior@council.example", reference);
  await agree(senior);
  assert.equal(await stateOf(reference), "released");
  await page.goto(`${server.url}/transfers/${reference}`);
  await look(page, "released");
  const notice = (await server.mail(OUTSIDER)).filter((each) => each.reference === reference);
  assert.equal(notice.length, 1, "the recipient was told once, at the end");
  assert.deepEqual(troubles, [[], [], []]);
});

test("SIS-3: what a page shows falsely is not signed by a real browser", async () => {
  const reference = await bulkDraft();
  await send(council, reference, [BUNDLE]);
  await openRequest(line, "lena.line@council.example", reference);
  await line.page.evaluate(() => {
    const shown = document.querySelector('[data-line="people"]');
    if (shown) shown.textContent = "12 people, as the sender states.";
  });
  await line.page.getByRole("button", { name: "Agree", exact: true }).click();
  await line.page.getByText("What would be signed is not what this page shows (Whose records)").waitFor();
  await look(line.page, "lied-to");
  assert.equal(await stateOf(reference), "requested");
  const requests = await council.server.records.read.approvalsOf(reference);
  assert.ok(requests.every(({ state }) => state === "waiting"));
});

test("a line manager names a deputy, in a browser", async () => {
  await line.page.goto(`${council.server.url}/deputies`);
  await look(line.page, "deputies");
  await line.page
    .getByLabel("Who answers in your place")
    .selectOption({ label: "Sefa Senior (sefa.senior@council.example)" });
  await line.page.getByRole("button", { name: "Name the deputy" }).click();
  await line.page.getByText("Give the last day").first().waitFor();
  await look(line.page, "deputies-mistake");
  for (const [name, value] of Object.entries({ Day: "4", Month: "12", Year: "2026" })) {
    await line.page.getByRole("group", { name: "Last day" }).getByLabel(name).fill(value);
  }
  await line.page.getByRole("button", { name: "Name the deputy" }).click();
  await line.page.getByText("until the end of 4 December 2026").waitFor();
  await look(line.page, "deputies-named");
  await page.goto(`${council.server.url}/transfers`);
  await look(page, "list");
  assert.deepEqual(troubles, [[], [], []]);
});
