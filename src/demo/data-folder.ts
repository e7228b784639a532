import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DEMO_MARKER } from "../store/demo-marker.ts";
import { makeFolders } from "../store/make-folders.ts";

/**
 * Makes sure that a folder is the demo's own: empty or absent (then it is marked), or marked by an earlier demo.
 * @throws Error for any other folder, which is left as it is.
 */
export function claimDemoFolder(folder: string): void {
  makeFolders(folder);
  const marker = join(folder, DEMO_MARKER);
  if (existsSync(marker)) return;
  if (readdirSync(folder).length > 0) {
    throw new Error(
      `${folder} holds something that is not a demo. The demo has keys that anyone could use, so it was not started, and nothing in the folder was changed. Give it an empty folder with WAYBILL_DATA.`,
    );
  }
  writeFileSync(marker, "Made-up people with keys that are no secret. Delete the folder when you have seen enough.\n");
}
