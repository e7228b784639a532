import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Page } from "playwright-core";
import type { Address } from "../../src/domain/address.ts";
import { offerByInvitation } from "../../src/domain/lifecycle/key-offer.ts";
import { newInvitation } from "../../src/server/journeys/join/invitation.ts";
import {
  type Authenticator,
  addAuthenticator,
  checkAxe,
  newPerson,
  overflowAt320,
  type Person,
  screenshots,
} from "../../src/testing/browser.ts";
import { linkInMail, memberAt } from "../../src/testing/joining.ts";
import { addContact, addMember } from "../../src/testing/organisation.ts";
import { type Council, openCouncil, troublesOf } from "./council.ts";

// One colleague's whole life with keys, in a real browser: joins, signs in, adds a security key, loses it, loses the laptop
// too, recovers. Each page passes axe and fits 320 px. WAYBILL_SCREENSHOTS names a folder for pictures.
let council: Council;
before(async () => {
  council = await openCouncil();
});
after(() => council.close());

async function look(page: Page, name: string): Promise<void> {
  assert.deepEqual(await checkAxe(page), [], name);
  assert.equal(await overflowAt320(page), 0, `${name} fits 320 px`);
  await screenshots(page, name, process.env.WAYBILL_SCREENSHOTS);
}

async function keepCode(page: Page): Promise<string> {
  const shown = page.locator("#recovery-code");
  await shown.filter({ hasText: /^[0-9A-Z]{4}(-[0-9A-Z]{4}){6}$/ }).waitFor();
  const code = (await shown.textContent()) ?? "";
  await page.fill("#recovery-end", "ZZZZ");
  await page.click("#recovery-confirm button");
  await page.locator("#recovery-end-error").waitFor();
  await page.fill("#recovery-end", code.slice(-4).toLowerCase());
  return code;
}

async function signIn(page: Page): Promise<void> {
  await page.goto(`${council.server.url}/sign-in?next=/account`);
  await page.click("#sign-in-button");
  await page.waitForURL(`${council.server.url}/account`);
}

async function signOut(page: Page): Promise<void> {
  await page.goto(`${council.server.url}/account`);
  await page.click("form[action='/sign-out'] button");
  await page.waitForURL(`${council.server.url}/sign-in`);
}

/** The person reaches for the first device again once the new one has made its passkey: before any signature is asked for. */
async function touchBeforeSigning(page: Page, authenticator: Authenticator): Promise<void> {
  await page.exposeFunction("reachForIt", () => authenticator.setTouched(true));
  await page.evaluate(() => {
    const { reachForIt } = window as unknown as { reachForIt(): Promise<void> };
    const get = navigator.credentials.get.bind(navigator.credentials);
    navigator.credentials.get = async (options) => {
      await reachForIt();
      return get(options);
    };
  });
}

