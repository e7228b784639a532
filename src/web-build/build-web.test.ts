import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { TEMPLATE_SCRIPT_SOURCE } from "../server/policy-headers.ts";
import { buildWeb } from "./build-web.ts";
import { WebBuildError } from "./error.ts";
import { readManifest } from "./manifest.ts";

const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/\/$/, "");
const folder = mkdtempSync(join(tmpdir(), "waybill-web-build-"));
after(() => rmSync(folder, { recursive: true }));

/** A package with one entry that starts one worker, at a place of its own. */
function madeUpRoot(name: string): string {
  const place = join(folder, name);
  mkdirSync(join(place, "src/web/entries"), { recursive: true });
  mkdirSync(join(place, "src/web/workers"), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(place, "node_modules"));
  writeFileSync(
    join(place, "src/web/entries/add.ts"),
    "declare const WAYBILL_WORKERS: object;\nconsole.log(WAYBILL_WORKERS);\n",
  );
  writeFileSync(join(place, "src/web/workers/seal.ts"), "self.postMessage('ready');\n");
  return place;
}

function contentsOf(out: string): Record<string, string> {
  return Object.fromEntries(readdirSync(out).map((file) => [file, readFileSync(join(out, file), "latin1")]));
}

test("Two builds of the same sources give the same files, byte for byte.", async () => {
  const [first, second] = [join(folder, "first"), join(folder, "second")];
  await buildWeb(root, first);
  await buildWeb(root, second);
  assert.ok(readdirSync(first).length >= 4);
  assert.deepEqual(contentsOf(first), contentsOf(second));
});

test("The same sources in another folder give the same files.", async () => {
  const [first, second] = [join(folder, "here-out"), join(folder, "there-out")];
  await buildWeb(madeUpRoot("here"), first);
  await buildWeb(madeUpRoot("a-longer-path/there"), second);
  assert.deepEqual(contentsOf(first), contentsOf(second));
});

test("The manifest names every file with the digests of its bytes, and an entry knows the file of its worker.", async () => {
  const out = join(folder, "named");
  const { manifest } = await buildWeb(madeUpRoot("named-root"), out);
  assert.deepEqual(manifest, readManifest(out));
  assert.deepEqual(Object.keys(manifest), ["entries/add.js", "licences.txt", "styles/govuk.css", "workers/seal.js"]);
  for (const { file, sha256, integrity } of Object.values(manifest)) {
    const bytes = readFileSync(join(out, file));
    assert.equal(createHash("sha256").update(bytes).digest("hex"), sha256);
    assert.equal(`sha256-${createHash("sha256").update(bytes).digest("base64")}`, integrity);
    assert.ok(file.includes(sha256.slice(0, 12)));
  }
  const entry = readFileSync(join(out, manifest["entries/add.js"]?.file ?? ""), "utf8");
  assert.ok(entry.includes(manifest["workers/seal.js"]?.file ?? "no worker"));
});

test("A saved page is one file with everything in it, whose policy lets nothing else run, load or send; what would end its script is refused.", async () => {
  const place = madeUpRoot("saved");
  const saved = join(place, "src/web/saved/check");
  mkdirSync(saved, { recursive: true });
  writeFileSync(join(saved, "page.html"), "<!DOCTYPE html><!-- policy --><!-- style --><p>Check</p><!-- script -->\n");
  writeFileSync(join(saved, "page.css"), "p { margin: 0 }\n");
  writeFileSync(join(saved, "page.ts"), "document.title = 'checked $& </script>';\n");
  const out = join(folder, "saved-out");
  const { manifest } = await buildWeb(place, out);
  const page = readFileSync(join(out, manifest["saved/check.html"]?.file ?? ""), "utf8");
  const [, policy = ""] = /<meta http-equiv="Content-Security-Policy" content="([^"]+)">/.exec(page) ?? [];
  const [, script = ""] = /<script>([\s\S]*?)<\/script>/.exec(page) ?? [];
  assert.match(script, /checked \$& /);
  assert.match(
    policy,
    /^default-src 'none'; script-src 'sha256-[^']+'; style-src 'sha256-[^']+'; base-uri 'none'; form-action 'none'/,
  );
  assert.ok(policy.includes(`script-src 'sha256-${createHash("sha256").update(script).digest("base64")}'`));
  writeFileSync(join(saved, "page.ts"), "document.title = '<!-- never ended';\n");
  await assert.rejects(buildWeb(place, out), { code: "does-not-bundle" });
});

