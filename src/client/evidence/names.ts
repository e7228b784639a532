import { fromBase64 } from "../../bytes/base64.ts";
import { toHex } from "../../bytes/hex.ts";
import { utf8 } from "../../bytes/text.ts";
import type { OpenNames } from "../../evidence/check-names.ts";
import { NAMES, zipPack } from "../../evidence/pack.ts";
import { readPack } from "../../evidence/read-zip.ts";
import { openSenderGrant } from "../../seal/grants.ts";
import { manifestKey, openManifestWithKey } from "../../seal/manifest-key.ts";
import { ClientError } from "../error.ts";
import { fetchManifest } from "../fetch-manifest.ts";
import type { Http } from "../http.ts";
import { sendingView } from "../views.ts";

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

/** What `fetchNamed` needs of the device that it runs on. */
export interface NamedParts {
  readonly http: Http;
  /** The sender's sealing keys on this device. */
  unlock(): Promise<readonly string[]>;
}

/**
 * Takes the evidence of a transfer, and adds the names of files on this device. They are there as long as the transfer is: what has ended
 * has no list any more.
 * @throws ClientError `no-access` once it is over, before anything is taken; as `Http` does; SealError
 */
export async function fetchNamed(reference: string, { http, unlock }: NamedParts): Promise<Uint8Array<ArrayBuffer>> {
  const path = `/api/transfers/${reference}`;
  const { senderGrant } = await http.get(path, sendingView);
  if (senderGrant === null) {
    const message = `${reference} is over: the list of its files was destroyed with them. Its evidence can be had without names. Nothing was taken.`;
    throw new ClientError({ code: "no-access", message });
  }
  const { identity } = await openSenderGrant(fromBase64(senderGrant), await unlock(), { reference });
  const sealed = new Uint8Array(await fetchManifest(http, `${path}/manifest`));
  return addNames(await fetchEvidence(reference, http), sealed, identity);
}

/** Takes the evidence of a transfer, which goes on its record. @throws ClientError */
export async function fetchEvidence(reference: string, http: Http): Promise<Uint8Array<ArrayBuffer>> {
  const headers = { "content-type": "application/json" };
  const answer = await http.ask("POST", `/api/transfers/${reference}/evidence`, { headers, body: "{}" });
  return new Uint8Array(await answer.arrayBuffer());
}