test("SPG-2: set-up, joining, two passkeys, removal with new keys, and recovery, in a real browser", async (t) => {
  const { server, sender } = council;
  const admin = sender.page;
  let ben: Person;
  let code = "";
  let key: Authenticator;
  const keys = async () => (await server.records.read.keyLog()).filter(({ memberId }) => memberId === id);
  let id = "";

  await t.test("the administrator invites a colleague", async () => {
    await admin.goto(`${server.url}/people/invite`);
    await look(admin, "people-invite");
    await admin.fill("#name", "Ben Other");
    await admin.fill("#address", "ben@council.example");
    await admin.click("main form button");
    await admin.locator("text=Invited, not joined yet").waitFor();
    await look(admin, "person");
    await admin.goto(`${server.url}/people`);
    await look(admin, "people");
  });

  await t.test("the colleague joins, and keeps the recovery code", async () => {
    ben = await newPerson(council.browser);
    const { page } = ben;
    const troubles = troublesOf(page);
    await page.goto(server.url + (await linkInMail(server, "ben@council.example")));
    await look(page, "join");
    await page.click("main form button");
    code = await keepCode(page);
    await look(page, "join-recovery-code");
    await page.click("#recovery-confirm button");
    await page.locator("#make-passkey").waitFor();
    await look(page, "join-passkey");
    await page.click("#make-passkey");
    await page.waitForURL(`${server.url}/`);
    await look(page, "home");
    assert.deepEqual(troubles, []);
    id = (await server.records.read.memberByAddress("ben@council.example"))?.id ?? "";
    assert.equal((await keys()).length, 1);
  });

  await t.test("signs out and in again, with the passkey alone", async () => {
    const { page } = ben;
    await signOut(page);
    await look(page, "sign-in");
    await signIn(page);
    await look(page, "account");
  });

  await t.test("adds a security key, signed for by the first passkey", async () => {
    const { page } = ben;
    key = await addAuthenticator(page, { transport: "usb" });
    await ben.authenticator.setTouched(false);
    await page.goto(`${server.url}/account/add-passkey`);
    await look(page, "add-passkey");
    await page.fill("#passkey-name", "Blue key");
    await touchBeforeSigning(page, ben.authenticator);
    await page.click("#make-passkey");
    await page.waitForURL(`${council.server.url}/account`);
    await page.locator("text=Blue key").waitFor();
    assert.equal(await page.locator("text=Signs in and opens").count(), 2);
    assert.equal((await keys()).length, 1, "the key pair stays");
  });

  await t.test("loses the security key: it is removed, the key pair and the recovery code change", async () => {
    const { page } = ben;
    await key.remove();
    await page.click("text=Blue key");
    await page.locator("#start-removal").waitFor();
    await look(page, "passkey");
    await page.click("#start-removal");
    const newCode = await keepCode(page);
    assert.notEqual(newCode, code);
    code = newCode;
    await page.click("#recovery-confirm button");
    await look(page, "passkey-remove");
    server.clock.advance(1000);
    await page.click("#remove-passkey");
    await page.waitForURL(`${council.server.url}/account`);
    assert.equal(await page.locator("text=Blue key").count(), 0);
    assert.deepEqual(
      (await keys()).map(({ version, removedAt }) => [version, removedAt === null]),
      [
        [1, false],
        [2, true],
      ],
    );
  });

  await t.test("makes a new recovery code", async () => {
    const { page } = ben;
    await page.goto(`${server.url}/account/recovery`);
    code = await keepCode(page);
    await look(page, "new-recovery");
    await page.click("#recovery-confirm button");
    await page.click("#sign-recovery");
    await page.waitForURL(`${council.server.url}/account`);
  });

  await t.test(
    "loses the laptop too, and comes back with the recovery code on another device without PRF",
    async () => {
      const again = await newPerson(council.browser, { prf: false });
      const { page } = again;
      await page.goto(`${server.url}/recover`);
      await look(page, "recover");
      await page.fill("#address", "ben@council.example");
      await page.fill(
        "#code",
        code.replace(/.$/, (last) => (last === "0" ? "1" : "0")),
      );
      await page.click("#code-form button");
      await page.locator("#code-error").waitFor();
      await page.fill("#code", code.toLowerCase());
      await page.click("#code-form button");
      await page.locator("#new-code").waitFor();
      await keepCode(page);
      await page.click("#recovery-confirm button");
      server.clock.advance(1000); // key lines are listed by their time
      await page.click("#make-passkey");
      await page
        .locator("#passphrase")
        .filter({ hasText: /^[a-z-]+( [a-z-]+){5}$/ })
        .waitFor();
      await look(page, "passphrase");
      const words = ((await page.textContent("#passphrase")) ?? "").split(" ");
      await page.fill("#passphrase-end", words.at(-1) ?? "");
      await page.click("#passphrase-confirm button");
      await page.waitForURL(`${council.server.url}/account`);
      await page.locator("text=opens with your passphrase").waitFor();
      assert.deepEqual(
        (await keys()).map(({ version }) => version),
        [1, 2, 3],
      );
      await ben.page.goto(`${server.url}/account`);
      assert.match(ben.page.url(), /\/sign-in/, "signed out everywhere");
      await ben.page.click("#sign-in-button");
      await ben.page.locator("#sign-in-status.govuk-error-message").waitFor();

      await page.goto(`${server.url}/account/recovery`);
      await keepCode(page);
      await page.click("#recovery-confirm button");
      await page.click("#sign-recovery");
      await page.fill("#key-passphrase", words.join("  ").toUpperCase());
      await look(page, "key-passphrase");
      await page.click("dialog button:has-text('Continue')");
      await page.waitForURL(`${council.server.url}/account`);
    },
  );

  await t.test("contacts and the other pages pass too", async () => {
    await admin.goto(`${server.url}/contacts/new`);
    await look(admin, "contact-new");
    await admin.fill("#name", "Olu Outsider");
    await admin.fill("#addresses", "o1u@chambers.example");
    await admin.fill("#phones", "020 7946 0142");
    await admin.click("main form button");
    await admin.locator("#look-alikes").waitFor();
    await look(admin, "contact-look-alike");
    await admin.check("#confirm");
    await admin.click("main form button");
    await admin.locator("text=Not checked yet").first().waitFor();
    await look(admin, "contact");
    await admin.click("text=Say how you checked 020 7946 0142");
    await look(admin, "contact-verify");
    for (const [path, name] of [
      ["/contacts", "contacts"],
      ["/genuine", "genuine"],
      ["/enrol-device", "enrol-device"],
      ["/account/devices", "devices"],
      [`/people/${id}/deactivate`, "deactivate"],
    ] as const) {
      await admin.goto(server.url + path);
      await look(admin, name);
    }
  });

  await t.test("a person whom their device does not recognise is not signed in", async () => {
    await signOut(admin);
    await sender.authenticator.setVerified(false);
    await admin.click("#sign-in-button");
    await admin.locator("#sign-in-status.govuk-error-message").filter({ hasText: "No passkey was used" }).waitFor();
  });
});

