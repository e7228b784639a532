import type { Bytes } from "./cipher.ts";
import { damaged } from "./error.ts";
import { type Manifest, parseManifest } from "./manifest.ts";
import { openSealing, readHeader } from "./opening.ts";
import { openJson } from "./sealed-json.ts";
import { once } from "./stream.ts";

/**
 * The key of the sealed manifest alone, 16 bytes: whoever has it and the sealed manifest reads the names of files, and opens nothing else.
 * @throws SealError `damaged`, `no-access`
 */
export async function manifestKey(sealed: Uint8Array, transferIdentity: string): Promise<Bytes> {
  const { fileKey } = await openSealing(await readHeader(once(sealed)), { identities: [transferIdentity] });
  return fileKey;
}

/**
 * Opens a manifest with its own key, and checks it as `openManifest` does. The header's MAC is of that key: no other list reads out of the
 * same bytes. @throws SealError `damaged`
 */
export async function openManifestWithKey(
  sealed: Uint8Array,
  fileKey: Bytes,
  expected: { readonly digest: string; readonly reference: string },
): Promise<Manifest> {
  const manifest = await parseManifest(
    await openJson(sealed, { fileKey }, { digest: expected.digest, strengths: ["pq"] }),
  );
  if (manifest.reference !== expected.reference) throw damaged("its list of files belongs to another transfer");
  return manifest;
}
