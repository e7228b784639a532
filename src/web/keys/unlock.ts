import { toBase64Url } from "../../bytes/base64.ts";
import { randomBytes } from "../../bytes/random.ts";
import { Http } from "../../client/http.ts";
import { loadMyKeys, unlockKeys } from "../../client/people/account.ts";
import { askPassphrase } from "./ask-passphrase.ts";
import { browserPasskeys } from "./browser-passkeys.ts";

/** Where the member's sealed keys are: the origin, and the forgery token of the page. */
export interface UnlockOptions {
  readonly base: string;
  readonly token: string;
}

/**
 * Opens the member's keys: one passkey prompt, and the key passphrase for a passkey without PRF. Newest first; earlier keys
 * open what was sealed to them. Keep the answer in memory alone, for as long as the page needs it.
 * @throws ClientError `cancelled`, `no-access`, `lying-server`; SealError `wrong-secret`, `damaged`
 */
export async function unlockMemberKeys(options: UnlockOptions): Promise<readonly string[]> {
  const headers = () => ({ "x-waybill-token": options.token });
  const mine = await loadMyKeys(new Http({ origin: options.base, fetch, headers }));
  const nonce = toBase64Url(randomBytes(32)); // nobody checks this signature: it is made for the PRF output
  const ring = await unlockKeys({ passkeys: browserPasskeys, askPassphrase }, mine, nonce);
  return ring.map(({ identity }) => identity);
}

/** The newest of them: what new things are sealed to. @throws as `unlockMemberKeys` */
export async function unlockMember(options: UnlockOptions): Promise<string> {
  const [newest] = await unlockMemberKeys(options);
  return newest ?? "";
}
