import { bodyOf } from "./bytes-of.ts";
import { lying } from "./error.ts";
import type { Http } from "./http.ts";

/** The largest sealed manifest that is fetched: room for a million items. */
const MANIFEST_LIMIT = 256 * 1024 * 1024;

/** The sealed manifest at that path, unopened. @throws ClientError `lying-server`, `offline`, `refused` */
export async function fetchManifest(http: Http, path: string): Promise<Uint8Array> {
  const response = await http.ask("GET", path, { headers: { accept: "application/octet-stream" } });
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  for await (const part of bodyOf(response)) {
    size += part.length;
    if (size > MANIFEST_LIMIT) throw lying("the list of files is larger than any can be");
    parts.push(new Uint8Array(part));
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}
