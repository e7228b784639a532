import { rm } from "node:fs/promises";
import { openBlobFolder } from "../../src/store/blob-folder.ts";
import { temporaryFolder } from "../../src/testing/temporary-store.ts";
import { blobsContract } from "./blobs-contract.ts";

blobsContract("a folder", async () => {
  const folder = await temporaryFolder();
  return { blobs: await openBlobFolder(folder), close: () => rm(folder, { recursive: true }) };
});