test("A frame is one file that holds its worker's code, and is made again when that changes.", async () => {
  const place = madeUpRoot("framed");
  mkdirSync(join(place, "src/web/frames/pdf"), { recursive: true });
  writeFileSync(join(place, "src/web/frames/pdf/worker.ts"), "postMessage('from inside');\n");
  const frame = "declare const WAYBILL_INNER_WORKERS: object;\nconsole.log(WAYBILL_INNER_WORKERS);\n";
  writeFileSync(join(place, "src/web/frames/pdf/frame.ts"), frame);
  const out = join(folder, "framed-out");
  const { manifest } = await buildWeb(place, out);
  const file = manifest["frames/pdf.js"]?.file ?? "";
  assert.match(readFileSync(join(out, file), "utf8"), /from inside/);
  assert.equal(manifest["workers/pdf.js"], undefined);

  writeFileSync(join(place, "src/web/frames/pdf/worker.ts"), "postMessage('another');\n");
  assert.equal((await buildWeb(place, out)).made, true);
});

test("Nothing is made when nothing changed; a changed source, a new one and a damaged file are made again.", async () => {
  const place = madeUpRoot("stamped");
  const out = join(folder, "stamped-out");
  const first = await buildWeb(place, out);
  assert.equal(first.made, true);
  assert.equal((await buildWeb(place, out)).made, false);

  writeFileSync(join(place, "src/web/workers/seal.ts"), "self.postMessage('other');\n");
  const changed = await buildWeb(place, out);
  assert.equal(changed.made, true);
  assert.notEqual(changed.manifest["entries/add.js"]?.file, first.manifest["entries/add.js"]?.file);

  writeFileSync(join(place, "src/web/entries/open.ts"), "export {};\n");
  assert.equal((await buildWeb(place, out)).made, true);

  writeFileSync(join(out, changed.manifest["workers/seal.js"]?.file ?? ""), "damaged");
  assert.equal((await buildWeb(place, out)).made, true);
  assert.equal((await buildWeb(place, out)).made, false);
});

test("A source that does not bundle is refused with its place, and the last manifest stays.", async () => {
  const place = madeUpRoot("broken");
  const out = join(folder, "broken-out");
  const { manifest } = await buildWeb(place, out);
  writeFileSync(join(place, "src/web/entries/add.ts"), "import { readFileSync } from 'node:fs';\nreadFileSync('x');\n");
  await assert.rejects(buildWeb(place, out), (error) => {
    assert.ok(error instanceof WebBuildError);
    assert.equal(error.code, "does-not-bundle");
    assert.match(error.message, /src\/web\/entries\/add\.ts:1/);
    return true;
  });
  assert.deepEqual(readManifest(out), manifest);
});

test("Without a build there is no manifest, and a manifest that is not one is refused.", () => {
  const out = join(folder, "empty");
  mkdirSync(out);
  assert.throws(() => readManifest(out), { code: "not-bundled" });
  for (const text of ["", "[]", '{"entries/add.js":{"file":"../secret"}}', '{"entries/add.js":"add.js"}']) {
    writeFileSync(join(out, "manifest.json"), text);
    assert.throws(() => readManifest(out), { code: "bad-manifest" }, text);
  }
});

test("Nothing that is served asks another host for anything, nor carries gov.uk's font or crest.", async () => {
  const out = join(folder, "served");
  await buildWeb(root, out);
  const styles = readdirSync(out).filter((file) => file.endsWith(".css"));
  assert.equal(styles.length, 2);
  for (const file of styles) {
    const text = readFileSync(join(out, file), "utf8");
    assert.deepEqual(text.match(/url\(|@import|GDS Transport|crest|Calvert|https?:\/\/\w+/gi) ?? [], [], file);
  }
  const notices = readFileSync(join(out, readManifest(out)["licences.txt"]?.file ?? ""), "utf8");
  for (const each of [/^govuk-frontend 6/m, /^pdfjs-dist 6/m, /Copyright 2014 The PDFium Authors/]) {
    assert.match(notices, each);
  }
});

test("The one inline script that the policy for pages lets run is the template's.", () => {
  const template = readFileSync(join(root, "node_modules/govuk-frontend/dist/govuk/template.njk"), "utf8");
  const scripts = [...template.matchAll(/<script.*?>(document\..*?)<\/script>/g)];
  assert.equal(scripts.length, 1);
  const digest = createHash("sha256")
    .update(scripts[0]?.[1] ?? "")
    .digest("base64");
  assert.equal(TEMPLATE_SCRIPT_SOURCE, `'sha256-${digest}'`);
});
