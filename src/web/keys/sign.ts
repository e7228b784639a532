import type { PasskeySignature } from "../../domain/wire/sending.ts";
import type { Statement } from "../../log/statement.ts";
import { browserPasskeys } from "./browser-passkeys.ts";

/**
 * One passkey prompt: a signature over exactly this statement.
 * @throws ClientError `cancelled`
 */
export async function signWithPasskey(
  statement: Statement,
  credentials: readonly { readonly id: string; readonly transports: readonly string[] }[],
): Promise<PasskeySignature> {
  return (await browserPasskeys.get(statement, credentials)).signature;
}
