import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Page } from "playwright-core";
import type { Address } from "../../src/domain/address.ts";
import type { StatedFacts } from "../../src/domain/transfer.ts";
import { verifyPack } from "../../src/evidence/verify-pack.ts";
import { addSigner, answerRequest, requestFor } from "../../src/testing/approver.ts";
import { addContact } from "../../src/testing/organisation.ts";
import { councilPolicy } from "../../src/testing/policy.ts";
import { readPdf } from "../../src/testing/read-pdf.ts";
import { sampleFacts } from "../../src/testing/samples.ts";
import type { SigningSender } from "../../src/testing/signed-transfer.ts";
import { type Council, OUTSIDER, openCouncil, signOnCheckPage, troublesOf } from "./council.ts";
import { checkPage } from "./demo-desk.ts";
import { madePdf } from "./made-pdf.ts";

const COURT = "listing@crowncourt.gov.uk.cjsm.net";
const FACTS: Partial<StatedFacts> = {
  ...{ classification: "OFFICIAL-SENSITIVE", personal: true, sensitive: true, special: false, offences: false },
  ...{ namesWithAddresses: false, people: 12, criminalJustice: true, minimised: true, recordCopy: "The case file" },
  lawfulBasis: { basis: "public-task", special: "", offences: "" },
};

/** A PDF of one page. */
const pdfNamed = (name: string) => ({
  ...{ name, mimeType: "application/pdf" },
  buffer: Buffer.from(madePdf({ pages: [{ lines: [name] }] })),
});

let council: Council;
let sam: Page;
let line: SigningSender;
let troubles: string[];
before(async () => {
  council = await openCouncil();
  sam = council.sender.page;
  const { server } = council;
  line = await addSigner(server, "Lena Line");
  const ada = (await server.records.read.memberByAddress("ada@council.example" as Address)) ?? assert.fail();
  await server.records.write(async (tx) => {
    await tx.saveMember({ ...ada, lineManagerId: line.member.id });
    await tx.append({
      ...{ kind: "member-changed", at: server.clock.now().toISOString(), actor: { kind: "system" } },
      ...{ reference: null, recipientId: null, detail: {} },
    });
  });
  await addContact(server, ada, "Lil Listing", COURT);
  // SIS-38: both ends' networks come from the configuration; who sends is on one of them.
  const onNetwork = councilPolicy("uk-government", (yaml) =>
    yaml.replace("official: [", "official: [council.example, "),
  );
  server.parts.policy.adopt(onNetwork.current ?? assert.fail());
  // A folder of the browser's own stands for the stick that a person picks.
  await council.sender.context.addInitScript(() => {
    const showDirectoryPicker = async () =>
      (await navigator.storage.getDirectory()).getDirectoryHandle("picked", { create: true });
    Object.assign(globalThis, { showDirectoryPicker });
  });
  troubles = troublesOf(sam);
});
after(() => council?.close());

/** A described draft for that address, on the page where its method is chosen. */
async function described(to: string, facts: Partial<StatedFacts> = FACTS): Promise<string> {
  await sam.goto(council.server.url);
  const recipients = [{ address: to, expecting: true, legitimateNeed: "Represents a party" }];
  const reference = await sam.evaluate(
    async (body) => {
      const token = document.querySelector<HTMLMetaElement>('meta[name="waybill-token"]')?.content ?? "";
      const headers = { "content-type": "application/json", "x-waybill-token": token };
      const answer = await fetch("/api/transfers", { method: "POST", headers, body: JSON.stringify(body) });
      if (!answer.ok) throw new Error(await answer.text());
      return String((await answer.json()).reference);
    },
    { facts: sampleFacts(facts), recipients },
  );
  await sam.goto(at(reference, "/method"));
  return reference;
}

const at = (reference: string, page: string) => `${council.server.url}/transfers/${reference}${page}`;
/** An error stands in the summary and at its field. */
const sees = (text: string | RegExp) => sam.getByText(text).first().waitFor();
const press = (name: string | RegExp) => sam.getByRole("button", { name }).click();

/** The method's place on the page: the best one, or one of those below, unfolded. */
async function answerFor(method: string) {
  const below = sam.locator("details.wb-method-other", { has: sam.locator("summary", { hasText: method }) });
  if ((await below.count()) === 0) return sam.locator("section.wb-method");
  if ((await below.getAttribute("open")) === null) await below.locator("summary").click();
  return below;
}

async function choose(method: string, button: string): Promise<void> {
  await (await answerFor(method)).getByRole("button", { name: button }).click();
}

/** Stated: what is left is said on the way to the signature, and the line manager agrees to exactly this. */
async function signAndAgree(reference: string): Promise<void> {
  await sam.goto(at(reference, "/check"));
  await signOnCheckPage(sam);
  const { server } = council;
  await answerRequest(server, line, await requestFor(server, reference, "line-manager"), "approve");
  await sam.goto(at(reference, "/carry"));
}

async function tickAll(): Promise<void> {
  for (const box of await sam.getByRole("checkbox").all()) await box.check();
}

