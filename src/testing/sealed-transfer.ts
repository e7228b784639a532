import { toBase64 } from "../bytes/base64.ts";
import { concat } from "../bytes/concat.ts";
import { utf8 } from "../bytes/text.ts";
import { recoveryKeyDigest } from "../client/keys/check-recovery-key.ts";
import { newAccess, recipientGrants, recoveryAccess } from "../client/sending/access.ts";
import type { ContentBody, SendingView } from "../domain/wire/sending.ts";
import { sealBody } from "../seal/body.ts";
import { type SenderGrant, sealSenderGrant } from "../seal/grants.ts";
import { recipientOf } from "../seal/keys.ts";
import { layItems, sealManifest, summarise } from "../seal/manifest.ts";
import { newSealing } from "../seal/sealing.ts";
import { once } from "../seal/stream.ts";
import { platformCipher } from "../seal/webcrypto-cipher.ts";

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
  const access = await newAccess(view, await recoveryKeyDigest(recoveryKey));
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
      access: await recipientGrants(view, access),
      recovery: await recoveryAccess(access, recoveryKey),
      riskyReason: "",
    },
  };
}
