import { toHex } from "../../bytes/hex.ts";
import { utf8 } from "../../bytes/text.ts";
import type { OpenNames } from "../../evidence/check-names.ts";
import { NAMES, zipPack } from "../../evidence/pack.ts";
import { readPack } from "../../evidence/read-zip.ts";
import { manifestKey, openManifestWithKey } from "../../seal/manifest-key.ts";

/** For `verifyPack`: the names in a list of files that a pack holds with its key. */
export const openNames: OpenNames = async (sealed, key, of) => {
  const { items } = await openManifestWithKey(sealed, key, of);
  return items.map(({ name }) => name);
};

/**
 * The pack with the names of files: the sealed list and the key of that list alone, which opens none of the files. Made on the sender's
 * device; the server sees neither.
 * @param identity of the transfer, out of the sender's grant.
 * @throws SealError where the list is not sealed to it; EvidenceError for what is no pack
 */
export async function addNames(
  pack: Uint8Array<ArrayBuffer>,
  sealed: Uint8Array<ArrayBuffer>,
  identity: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const files = new Map(await readPack(pack));
  files.set(NAMES.manifest, sealed);
  files.set(NAMES.manifestKey, utf8(`${toHex(await manifestKey(sealed, identity))}\n`));
  return zipPack(files);
}
