import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Where one build reads from. Paths in it, and in everything made from it, are relative to `root`. */
export type WebSources = {
  readonly root: string;
  /** Names without extension of the files of src/web/entries: each is one script that a page loads. */
  readonly entries: readonly string[];
  /** Names without extension of the files of src/web/workers; what they share with pages is in folders in there. */
  readonly workers: readonly string[];
  /** Names of the folders of src/web/frames: each is one script, `frame.ts`, for a sandboxed frame, with one `worker.ts` inside it. */
  readonly frames: readonly string[];
  /** Names of the folders of src/web/saved: each is one HTML file with everything in it, for opening from a disk. */
  readonly saved: readonly string[];
  /** Names without extension of the stylesheets of src/web/styles that pages load; others are imported by them. */
  readonly styles: readonly string[];
};

/** The stylesheets that GOV.UK Frontend and the MoJ frontend publish, from which `styles/govuk.css` is cut. */
export const GOVUK_CSS = "node_modules/govuk-frontend/dist/govuk/govuk-frontend.min.css";
export const MOJ_CSS = "node_modules/@ministryofjustice/frontend/moj/moj-frontend.min.css";

/** Finds what there is to bundle under `root`, the folder of the package. */
export function findSources(root: string): WebSources {
  return {
    root,
    entries: namesIn(join(root, "src/web/entries"), ".ts"),
    workers: namesIn(join(root, "src/web/workers"), ".ts"),
    frames: foldersIn(join(root, "src/web/frames")),
    saved: foldersIn(join(root, "src/web/saved")),
    styles: existsSync(join(root, "src/web/styles/waybill.css")) ? ["waybill"] : [],
  };
}

/** Lower-case hex of the SHA-256 of a file's bytes. */
export function digestFile(path: string): string {
  return createHash("sha256").update(readFileSync(path)).digest("hex");
}

function foldersIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

function namesIn(folder: string, extension: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith(extension) && !name.endsWith(`.test${extension}`) && !name.endsWith(".d.ts"))
    .map((name) => name.slice(0, -extension.length))
    .sort();
}
