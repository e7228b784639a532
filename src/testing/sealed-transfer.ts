import { toBase64 } from "../bytes/base64.ts";
import { concat } from "../bytes/concat.ts";
import { utf8 } from "../bytes/text.ts";
import { recoveryKeyDigest } from "../client/keys/check-recovery-key.ts";
import { newAccess, recipientGrants, recoveryAccess } from "../client/sending/access.ts";
import type { ContentBody, SendingView } from "../domain/wire/sending.ts";
import { sealBody } from "../seal/body.ts";
import { type SenderGrant, sealSenderGrant, tokenDigest } from "../seal/grants.ts";
import { recipientOf } from "../seal/keys.ts";
import { layItems, sealManifest, summarise } from "../seal/manifest.ts";
import { newSealing } from "../seal/sealing.ts";
import { once } from "../seal/stream.ts";
import { platformCipher } from "../seal/webcrypto-cipher.ts";
import { grantByWords, type KnownWords, knownWords } from "./known-words.ts";

/** Everything that a sending client sends for one draft, made at once and not sent yet. */
export interface SealedTransfer {
  readonly access: SenderGrant;
  /** Standard base64. */
  readonly senderGrant: string;
  readonly body: Uint8Array<ArrayBuffer>;
  readonly content: ContentBody;
}

/** Seals one file for everybody on the draft, and to the organisation's recovery key where that is given (age1pq…). */
export async function sealTransfer(
  view: SendingView,
  name: string,
  text: string,
  recoveryKey: string | null = null,
): Promise<SealedTransfer> {
  const words = new Map<string, KnownWords>();
  for (const { id } of view.recipients.filter((each) => each.access === "words")) words.set(id, await knownWords());
  const secrets = Object.fromEntries([...words].map(([id, known]) => [id, known.words]));
  const access: SenderGrant = { ...(await newAccess(view, await recoveryKeyDigest(recoveryKey))), secrets };
  const recipient = await recipientOf(access.identity);
  const plain = utf8(text);
  const pieces = [];
  const sealing = await newSealing({ recipients: [recipient] });
  for await (const piece of sealBody(once(plain), sealing, await platformCipher())) pieces.push(piece);
  const body = concat(pieces.map(({ bytes }) => bytes));
  const summary = await summarise(
    pieces.map(({ digest }) => digest),
    body.length,
  );
  const items = layItems([{ name, type: "text/plain", length: plain.length, kind: "file" }]);
  const { reference } = view;
  const manifest = await sealManifest({ version: 1, reference, items, body: summary }, recipient);
  const keys = view.senderKeys.map((each) => each.recipient);
  return {
    access,
    senderGrant: toBase64((await sealSenderGrant(access, keys)).bytes),
    body,
    content: {
      manifest: toBase64(manifest.bytes),
      content: manifest.digest,
      totals: { items: 1, bytes: plain.length },
      access: await grantsFor(view, access, words),
      recovery: await recoveryAccess(access, recoveryKey),
      riskyReason: "",
    },
  };
}

/** As the sending client's, but for the words: known ones spare us scrypt. */
async function grantsFor(
  view: SendingView,
  access: SenderGrant,
  words: ReadonlyMap<string, KnownWords>,
): Promise<ContentBody["access"]> {
  const { reference, identity, tokens } = access;
  const members = view.recipients.filter(({ id }) => !words.has(id));
  const theirs = await recipientGrants({ ...view, recipients: members }, access);
  const sealed: Record<string, ContentBody["access"][string]> = {};
  for (const { id } of view.recipients) {
    const known = words.get(id);
    const token = tokens[id] ?? "";
    const grant = known && (await grantByWords({ version: 1, reference, identity, token }, known));
    const made = grant ? { grant: toBase64(grant), tokenHash: await tokenDigest(token) } : theirs[id];
    if (made !== undefined) sealed[id] = made;
  }
  return sealed;
}
