import { sha256 } from "@noble/hashes/sha2.js";
import { toHex } from "../bytes/hex.ts";
import { utf8 } from "../bytes/text.ts";

/**
 * What a `receive` statement answers. In its first form, which clients signed before handling was acknowledged, `complete`; in its second
 * (SIS-24) `complete; handling <SHA-256 of the text, hexadecimal>`, where the event holds the text that the recipient was shown.
 * @param handling lines with a newline between; null for the first form
 */
export function receiptAnswer(handling: string | null): string {
  return handling === null ? "complete" : `complete; handling ${toHex(sha256(utf8(handling)))}`;
}
