import { readFileSync } from "node:fs";
import { join } from "node:path";
import { WebBuildError } from "./error.ts";

/** One served file. `file` is its name in the bundle's folder; `integrity` goes into the element that loads it. */
export type BundledFile = {
  readonly file: string;
  /** Lower-case hex of the SHA-256 of the file's bytes: what is published, and what others rebuild and compare. */
  readonly sha256: string;
  /** The same digest as an SRI value, `sha256-…`. */
  readonly integrity: string;
};

/** From the source's name (`entries/page.js`, `workers/seal.js`, `styles/govuk.css`, `licences.txt`) to its file. */
export type WebManifest = Readonly<Record<string, BundledFile>>;

/** The name of the manifest in the bundle's folder. */
export const MANIFEST_FILE = "manifest.json";

/**
 * Reads the manifest that the bundler left in `folder`. The operator's own build wrote it.
 * Throws WebBuildError `not-bundled` where there is none and `bad-manifest` where it is not one.
 */
export function readManifest(folder: string): WebManifest {
  const path = join(folder, MANIFEST_FILE);
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (cause) {
    const message = `The files for browsers have not been made: ${path} is missing. Start with "npm start", which makes them.`;
    throw new WebBuildError({ code: "not-bundled", message, cause });
  }
  return parseManifest(text, path);
}

/** Parses a manifest; `path` is only for the message. */
export function parseManifest(text: string, path: string): WebManifest {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw notAManifest(path, cause);
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw notAManifest(path);
  const manifest: Record<string, BundledFile> = {};
  for (const [name, entry] of Object.entries(value as Record<string, unknown>)) {
    if (!isBundledFile(entry)) throw notAManifest(path);
    manifest[name] = entry;
  }
  return manifest;
}

function isBundledFile(value: unknown): value is BundledFile {
  if (typeof value !== "object" || value === null) return false;
  const { file, sha256, integrity } = value as Record<string, unknown>;
  const named = typeof file === "string" && /^[a-z0-9-]+\.[a-z]+$/.test(file);
  const digested = typeof sha256 === "string" && /^[0-9a-f]{64}$/.test(sha256);
  return named && digested && typeof integrity === "string" && integrity.startsWith("sha256-");
}

function notAManifest(path: string, cause?: unknown): WebBuildError {
  const message = `${path} is not a manifest of files for browsers. Delete the folder it is in and start again.`;
  return new WebBuildError({ code: "bad-manifest", message, cause });
}
