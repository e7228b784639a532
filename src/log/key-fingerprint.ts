import { sha256 } from "../bytes/digest.ts";
import { utf8 } from "../bytes/text.ts";

/** A public key as two people compare it on the telephone: six groups of four digits from its SHA-256, some 80 bits; digits read well in any language. */
export async function fingerprintOf(recipient: string): Promise<string> {
  const digest = await sha256(utf8(`waybill/v1/key-fingerprint ${recipient}`));
  const view = new DataView(digest.buffer, digest.byteOffset, digest.byteLength);
  const group = (at: number) => String(view.getUint32(at * 4) % 10_000).padStart(4, "0");
  return [0, 1, 2, 3, 4, 5].map(group).join(" ");
}
