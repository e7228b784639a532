import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const MARKER = "this-is-a-waybill-demo";

/**
 * Makes sure that a folder is the demo's own: empty or absent (then it is marked), or marked by an earlier demo.
 * @throws Error for any other folder, which is left as it is.
 */
export function claimDemoFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const marker = join(folder, MARKER);
  if (existsSync(marker)) return;
  if (readdirSync(folder).length > 0) {
    throw new Error(
      `${folder} holds something that is not a demo. The demo has keys that anyone could use, so it was not started, and nothing in the folder was changed. Give it an empty folder with WAYBILL_DATA.`,
    );
  }
  writeFileSync(marker, "Made-up people with keys that are no secret. Delete the folder when you have seen enough.\n");
}
