import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import type { Page } from "playwright-core";
import { fromBase64, toBase64 } from "../../src/bytes/base64.ts";
import { type GuardedPage, openGuardedPage } from "./guarded-page.ts";
import type { BrowserRun, RunVectors } from "./vectors-page.ts";

const vectors = JSON.parse(readFileSync(new URL("cctv-age.json", import.meta.url), "utf8")) as Record<string, string>;

let guarded: GuardedPage;
let page: Page;

/** One page with the vectors' script, bundled and guarded as the server's own pages are. */
before(async () => {
  guarded = await openGuardedPage({ "/vectors.js": "test/vectors/vectors-page.ts" });
  page = guarded.page;
});
after(() => guarded.close());

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
  assert.deepEqual(guarded.complaints, []);
});
