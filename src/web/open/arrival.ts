import { toBase64Url } from "../../bytes/base64.ts";
import type { Http } from "../../client/http.ts";
import { loadMyKeys, unlockWith } from "../../client/people/account.ts";
import { confirmArrival, type SignAsRecipient } from "../../client/receiving/acts.ts";
import { signWithArrival } from "../../client/receiving/arrival-key.ts";
import type { ReceivingView } from "../../domain/wire/receiving.ts";
import type { Statement } from "../../log/statement.ts";
import { arrivalPublicKey, newArrivalKey } from "../../log/statement-keys.ts";
import { askPassphrase } from "../keys/ask-passphrase.ts";
import { browserPasskeys } from "../keys/browser-passkeys.ts";
import { signWithPasskey } from "../keys/sign.ts";
import { type Arrival, loadArrival, saveArrival } from "../workers/kept/arrivals.ts";

/** How a recipient signs: with the key made at arrival on this device, or as a member with a passkey. */
export type Proof = "mailbox" | "member";

/**
 * Confirms arrival on this device. A recipient without an account gets a signing key for this transfer, which stays in
 * this browser and cannot be taken out of it; it is kept before anything is signed with it. A member signs with a passkey.
 * @param reader who is reading a team mailbox, else empty.
 */
export async function arriveHere(http: Http, view: ReceivingView, proof: Proof, reader: string): Promise<void> {
  const parts = { http, rpId: location.hostname };
  if (proof === "member") {
    const mine = await loadMyKeys(http);
    const sign = async (statement: Statement) => ({ passkey: await signWithPasskey(statement, mine.credentials) });
    await confirmArrival(view, mine.address, reader, { ...parts, sign });
    return;
  }
  const key = (await loadArrival(view.id))?.key ?? (await newArrivalKey());
  await saveArrival({ id: view.id, key, digest: null });
  const digest = await confirmArrival(view, view.recipient.address, reader, { ...parts, sign: signWithArrival(key) });
  await saveArrival({ id: view.id, key, digest });
}

/** The arrival that this browser confirmed, if the server still holds its key to be the one that signs. */
export async function arrivalHere(view: ReceivingView): Promise<Arrival | null> {
  const arrival = await loadArrival(view.id);
  if (arrival === null || view.arrivalKey === null) return null;
  return toBase64Url(await arrivalPublicKey(arrival.key)) === view.arrivalKey ? arrival : null;
}

/** What opens a member's transfer: their keys, and how they sign. One passkey prompt. */
export interface MemberAccess {
  readonly address: string;
  readonly identities: readonly string[];
  readonly sign: SignAsRecipient;
}

/** Opens the member's keys, and confirms arrival with the same prompt where that is still to be done. */
export async function openAsMember(
  http: Http,
  view: ReceivingView,
  unlock: () => Promise<readonly string[]>,
): Promise<MemberAccess> {
  const mine = await loadMyKeys(http);
  const sign = async (statement: Statement) => ({ passkey: await signWithPasskey(statement, mine.credentials) });
  if (view.waybill !== null) return { address: mine.address, identities: await unlock(), sign };
  const identities: string[] = [];
  await confirmArrival(view, mine.address, "", {
    http,
    rpId: location.hostname,
    sign: async (statement) => {
      const ids = mine.credentials.map(({ id }) => id);
      const { ring, signed } = await unlockWith({ passkeys: browserPasskeys, askPassphrase }, mine, ids, statement);
      identities.push(...ring.map(({ identity }) => identity));
      return { passkey: signed.signature };
    },
  });
  return { address: mine.address, identities, sign };
}
