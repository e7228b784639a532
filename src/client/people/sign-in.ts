import type { Http } from "../http.ts";
import { type Passkeys, waysInStatement } from "./passkeys.ts";
import { nextAnswer, signInOptions } from "./shapes.ts";

/** Signs in with any passkey of this site, and answers where to go on. @param next a path of this site, or empty. */
export async function signIn(http: Http, passkeys: Passkeys, next: string): Promise<string> {
  const { nonce, rpId } = await http.send("POST", "/api/sign-in/options", {}, signInOptions);
  const statement = waysInStatement("sign-in", { role: "member", digest: "", signer: "", rpId, nonce });
  const { signature } = await passkeys.get(statement, []);
  return (await http.send("POST", "/api/sign-in", { nonce, passkey: signature, next }, nextAnswer)).next;
}