async function tomorrow(): Promise<void> {
  const day = new Date(council.server.clock.now().getTime() + 86_400_000);
  await sam.getByLabel("Day").fill(String(day.getUTCDate()));
  await sam.getByLabel("Month").fill(String(day.getUTCMonth() + 1));
  await sam.getByLabel("Year").fill(String(day.getUTCFullYear()));
}

/** They told it by telephone: that it arrived, and that it is complete. */
async function arrivedAndComplete(): Promise<void> {
  await press("Record what they told you");
  await sam.getByLabel("They told me by telephone").check();
  await press("Record that it arrived");
  await sam.getByRole("heading", { name: "Receipt" }).waitFor();
}

async function complete(how: string): Promise<void> {
  await sam.getByLabel(how).check();
  await press("Record the receipt");
}

/** The history says that everybody has it, and the evidence of it verifies. */
async function received(reference: string): Promise<void> {
  await sees("Everybody has it and has confirmed receipt");
  const downloading = sam.waitForEvent("download");
  await press("Download the evidence");
  const chunks: Buffer[] = [];
  for await (const chunk of await (await downloading).createReadStream()) chunks.push(chunk);
  const { evidence } = await verifyPack(new Uint8Array(Buffer.concat(chunks)), {
    ...{ log: council.server.parts.log.keeper.key, witnesses: [] },
  });
  assert.equal(evidence.reference, reference);
  assert.ok(evidence.events.some(({ kind }) => kind === "receipt-recorded"));
}

test("SIS-10, SIS-14, SIS-31, SDT-28: post, by ordinary letter refused, by special delivery to its receipt", async () => {
  const reference = await described(OUTSIDER);
  await choose("Post", "Send it by post or courier");
  await sam.getByLabel("How many papers or things").fill("1");
  await sam.getByLabel("How many pages").fill("60");
  await sam.getByLabel("No", { exact: true }).check();
  await sam.getByLabel("Royal Mail first or second class").check();
  await press("Save and go on");
  await sees(/SIS-10|tracked/i);
  await sam.goto(at(reference, "/check"));
  await sam.waitForURL(/\/(tasks|carriage)$/); // nothing is signed that may not go
  await sam.goto(at(reference, "/carriage"));
  await sam
    .getByLabel(/special delivery, by 1pm/i)
    .first()
    .check();
  await press("Save and go on");
  await sam.waitForURL(/\/(tasks|check)$/);
  await signAndAgree(reference);
  await sam.getByRole("link", { name: "Enter the filled-in checklist" }).click();
  await checkPage(sam, "carried-paper");
  await sam.goBack();
  await press("Record that it went");
  await sees("Nothing was recorded as sent");
  await sees("Enter the tracking number that the service gives");
  await tickAll();
  await sam.getByLabel("Tracking number").fill("XY123456789GB");
  await tomorrow();
  await press("Record that it went");
  await arrivedAndComplete();
  await complete("They signed a paper");
  await received(reference);
});

test("SDT2-3: by hand, refused without identification; they sign on the screen, and the picture stays on this device", async () => {
  const reference = await described(OUTSIDER);
  await choose("Hand delivery", "Hand it over");
  await sam.getByLabel("How many papers or things").fill("1");
  await press("Save and go on");
  await sam.waitForURL(/\/(tasks|check)$/);
  await signAndAgree(reference);
  await sam.getByLabel("I took it to them").check();
  await sam.getByLabel("To whom did you hand it?").fill("Olu Outside");
  await press("Record that I handed it over");
  await sees("Choose which kind of identification you saw");
  await sam.getByRole("checkbox", { name: /identification/i }).check();
  await sam.getByLabel("Which identification did you see?").selectOption("staff pass");
  await press("Record that I handed it over");
  await sam.waitForURL(/\/signature$/);
  await sam.getByLabel("On this screen").check();
  await press("Record the signature");
  await sees("Nothing is drawn in the field");
  await sam.locator("canvas").scrollIntoViewIfNeeded();
  const field = (await sam.locator("canvas").boundingBox()) ?? assert.fail();
  const sent: string[] = [];
  sam.on("request", (request) => sent.push(request.postDataBuffer()?.toString("latin1") ?? ""));
  await sam.mouse.move(field.x + 40, field.y + 60);
  await sam.mouse.down();
  for (const [x, y] of [
    [90, 20],
    [140, 70],
    [190, 25],
    [260, 60],
  ] as const)
    await sam.mouse.move(field.x + x, field.y + y);
  await sam.mouse.up();
  await press("Record the signature");
  await sees("Save the signed receipt first");
  const downloading = sam.waitForEvent("download");
  await press("Save the signed receipt");
  const download = await downloading;
  assert.equal(download.suggestedFilename(), `${reference}-receipt.pdf`);
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk);
  const receipt = new Uint8Array(Buffer.concat(chunks));
  await sees("The receipt was given to you");
  await checkPage(sam, "handover-signature");
  await sam.getByLabel("They looked through it, and it is complete").check();
  await press("Record the signature");
  await received(reference);
  const event = (await council.server.records.read.eventsOf(reference)).find(({ kind }) => kind === "handover-signed");
  const digest = Buffer.from(await crypto.subtle.digest("SHA-256", receipt)).toString("hex");
  assert.equal(event?.detail.receipt, digest, "the record has the SHA-256 of what was saved");
  assert.ok(
    sent.every((body) => body.length < 1000 && !body.includes("PDF")),
    "nothing that was drawn was sent",
  );
  const { texts, roles } = await readPdf(receipt);
  assert.ok(
    texts.some(({ text }) => text.includes("Olu Outside")) && roles.includes("H1"),
    "it is still a tagged paper",
  );
});

