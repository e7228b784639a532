import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { settingsPage } from "../../src/server/settings-page.ts";
import { freePort } from "../../src/testing/free-port.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const README = readFileSync(join(root, "README.md"), "utf8");
const DOCUMENTS = [
  ...["README.md", "SECURITY.md", "docs/architecture.md", "docs/encryption.md", "docs/threat-model.md"],
  ...["docs/policy-authoring.md", "docs/programs.md"],
];

/** The code blocks of the README that say how they are run. */
function snippets(how: string): readonly string[] {
  return [...README.matchAll(/```sh (run\S*)\n([\s\S]*?)```/g)]
    .filter(([, mark]) => mark === how)
    .map(([, , text]) => text ?? "");
}

test("the README's terminal snippets do what they say, run as they stand", () => {
  const found = snippets("run");
  assert.deepEqual(
    found.map((snippet) => /npx waybill (seal|package)/.exec(snippet)?.[1]),
    ["seal", "package"],
  );
  for (const snippet of found) {
    const done = spawnSync("sh", ["-euc", snippet], { cwd: root, encoding: "utf8" });
    assert.equal(done.status, 0, done.stderr);
  }
});

test("the README's demo command starts and prints one address, which answers", async () => {
  const [snippet = ""] = snippets("run=demo");
  assert.equal(snippet.trim(), "npm start -- --demo");
  const folder = await mkdtemp(join(tmpdir(), "waybill-readme-"));
  const demo = spawn("sh", ["-c", `exec ${snippet}`], {
    cwd: root,
    detached: true,
    env: { ...process.env, WAYBILL_DATA: folder, WAYBILL_PORT: String(await freePort()) },
    stdio: ["ignore", "ignore", "pipe"],
  });
  try {
    const address = await new Promise<string>((resolve, reject) => {
      let text = "";
      demo.stderr.on("data", (bytes: Buffer) => {
        text += bytes;
        const found = /The demo is at (\S+)/.exec(text)?.[1];
        if (found) resolve(found);
      });
      demo.once("exit", () => reject(new Error(text)));
    });
    const page = await fetch(address);
    assert.equal(page.status, 200);
    assert.match(await page.text(), /Sam Sender/);
  } finally {
    const ended = new Promise((resolve) => demo.once("exit", resolve));
    if (demo.pid !== undefined) process.kill(-demo.pid, "SIGTERM");
    await ended;
    await rm(folder, { recursive: true, force: true });
  }
});

test("every relative link and picture of the documents is there", () => {
  for (const document of DOCUMENTS) {
    const text = readFileSync(join(root, document), "utf8");
    for (const [, target = ""] of text.matchAll(/\]\(((?!https?:|#)[^)#]+)/g)) {
      assert.ok(existsSync(join(root, dirname(document), target)), `${document} → ${target}`);
    }
  }
});

test("the page of settings is what the table of settings gives", () => {
  assert.equal(readFileSync(join(root, "docs/settings.md"), "utf8"), settingsPage());
});
