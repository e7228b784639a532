import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { upToDate, writeStamp } from "./build-stamp.ts";
import { licenceNotices } from "./licences.ts";
import { type BundledFile, MANIFEST_FILE, readManifest, type WebManifest } from "./manifest.ts";
import { neutralGovuk, neutralMoj } from "./neutral-styles.ts";
import { savedPage } from "./saved-pages.ts";
import { findSources, GOVUK_CSS, MOJ_CSS, type WebSources } from "./sources.ts";

/** How long files of earlier builds stay, for servers that were started with the manifest of then. */
const KEEP_OLD_FILES_MS = 24 * 60 * 60 * 1000;

/** The bundler's own sources and the packages' versions decide the bytes too. */
const OWN_SOURCES = [
  "build-web.ts",
  "bundle-scripts.ts",
  "css-rules.ts",
  "licences.ts",
  "neutral-styles.ts",
  "saved-pages.ts",
];

/**
 * Makes the files for browsers from src/web under `root` into the folder `out`, with names that carry their digests, and
 * `manifest.json`. Two builds of the same sources give the same bytes anywhere. Does nothing when nothing changed.
 *
 * @returns the manifest, and whether anything had to be made.
 * Throws WebBuildError `does-not-bundle` or `unexpected-stylesheet`; the manifest of the last build is then still there.
 */
export async function buildWeb(root: string, out: string): Promise<{ manifest: WebManifest; made: boolean }> {
  const sources = findSources(root);
  if (upToDate(sources, out)) return { manifest: readManifest(out), made: false };
  mkdirSync(out, { recursive: true });

  const build = await bundleAll(sources);
  const manifest: WebManifest = Object.fromEntries([...build.files].sort(([a], [b]) => (a < b ? -1 : 1)));
  for (const [file, bytes] of build.contents) replaceFile(join(out, file), bytes);
  replaceFile(join(out, MANIFEST_FILE), Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`));
  removeOldFiles(out, manifest);
  writeStamp(sources, out, build.inputs, [...build.contents.keys(), MANIFEST_FILE]);
  return { manifest, made: true };
}

type Build = {
  readonly files: Map<string, BundledFile>;
  readonly contents: Map<string, Uint8Array>;
  readonly inputs: string[];
};

async function bundleAll({ root, entries, workers, frames, saved, styles }: WebSources): Promise<Build> {
  const { bundleScript, bundleStylesheet } = await import("./bundle-scripts.ts"); // esbuild only when there is work
  const build: Build = { files: new Map(), contents: new Map(), inputs: ownSources(root) };

  const workerFiles: Record<string, string> = {};
  for (const name of workers) {
    const source = `src/web/workers/${name}.ts`;
    const { bytes, inputs } = await bundleScript(root, source);
    workerFiles[name] = add(build, `workers/${name}.js`, bytes, inputs);
  }
  for (const name of entries) {
    const { bytes, inputs } = await bundleScript(root, `src/web/entries/${name}.ts`, { files: workerFiles });
    add(build, `entries/${name}.js`, bytes, inputs);
  }
  for (const name of frames) {
    // Browsers start no module in a worker from a blob of a document without an origin.
    const worker = await bundleScript(root, `src/web/frames/${name}/worker.ts`, {}, "iife");
    const inner = { [name]: new TextDecoder().decode(worker.bytes) };
    const { bytes, inputs } = await bundleScript(root, `src/web/frames/${name}/frame.ts`, { inner });
    add(build, `frames/${name}.js`, bytes, [...inputs, ...worker.inputs]);
  }
  for (const name of saved) {
    const { bytes, inputs } = await savedPage(root, name);
    add(build, `saved/${name}.html`, bytes, inputs);
  }
  const published = neutralGovuk(readText(root, GOVUK_CSS)) + neutralMoj(readText(root, MOJ_CSS));
  add(build, "styles/govuk.css", Buffer.from(published), [GOVUK_CSS, MOJ_CSS]);
  for (const name of styles) {
    const { bytes, inputs } = await bundleStylesheet(root, `src/web/styles/${name}.css`);
    add(build, `styles/${name}.css`, bytes, inputs);
  }
  add(build, "licences.txt", Buffer.from(licenceNotices(root, build.inputs)), []);
  return build;
}

/** Takes a made file into the build and answers with the name that it is served under. */
function add(build: Build, name: string, bytes: Uint8Array, inputs: readonly string[]): string {
  const digest = createHash("sha256").update(bytes).digest();
  const [, stem, extension] = /([^/]+)(\.[a-z]+)$/.exec(name) ?? [];
  const sha256 = digest.toString("hex");
  const file = `${stem}-${sha256.slice(0, 12)}${extension}`;
  build.files.set(name, { file, sha256, integrity: `sha256-${digest.toString("base64")}` });
  build.contents.set(file, bytes);
  build.inputs.push(...inputs);
  return file;
}

function ownSources(root: string): string[] {
  const here = fileURLToPath(new URL(".", import.meta.url));
  const prefix = here.startsWith(root) ? here.slice(root.length).replace(/^\//, "") : undefined;
  return prefix === undefined ? [] : [...OWN_SOURCES.map((name) => prefix + name), "package-lock.json"];
}

function readText(root: string, path: string): string {
  return readFileSync(join(root, path), "utf8");
}

/** A reader sees the old file or the new one, never a part: two builds may run at once. */
function replaceFile(path: string, bytes: Uint8Array) {
  const unfinished = `${path}.${process.pid}.part`;
  writeFileSync(unfinished, bytes);
  renameSync(unfinished, path);
}

function removeOldFiles(out: string, manifest: WebManifest) {
  const current = new Set([MANIFEST_FILE, ...Object.values(manifest).map(({ file }) => file)]);
  const now = Date.now();
  for (const name of readdirSync(out)) {
    const path = join(out, name);
    if (!current.has(name) && now - statSync(path).mtimeMs > KEEP_OLD_FILES_MS) rmSync(path);
  }
}