test("SDT2-4: by telephone, refused until identity is confirmed and it is said what kind of information it was", async () => {
  const reference = await described(OUTSIDER);
  await choose("Telephone", "Tell them by telephone");
  await sam.getByLabel("How many pieces of information").fill("1");
  await press("Save and go on");
  await sam.waitForURL(/\/(tasks|check)$/);
  await signAndAgree(reference);
  await press("Record that I told them");
  await sees("Choose what kind of information you gave");
  await tickAll();
  await sam.getByLabel("What kind of information did you give?").selectOption("a date, time or place");
  await press("Record that I told them");
  await sees("Say how you knew who answered");
  await sam.getByLabel("How did you know who answered?").fill("Rang back on the number of their website");
  // All is ticked, also that they said there and then that they have all of it.
  await press("Record that I told them");
  await received(reference);
});

test("SDT-10, SDT-12, SDT-16, SDT-21, SIS-38: email, refused from one's own device; two documents packed, read back, the password told by another channel", async () => {
  const reference = await described(OUTSIDER);
  await choose("Email", "Send it by email");
  await sam.waitForURL(/\/add$/);
  await sam.setInputFiles("input[data-choose=files]", ["Witness A.pdf", "Witness B.pdf"].map(pdfNamed));
  await sam.getByLabel("Acrobat Reader or another PDF reader").check();
  await sees("They can open it with Acrobat Reader or another PDF reader");
  await press("Make the package");
  await sam.getByRole("heading", { name: "The package is made" }).waitFor();
  await sees("Each was read back from there and is what was written");
  await checkPage(sam, "email-packed");
  const digests = await sam.locator("[data-says=digest]").innerText();
  for (const number of [1, 2]) {
    await sees(`${reference}-${number}.pdf`);
    assert.match(digests, new RegExp(`${reference}-${number}\\.pdf\\s+[0-9a-f]{64}`), "each by its name");
  }
  const compared = (await sam.locator("[data-not-read-back]").textContent()) ?? "";
  assert.match(compared, new RegExp(`certutil -hashfile ${reference}-1\\.pdf SHA256[\\s\\S]*each of the documents`));
  await press("I have saved them: go on");
  await sees("2 files, each with the same password");
  await sam.getByLabel("My own device").check();
  await sam.getByLabel("Why does nothing better serve?").fill("They cannot reach the link");
  await press("Save and go on");
  await sees("never from a personal device");
  await sam.goto(at(reference, "/carriage"));
  await sam.getByLabel("A device that the organisation manages").check();
  await press("Save and go on");
  await sam.waitForURL(/\/(tasks|check)$/);
  await signAndAgree(reference);
  await sees("From ada@council.example");
  assert.doesNotMatch(await sam.locator(".govuk-inset-text").first().innerText(), /OFFICIAL|bundle|Witness/i);
  await press("Record that it went");
  await press("Record what they told you");
  await sam.getByLabel("They told me by telephone").check();
  await press("Record that it arrived");
  await sam.getByRole("radio", { name: /By telephone/ }).check();
  await press("I told them");
  await complete("They told me by email");
  await received(reference);
});

test("SET-3, SIS-38: CJSM, refused for another purpose and for an address that is none there; else to its receipt", async () => {
  await described(COURT, { ...FACTS, criminalJustice: false });
  await (await answerFor("CJSM")).getByText("CJSM is for criminal justice purposes only").waitFor();
  await described(OUTSIDER);
  const other = await answerFor("CJSM");
  await other.getByText(`${OUTSIDER}.cjsm.net`).waitFor();
  assert.equal(await other.getByRole("button").count(), 0, "a refused method cannot be chosen");
  const reference = await described(COURT);
  await choose("CJSM", "Send it by CJSM");
  await sam.goto(at(reference, "/carriage?package=typed"));
  await sees(`It goes to the CJSM address of Lil Listing: ${COURT}`);
  await checkPage(sam, "cjsm-carriage");
  await sam.getByLabel("How many files").fill("2");
  await sam.getByLabel("They are not packed").check();
  await sam.getByLabel("Size in bytes").fill("90000");
  await sam.getByLabel("A device that the organisation manages").check();
  await press("Save and go on");
  await sam.waitForURL(/\/(tasks|check)$/);
  await signAndAgree(reference);
  await sees("From ada@council.example.cjsm.net");
  await checkPage(sam, "cjsm-carry");
  await press("Record that it went");
  await arrivedAndComplete();
  await complete("They told me by email");
  await received(reference);
  assert.deepEqual(troubles, []);
});
