import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { randomBytes } from "../bytes/random.ts";
import { openStore, type Store } from "../store/open-store.ts";

/** An empty store in a folder of its own, which goes when it is closed. */
export async function temporaryStore(): Promise<Store> {
  const folder = await temporaryFolder();
  const store = await openStore({ file: join(folder, "waybill.db"), key: randomBytes(32) });
  const close = async () => {
    await store.close();
    await rm(folder, { recursive: true });
  };
  return { ...store, records: { ...store.records, close }, close };
}

export function temporaryFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), "waybill-test-"));
}