test("OXM-22: somebody outside who reads Welsh registers, signs out, and comes back with the recovery code, in Welsh", async () => {
  const { server, browser } = council;
  const address = "dewi@siambrau.example" as Address;
  const offer = offerByInvitation({ reference: "", recipientId: "" }, server.clock.now().toISOString());
  const { id } = await addMember(server, "Dewi Davies", { address, state: "invited", offer });
  await addContact(server, await memberAt(server, "ada@council.example"), "Dewi Davies", address, { language: "cy" });
  const { page } = await newPerson(browser);
  const troubles = troublesOf(page);
  await page.goto(`${server.url}/join/${await newInvitation(server.parts, id)}`);
  await look(page, "welsh-join");
  await page.getByRole("button", { name: "Parhau" }).click();
  const code = await keepCode(page);
  await page.getByText("Nid dyma bedwar nod olaf y cod").waitFor();
  await look(page, "welsh-recovery-code");
  await page.click("#recovery-confirm button");
  await page.getByRole("button", { name: "Gwneud fy allwedd mynediad" }).click();
  await page.waitForURL(`${server.url}/account`);
  await look(page, "welsh-account");
  await page.goto(server.url);
  await look(page, "welsh-home");
  await signOut(page);
  await look(page, "welsh-sign-in");
  await page.goto(`${server.url}/recover`);
  await page.fill("#address", address);
  await page.fill("#code", "not a code");
  await page.click("#code-form button");
  await page.getByText("Nid yw’r cod adfer hwn yn gywir").waitFor();
  await look(page, "welsh-recover");
  await page.fill("#address", "elin@siambrau.example");
  await page.fill("#code", code);
  await page.click("#code-form button");
  await page.getByText("Nid yw’r cyfeiriad a’r cod adfer hyn yn perthyn").waitFor();
  assert.deepEqual(troubles, []);
});
