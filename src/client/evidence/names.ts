import { fromBase64 } from "../../bytes/base64.ts";
import { toHex } from "../../bytes/hex.ts";
import { utf8 } from "../../bytes/text.ts";
import type { OpenNames } from "../../evidence/check-names.ts";
import { NAMES, zipPack } from "../../evidence/pack.ts";
import { readEvidence } from "../../evidence/read-evidence.ts";
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

/** What `fetchWithAdded` needs of the device that it runs on. */
export interface NamedParts {
  readonly http: Http;
  /** The sender's sealing keys on this device. */
  unlock(): Promise<readonly string[]>;
}

/**
 * The pack with the receipt tokens of those who signed that they have it: with them whoever checks it sees that they had opened it. Nobody else's
 * is added, whose receipt is still to come.
 * @param tokens out of the sender's grant, by recipient id
 */
export async function addTokens(
  pack: Uint8Array<ArrayBuffer>,
  tokens: Readonly<Record<string, string>>,
): Promise<Uint8Array<ArrayBuffer>> {
  const files = new Map(await readPack(pack));
  const { events } = readEvidence(files.get(NAMES.evidence) ?? new Uint8Array());
  const signed = events.filter(({ kind }) => kind === "receipt-signed").map(({ recipientId }) => recipientId ?? "");
  const shown = [...new Set(signed)].flatMap((id) => tokens[id] ?? []);
  if (shown.length === 0) return pack;
  files.set(NAMES.tokens, utf8(shown.map((token) => `${token}\n`).join("")));
  return zipPack(files);
}

/** What the sender adds on their own device. */
export interface Added {
  readonly names: boolean;
  readonly tokens: boolean;
}

/**
 * Takes the evidence of a transfer, and adds names of files or receipt tokens on this device. They are there as long as the transfer is: what has
 * ended has neither any more.
 * @throws ClientError `no-access` once it is over, before anything is taken; as `Http` does; SealError
 */
export async function fetchWithAdded(
  reference: string,
  added: Added,
  { http, unlock }: NamedParts,
): Promise<Uint8Array<ArrayBuffer>> {
  const path = `/api/transfers/${reference}`;
  const { senderGrant } = await http.get(path, sendingView);
  if (senderGrant === null) {
    const message = `${reference} is over: the list of its files and the receipt tokens were destroyed with them. Its evidence can be had without. Nothing was taken.`;
    throw new ClientError({ code: "no-access", message });
  }
  const { identity, tokens } = await openSenderGrant(fromBase64(senderGrant), await unlock(), { reference });
  const sealed = added.names ? new Uint8Array(await fetchManifest(http, `${path}/manifest`)) : null;
  const pack = await fetchEvidence(reference, http);
  const named = sealed === null ? pack : await addNames(pack, sealed, identity);
  return added.tokens ? addTokens(named, tokens) : named;
}

/** Takes the evidence of a transfer, which goes on its record. @throws ClientError */
export async function fetchEvidence(reference: string, http: Http): Promise<Uint8Array<ArrayBuffer>> {
  const headers = { "content-type": "application/json" };
  const answer = await http.ask("POST", `/api/transfers/${reference}/evidence`, { headers, body: "{}" });
  return new Uint8Array(await answer.arrayBuffer());
}
