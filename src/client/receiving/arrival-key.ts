import { toBase64Url } from "../../bytes/base64.ts";
import { arrivalPublicKey, signWithArrivalKey } from "../../log/statement-keys.ts";
import type { SignAsRecipient } from "./acts.ts";

/** Signs a recipient's statements with the key made at arrival. */
export function signWithArrival(key: CryptoKeyPair): SignAsRecipient {
  return async (statement) => ({
    arrivalKey: toBase64Url(await arrivalPublicKey(key)),
    signature: toBase64Url(await signWithArrivalKey(key.privateKey, statement)),
  });
}
