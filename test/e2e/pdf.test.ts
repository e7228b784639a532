import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, describe, test } from "node:test";
import type { Frame, Page } from "playwright-core";
import { checkAxe, overflowAt320, type Person } from "../../src/testing/browser.ts";
import {
  arrive,
  type Chosen,
  type Council,
  draftTo,
  OUTSIDER,
  openCouncil,
  send,
  troublesOf,
  wordsFor,
} from "./council.ts";
import { hostilePdf, lockedPdf, madePdf, oldEncodingPdf, scannedPdf } from "./made-pdf.ts";

const REPORT: Chosen = {
  name: "report.pdf",
  bytes: madePdf({ pages: ["one", "two", "three"].map((which) => ({ lines: [`This is page ${which}`, "of it"] })) }),
};
const SCAN: Chosen = { name: "scan.pdf", bytes: scannedPdf() };
const OLD: Chosen = { name: "old.pdf", bytes: oldEncodingPdf() };
const LOCKED: Chosen = { name: "locked.pdf", bytes: lockedPdf() };
const BROKEN: Chosen = { name: "broken.pdf", bytes: Buffer.from("%PDF-1.7\nthis is none\n") };

let council: Council;
let elsewhere: Server;
/** What anybody asked of another site: nothing, if all is well. */
const asked: string[] = [];
let olu: Person;
let address: string;
/** The recipient's row. */
let transfer: string;

before(async () => {
  council = await openCouncil();
  elsewhere = createServer((request, response) => {
    asked.push(request.url ?? "");
    response.setHeader("access-control-allow-origin", "*").end("here");
  });
  await new Promise<void>((resolve) => elsewhere.listen(0, "localhost", resolve));
  const url = `http://localhost:${(elsewhere.address() as AddressInfo).port}`;
  const hostile: Chosen = { name: "hostile.pdf", bytes: hostilePdf(url) };
  const reference = await draftTo(council, [OUTSIDER]);
  const [id = ""] = await send(council, reference, [REPORT, SCAN, OLD, LOCKED, BROKEN, hostile]);
  olu = await arrive(council, id);
  const words = await wordsFor(council, reference, id);
  address = url;
  transfer = id;
  await olu.page.goto(`${council.server.url}/r/${id}/open`);
  await olu.page.fill("#words", words);
  await olu.page.click("[data-words-form] button");
  await olu.page.locator("[data-part=opened]").waitFor();
});
after(async () => {
  await council.close();
  elsewhere.close();
});

/** Presses View beside the file, and waits until the frame has something to say or a page is drawn. */
async function view(page: Page, { name }: Pick<Chosen, "name">): Promise<Frame> {
  const close = page.locator("[data-act=close-viewer]");
  if (await close.isVisible()) await close.click();
  await page.locator("[data-items] tr", { hasText: name }).locator("[data-act=view]").click();
  const element = page.locator(`[data-viewer] iframe[title="${name}"]`);
  await element.waitFor();
  const frame = await (await element.elementHandle())?.contentFrame();
  if (!frame) throw new Error("The viewer has no frame.");
  return frame;
}

/** The share of a page's picture that is not white, in percent. */
function ink(frame: Frame, number: number): Promise<number> {
  return frame.evaluate((page) => {
    const canvas = document.querySelector<HTMLCanvasElement>(`[data-page="${page}"] canvas`);
    const context = canvas?.getContext("2d");
    if (!canvas || !context) return 0;
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
    let dark = 0;
    for (let at = 0; at < data.length; at += 4) if ((data[at] ?? 255) < 128) dark++;
    return (400 * dark) / data.length;
  }, number);
}

