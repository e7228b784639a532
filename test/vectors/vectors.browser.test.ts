import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import helmet from "@fastify/helmet";
import Fastify, { type FastifyInstance } from "fastify";
import type { Browser, Page } from "playwright-core";
import { fromBase64, toBase64 } from "../../src/bytes/base64.ts";
import { placeOf } from "../../src/server/parts.ts";
import { contentSecurityPolicy } from "../../src/server/policy-headers.ts";
import { openBrowser } from "../../src/testing/browser.ts";
import { bundleScript } from "../../src/web-build/bundle-scripts.ts";
import type { BrowserRun, RunVectors } from "./vectors-page.ts";

const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");
const vectors = JSON.parse(readFileSync(new URL("cctv-age.json", import.meta.url), "utf8")) as Record<string, string>;

let site: FastifyInstance;
let browser: Browser;
let page: Page;
const complaints: string[] = [];

/** One page with the vectors' script, bundled and guarded as the server's own pages are. */
before(async () => {
  const { bytes } = await bundleScript(root, "test/vectors/vectors-page.ts", {});
  site = Fastify();
  await site.register(helmet, contentSecurityPolicy(placeOf("http://localhost:1", false)));
  site.get("/", (_request, reply) => reply.type("text/html").send('<script type="module" src="/vectors.js"></script>'));
  site.get("/vectors.js", (_request, reply) => reply.type("text/javascript").send(Buffer.from(bytes)));
  await site.listen({ host: "localhost", port: 0 });
  browser = await openBrowser();
  page = await browser.newPage();
  page.on("pageerror", (error) => void complaints.push(String(error)));
  page.on("console", (message) => {
    if (/Content Security Policy|Trusted ?Type/.test(message.text())) complaints.push(message.text());
  });
  const { port } = site.server.address() as AddressInfo; // listens on a port, so it is not a pipe's name
  await page.goto(`http://localhost:${port}/`);
});
after(async () => {
  await browser.close();
  await site.close();
});

function run(which: "best" | "fallback", some: Record<string, string>): Promise<BrowserRun> {
  return page.evaluate(
    ([which, some]) => (globalThis as unknown as { runVectors: RunVectors }).runVectors(which, some),
    [which, some] as const,
  );
}

/** Asked of the browser itself, so that our own detection cannot quietly fall back. */
function hasItsOwn(): Promise<boolean> {
  return page.evaluate(async () => {
    const take = (format: string) =>
      crypto.subtle.importKey(format as "raw", new Uint8Array(32), "ChaCha20-Poly1305", false, ["encrypt"]);
    return Promise.any(["raw-secret", "raw"].map(take)).then(
      () => true,
      () => false,
    );
  });
}

test("all 143 age test vectors do as they must in Chromium with its own ChaCha20-Poly1305, where it has one", async () => {
  const cipher = (await hasItsOwn()) ? "webcrypto" : "noble";
  assert.deepEqual(await run("best", vectors), { cipher, vectors: 143, failures: [] });
});

test("all 143 do so in Chromium with the fallback of browsers that lack it", async () => {
  assert.deepEqual(await run("fallback", vectors), { cipher: "noble", vectors: 143, failures: [] });
});

test("a vector with one altered byte, and one that expects the wrong outcome, are noticed in the browser", async () => {
  const altered = fromBase64(vectors.x25519 ?? assert.fail());
  altered[altered.length - 1] = (altered.at(-1) ?? 0) ^ 1;
  const text = Buffer.from(vectors.stream_two_chunks ?? assert.fail(), "base64").toString("latin1");
  const wrong = Buffer.from(text.replace("expect: success", "expect: payload failure"), "latin1").toString("base64");
  for (const which of ["best", "fallback"] as const) {
    const { failures } = await run(which, { x25519: toBase64(altered), stream_two_chunks: wrong });
    assert.deepEqual(
      failures.map(({ name }) => name),
      ["x25519", "stream_two_chunks"],
    );
  }
});

test("nothing of it is refused by the pages' policy", () => {
  assert.deepEqual(complaints, []);
});
