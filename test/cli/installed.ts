import { copyFileSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { bundleCli } from "../../src/bin/bundle-cli.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
/** The variable of the environment that says where the command line of this run is; not one of Waybill’s settings, which it would refuse. */
export const INSTALLED = "INSTALLED_FOR_TESTS";

/**
 * Bundles this checkout's command line into a folder as the installed package is, which goes with this process: bundled, a command
 * starts in a third of the time that the sources take. @returns the folder
 */
export async function installCommandLine(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "waybill-installed-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  for (const beside of ["policies", "node_modules"]) symlinkSync(join(root, beside), join(folder, beside), "junction");
  copyFileSync(join(root, "package.json"), join(folder, "package.json"));
  await bundleCli(root, join(folder, "dist"));
  return folder;
}
