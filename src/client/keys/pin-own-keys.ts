import type { Http } from "../http.ts";
import { keyLogAnswer } from "../people/shapes.ts";
import type { KeyPins } from "./check-key-log.ts";

/**
 * Remembers a command line's key as known, on the client whose passkey has just signed for it: the person compared its code, and is not asked
 * about it again. Only that key, exactly as it was signed for; where the person's keys were never kept here, there is nothing to add to.
 */
export async function pinOwnKeys(
  http: Http,
  pins: KeyPins,
  signed: { readonly recipient: string; readonly signing: string },
): Promise<void> {
  const { lines } = await http.get("/api/keys", keyLogAnswer);
  const line = lines.find(({ recipient, signing }) => recipient === signed.recipient && signing === signed.signing);
  if (line === undefined) return;
  const known = await pins.load(line.address);
  if (known.size > 0) await pins.save(line.address, new Map([...known, [line.id, line.recipient]]));
}