describe("a PDF in the page", () => {
  test("is drawn page by page, its text is there to be read out, and it is turned and sized by keyboard", async () => {
    const troubles = troublesOf(olu.page);
    const frame = await view(olu.page, REPORT);
    await frame.locator("[data-page='1'][data-drawn]").waitFor();
    assert.ok((await ink(frame, 1)) > 0.3, "nothing is drawn");
    assert.match((await frame.textContent("[data-page='1']")) ?? "", /This is page one/);
    assert.equal(await frame.getAttribute("[data-page='1'] canvas", "aria-hidden"), "true");
    assert.equal(await frame.textContent("[data-where]"), "Page 1 of 3");
    assert.equal(await frame.textContent("[data-said]"), "");

    await frame.focus("[data-act=next]");
    await olu.page.keyboard.press("Enter");
    await frame.locator("[data-where]", { hasText: "Page 2 of 3" }).waitFor();
    await olu.page.keyboard.press("Enter");
    await frame.locator("[data-page='3'][data-drawn]").waitFor();
    assert.ok((await ink(frame, 3)) > 0.3);
    assert.equal(await frame.getAttribute("[data-act=next]", "aria-disabled"), "true");
    assert.equal(await frame.evaluate(() => document.activeElement?.getAttribute("data-act")), "next");

    const width = () => frame.evaluate(() => document.querySelector("canvas")?.clientWidth ?? 0);
    const room = await frame.evaluate(() => document.documentElement.clientWidth);
    assert.equal(await width(), room);
    await frame.focus("[data-act=larger]");
    await olu.page.keyboard.press("Space");
    await frame.locator("[data-page='3'][data-drawn]").waitFor();
    assert.ok(Math.abs((await width()) - 1.5 * room) < 2);
    await frame.click("[data-act=fit]");
    await frame.locator("[data-page='3'][data-drawn]").waitFor();
    assert.equal(await width(), room);
    assert.deepEqual(troubles, []);
  });

  test("passes axe, and at 320 px is as wide as there is room", async () => {
    const frame = await view(olu.page, REPORT);
    await frame.locator("[data-page='1'][data-drawn]").waitFor();
    assert.deepEqual(await checkAxe(olu.page), []);
    assert.equal(await overflowAt320(olu.page), 0);
    const before = olu.page.viewportSize();
    await olu.page.setViewportSize({ width: 320, height: 640 });
    await olu.page.locator("[data-viewer] iframe").scrollIntoViewIfNeeded(); // browsers do not draw in frames out of sight
    await frame.waitForFunction(() => (document.querySelector("section")?.clientWidth ?? 999) < 320);
    await frame.locator("[data-page='1'][data-drawn]").waitFor();
    const overflow = await frame.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    assert.equal(overflow, 0);
    assert.ok((await ink(frame, 1)) > 0.3);
    for (const each of [SCAN, REPORT]) {
      const again = await view(olu.page, each);
      await again.locator("[data-page='1'][data-drawn]").waitFor();
    }
    await (await view(olu.page, BROKEN)).locator("[data-said]", { hasText: "not a PDF" }).waitFor();
    if (before) await olu.page.setViewportSize(before);

    const alone = await olu.context.newPage();
    await alone.goto(`${council.server.url}/view/pdf?lang=cy`);
    assert.deepEqual(await checkAxe(alone), []);
    assert.equal(await alone.getAttribute("html", "lang"), "cy");
    await alone.close();
  });

  test("without text says so of its picture; what is lacking, locked or broken is said in words, with what to do", async () => {
    const scan = await view(olu.page, SCAN);
    await scan.locator("[data-page='1'][data-drawn]").waitFor();
    assert.ok((await ink(scan, 1)) > 30, "the scanned picture is not drawn");
    assert.equal(await scan.getAttribute("canvas", "role"), "img");
    assert.match((await scan.getAttribute("canvas", "aria-label")) ?? "", /without text/);
    const old = await view(olu.page, OLD);
    await old.locator("[data-page='1'][data-drawn]").waitFor();
    assert.match((await old.textContent("[data-page='1']")) ?? "", /In English/);
    assert.match((await old.textContent("[data-note]")) ?? "", /cannot be drawn here.* save it/);
    const locked = await view(olu.page, LOCKED);
    await locked.locator("[data-said]", { hasText: /locked with a password of its own.* Save it instead/ }).waitFor();
    const broken = await view(olu.page, BROKEN);
    await broken.locator("[data-said]", { hasText: /not a PDF that can be read.* save it instead/ }).waitFor();
  });

  test("is said in Welsh on a Welsh page", async () => {
    const welsh = await olu.context.newPage();
    await welsh.goto(`${council.server.url}/view/pdf?lang=cy`);
    const texts = welsh.locator("template#texts");
    assert.match(await texts.evaluate((each) => (each as HTMLTemplateElement).content.textContent ?? ""), /cyfrinair/);
    await welsh.close();
    const frame = await view(olu.page, REPORT);
    assert.match(frame.url(), /\?lang=en$/);
  });
});

