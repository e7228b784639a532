import { fromBase64, toBase64 } from "../../bytes/base64.ts";
import { sha256Hex } from "../../bytes/digest.ts";
import type { ContentBody, SendingView } from "../../domain/wire/sending.ts";
import {
  newToken,
  openSenderGrant,
  type SenderGrant,
  sealGrant,
  sealSenderGrant,
  tokenDigest,
} from "../../seal/grants.ts";
import { generateKeyPair } from "../../seal/keys.ts";
import { sealRecoveryGrant } from "../../seal/recovery-grant.ts";
import { generateSecret } from "../../seal/words.ts";
import type { Http } from "../http.ts";

/**
 * A new transfer key, receipt token for everybody, and six words for those without a key.
 * @param recovery SHA-256 of the organisation's recovery key, hexadecimal; null where there is none.
 */
export async function newAccess(view: SendingView, recovery: string | null): Promise<SenderGrant> {
  const { identity } = await generateKeyPair();
  const words = view.recipients.filter((each) => each.access === "words");
  return {
    version: 1,
    reference: view.reference,
    identity,
    secrets: Object.fromEntries(words.map(({ id }) => [id, generateSecret()])),
    tokens: Object.fromEntries(view.recipients.map(({ id }) => [id, newToken()])),
    recovery,
  };
}

/** Seals the sender's grant to every key of the sender and stand-in and stores it. @returns the SHA-256 of the sealed grant. */
export async function storeSenderGrant(http: Http, view: SendingView, access: SenderGrant): Promise<string> {
  const keys = view.senderKeys.map(({ recipient }) => recipient);
  const sealed = await sealSenderGrant(access, keys);
  await http.tell("PUT", `/api/transfers/${view.reference}/sender-grant`, { grant: toBase64(sealed.bytes) });
  return sealed.digest;
}

/**
 * What the stored sender's grant holds, when it is the very one that this device made and still fits the recipients; null
 * otherwise: then everything is made anew.
 * @param unlock asks the person for their secret keys; only called when the digest fits.
 * @param recovery as in `newAccess`: another recovery key begins anew.
 */
export async function recoverAccess(
  view: SendingView,
  digest: string,
  unlock: () => Promise<readonly string[]>,
  recovery: string | null,
): Promise<SenderGrant | null> {
  if (view.senderGrant === null) return null;
  const sealed = fromBase64(view.senderGrant);
  if ((await sha256Hex(sealed)) !== digest) return null;
  const access = await openSenderGrant(sealed, await unlock(), { reference: view.reference, digest });
  return fits(access, view) && access.recovery === recovery ? access : null;
}

/** Seals everybody's grant. */
export async function recipientGrants(view: SendingView, access: SenderGrant): Promise<ContentBody["access"]> {
  const { reference, identity } = access;
  const sealed = view.recipients.map(async ({ id, keys }) => {
    const token = access.tokens[id] ?? "";
    const secret = access.secrets[id];
    const to = secret === undefined ? { recipients: keys.map(({ recipient }) => recipient) } : { secret };
    const grant = await sealGrant({ version: 1, reference, identity, token }, to);
    return [id, { grant: toBase64(grant.bytes), tokenHash: await tokenDigest(token) }] as const;
  });
  return Object.fromEntries(await Promise.all(sealed));
}

/** Seals the transfer key to the organisation's recovery key as well, where it has one. */
export async function recoveryAccess(
  { reference, identity, recovery }: SenderGrant,
  recipient: string | null,
): Promise<ContentBody["recovery"]> {
  if (recipient === null || recovery === null) return null;
  const grant = await sealRecoveryGrant({ version: 1, reference, identity }, recipient);
  return { key: recovery, grant: toBase64(grant.bytes) };
}

function fits(access: SenderGrant, view: SendingView): boolean {
  const same = view.recipients.every(
    ({ id, access: how }) =>
      access.tokens[id] !== undefined && (access.secrets[id] !== undefined) === (how === "words"),
  );
  return same && Object.keys(access.tokens).length === view.recipients.length;
}
