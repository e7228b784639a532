import { sha256 } from "../../bytes/digest.ts";
import { utf8 } from "../../bytes/text.ts";

const SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/**
 * What two devices of a sender show of the same sealed files, such as `4F7K-2Q9M`: 40 bits of SHA-256 over the transfer key and the
 * content digest. Anybody can seal a sender's grant to the sender's public keys; who does not know the transfer key cannot make
 * another that shows this code, nor try for one, since the code itself never leaves the devices.
 * @param content SHA-256 of the sealed manifest, hexadecimal.
 */
export async function checkCode(identity: string, content: string): Promise<string> {
  const digest = await sha256(utf8(`waybill/v1/check-code\n${identity}\n${content}`));
  let bits = digest.slice(0, 5).reduce((sum, byte) => sum * 256 + byte, 0);
  let symbols = "";
  for (let at = 0; at < 8; at++, bits = Math.floor(bits / 32)) symbols += SYMBOLS.charAt(bits % 32);
  return `${symbols.slice(0, 4)}-${symbols.slice(4)}`;
}
