import assert from "node:assert/strict";
import { join } from "node:path";
import { openBlobFolder } from "../../src/store/blob-folder.ts";
import { loadOrCreateKey } from "../../src/store/key-file.ts";
import { openStore } from "../../src/store/open-store.ts";

/**
 * Runs with a folder, the argument, whose files it may read and not change; throws where that shows otherwise than by
 * its code.
 */
const [folder = ""] = process.argv.slice(2);
const NOBODY = 65_534;

// Modes stop everyone but root: root becomes nobody, after the program was loaded.
if (process.getuid?.() === 0) {
  process.setgroups?.([]);
  process.setgid?.(NOBODY);
  process.setuid?.(NOBODY);
}
const key = new Uint8Array(32).fill(7);
const code = "unwritable";
await assert.rejects(openStore({ file: join(folder, "waybill.db"), key }), { code });
await assert.rejects(openStore({ file: join(folder, "new.db"), key }), { code });
await assert.rejects(openStore({ file: join(folder, "new", "waybill.db"), key }), { code });
await assert.rejects(openStore({ file: join(folder, "waybill.db", "waybill.db"), key }), { code });
await assert.rejects(loadOrCreateKey(join(folder, "key"), join(folder, "data", "waybill.db")), { code });
await assert.rejects(openBlobFolder(join(folder, "new-blobs")), { code });

const blobs = await openBlobFolder(join(folder, "blobs"));
await assert.rejects(blobs.create("B".repeat(22), 1), { code });
await assert.rejects(blobs.remove("A".repeat(22)), { code });
