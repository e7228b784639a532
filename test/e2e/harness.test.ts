import assert from "node:assert/strict";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import {
  addAuthenticator,
  checkAxe,
  leaveBrowser,
  newPerson,
  openBrowser,
  overflowAt320,
  screenshots,
} from "../../src/testing/browser.ts";
import { openSampleSite, type SampleSite } from "./sample-site.ts";

let site: SampleSite;
let browser: Browser;
before(async () => {
  site = await openSampleSite();
  browser = await openBrowser();
});
after(async () => {
  await leaveBrowser();
  await site.close();
});

/** Makes a passkey on the page and signs with it twice; answers with the PRF secret in hex, or why there is none. */
function registerAndSign(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const bytes = (length: number) => crypto.getRandomValues(new Uint8Array(length));
    const prf = { eval: { first: new Uint8Array(32).fill(1) } };
    const secretOf = async () => {
      const signed = (await navigator.credentials.get({
        publicKey: { challenge: bytes(32), rpId: "localhost", userVerification: "required", extensions: { prf } },
      })) as PublicKeyCredential;
      const first = signed.getClientExtensionResults().prf?.results?.first;
      if (first === undefined) return undefined;
      return [...new Uint8Array(first as ArrayBuffer)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    };
    try {
      const made = (await navigator.credentials.create({
        publicKey: {
          challenge: bytes(32),
          rp: { name: "Sample", id: "localhost" },
          user: { id: bytes(16), name: "sam", displayName: "Sam" },
          pubKeyCredParams: [{ type: "public-key", alg: -7 }],
          authenticatorSelection: { residentKey: "required", userVerification: "required" },
          extensions: { prf: {} },
        },
      })) as PublicKeyCredential;
      if (made.getClientExtensionResults().prf?.enabled !== true) return "no PRF";
      const secrets = [await secretOf(), await secretOf()];
      return secrets[0] === secrets[1] ? (secrets[0] ?? "no secret") : "two secrets";
    } catch (error) {
      return error instanceof DOMException ? error.name : String(error);
    }
  });
}

describe("The browser that tests use", () => {
  test("registers a passkey on http://localhost, signs with it, and gets the same PRF secret each time", async () => {
    const { page, authenticator, close } = await newPerson(browser);
    await page.goto(site.origin);
    assert.match(await registerAndSign(page), /^[0-9a-f]{64}$/);
    assert.equal(await authenticator.passkeys(), 1);
    await close();
  });

  test("has authenticators without PRF, ones that fail verification, and lost ones with successors", async () => {
    const { page, authenticator, close } = await newPerson(browser, { prf: false });
    await page.goto(site.origin);
    assert.equal(await registerAndSign(page), "no PRF");
    await authenticator.setVerified(false);
    assert.equal(await registerAndSign(page), "NotAllowedError");
    await authenticator.remove();
    const next = await addAuthenticator(page);
    assert.equal(await next.passkeys(), 0);
    assert.match(await registerAndSign(page), /^[0-9a-f]{64}$/);
    await close();
  });

  test("keeps people apart: neither cookies nor passkeys of one are another's", async () => {
    const [one, other] = [await newPerson(browser), await newPerson(browser)];
    await one.page.goto(site.origin);
    await other.page.goto(site.origin);
    await registerAndSign(one.page);
    await one.context.addCookies([{ name: "session", value: "one", url: site.origin }]);
    assert.equal(await other.authenticator.passkeys(), 0);
    assert.deepEqual(await other.context.cookies(), []);
    await one.close();
    await other.close();
  });

  test("finds violations of WCAG with axe on a page with a strict policy, and names the element", async () => {
    const { page, close } = await newPerson(browser);
    await page.goto(site.origin);
    await page.evaluate(() => document.querySelector("label[for=code]")?.remove());
    const violations = await checkAxe(page);
    assert.equal(violations.length, 1);
    assert.match(violations[0] ?? "", /^label: .*\n {2}<input .*id="code"/);
    await close();
  });

  test("takes pictures at two widths where there is a folder for them, and measures what does not fit", async () => {
    const folder = mkdtempSync(join(tmpdir(), "waybill-pictures-"));
    const { page, close } = await newPerson(browser);
    await page.goto(site.origin);
    await screenshots(page, "sample", folder);
    await screenshots(page, "none", undefined);
    assert.ok(existsSync(join(folder, "sample-1280.png")) && existsSync(join(folder, "sample-320.png")));
    await page.evaluate(() => {
      const heading = document.querySelector("h1");
      if (heading) heading.style.minWidth = "600px"; // long words break, so a page gets too wide by what cannot
    });
    assert.ok((await overflowAt320(page)) > 100);
    rmSync(folder, { recursive: true });
    await close();
  });
});

describe("The script and styles of every page", () => {
  test("run under the strict policy with Trusted Types, and the policy refuses what it should", async () => {
    const { page, close } = await newPerson(browser);
    const complaints: string[] = [];
    page.on("console", (message) => void (message.type() === "error" && complaints.push(message.text())));
    page.on("pageerror", (error) => void complaints.push(String(error)));
    await page.goto(site.origin);
    await page.setViewportSize({ width: 320, height: 640 });
    await page.getByRole("button", { name: "Menu" }).click();
    assert.ok(await page.getByRole("link", { name: "To agree (3)" }).isVisible());
    await page.getByLabel("Someone else").check();
    assert.ok(await page.getByLabel("Name", { exact: true }).isVisible());
    await page.getByLabel("Why", { exact: true }).fill("To agree the placement");
    await page.getByText("You have 178 characters remaining").first().waitFor();
    await page.locator("body[data-echo=sealed]").waitFor(); // a worker was started through the one Trusted Types policy
    assert.deepEqual(complaints, []);

    const refused = await page.evaluate(() => {
      try {
        document.body.innerHTML = "<p>from text</p>";
      } catch (error) {
        return String(error);
      }
      return "allowed";
    });
    assert.match(refused, /TrustedHTML/);
    await close();
  });

  test("pass axe at WCAG 2.2 AA, and fit 320 px without sideways scrolling (1.4.10)", async () => {
    const { page, close } = await newPerson(browser);
    await page.goto(site.origin);
    assert.deepEqual(await checkAxe(page), []);
    await page.setViewportSize({ width: 320, height: 640 });
    assert.deepEqual(await checkAxe(page), []);
    assert.equal(await overflowAt320(page), 0);
    await close();
  });
});