describe("a hostile PDF", () => {
  test("runs nothing, asks for nothing, leads nowhere, and its frame could not even if it took the script over", async () => {
    const requests: string[] = [];
    const note = (request: { url(): string }) => void requests.push(request.url());
    olu.page.on("request", note);
    const frame = await view(olu.page, { name: "hostile.pdf" });
    await frame.locator("[data-page='1'][data-drawn]").waitFor();
    assert.match((await frame.textContent("[data-page='1']")) ?? "", /Look at me/);
    assert.equal(await frame.locator("a, form, input, iframe, object, embed, img, video, script[src='']").count(), 0);
    await frame.locator("[data-page='1']").click({ position: { x: 50, y: 50 } });
    await olu.page.keyboard.press("Enter");

    assert.equal(await olu.page.getAttribute("[data-viewer] iframe", "sandbox"), "allow-scripts");
    const reached = await frame.evaluate(async (url) => {
      const tries: Record<string, () => unknown> = {
        "the page around it": () => parent.document.title,
        "what this site keeps": () => localStorage.length + document.cookie.length,
        eval: () => Reflect.apply(Reflect.get(globalThis, "eval"), null, ["1"]),
        "a function out of text": () => Reflect.construct(Function, ["return 1"]),
        "another site": () => fetch(`${url}/fetch`),
        "this site": () => fetch(new URL("/", document.URL)),
        "a window": () => window.open(`${url}/window`) ?? Promise.reject(new Error("refused")),
        "the page's address": () => {
          if (top) top.location.href = `${url}/top`;
        },
        "a picture": () =>
          new Promise((resolve, reject) => {
            const image = new Image();
            image.onload = resolve;
            image.onerror = reject;
            image.src = `${url}/picture`;
          }),
        "markup that runs": () => {
          document.body.innerHTML = "<img src=x>";
        },
      };
      const worked: string[] = [];
      await new Promise((resolve) => setTimeout(resolve)); // what a debugger runs at once may evaluate text; this may not
      navigator.sendBeacon(`${url}/beacon`); // answers true even where the policy then refuses it
      for (const [what, attempt] of Object.entries(tries)) {
        try {
          await attempt();
          worked.push(what);
        } catch {
          // refused, as it should be
        }
      }
      return worked;
    }, address);
    assert.deepEqual(reached, []);
    await frame.evaluate((url) => {
      location.href = `${url}/away`;
    }, address);
    await olu.page.locator("[data-act=close-viewer]").click();
    olu.page.off("request", note);

    assert.equal(await olu.page.evaluate(() => "hostile" in globalThis), false);
    assert.equal(olu.context.pages().length, 1);
    assert.deepEqual(asked, []);
    const ours = requests.map((each) => new URL(each)).filter(({ origin }) => origin === council.server.url);
    const paths = new Set(ours.map(({ pathname }) => pathname.replace(/-[0-9a-f]{12}(?=\.)/, "…")));
    paths.delete(`/api/r/${transfer}/body`); // the open page's own
    const frames = ["/assets/govuk….css", "/assets/pdf….js", "/assets/waybill….css", "/view/pdf"];
    assert.deepEqual([...paths].sort(), frames);
  });

  test("the test can fail: the same tries from a page of that other site get through", async () => {
    const page = await olu.context.newPage();
    await page.goto(`${address}/page`);
    assert.equal(await page.evaluate(async (url) => (await fetch(`${url}/fetch`)).text(), address), "here");
    assert.ok(asked.includes("/fetch"));
    await page.close();
  });
});
