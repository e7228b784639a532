import { sha256 } from "@noble/hashes/sha2.js";
import { fromBase64Url } from "../bytes/base64.ts";
import { toHex } from "../bytes/hex.ts";
import { utf8 } from "../bytes/text.ts";

/**
 * What a `receive` statement answers. In its first form, which clients signed before handling was acknowledged, `complete`; then, each where it is
 * said, `; opened <openedMark>`, and (SIS-24) `; handling <SHA-256 of the text, hexadecimal>`, where the event holds the mark and the text that the
 * recipient was shown.
 * @param handling lines with a newline between; null where nothing is said of it @param opened of the token; null where it is not signed for
 */
export function receiptAnswer(handling: string | null, opened: string | null = null): string {
  return [
    "complete",
    ...(opened === null ? [] : [`opened ${opened}`]),
    ...(handling === null ? [] : [`handling ${toHex(sha256(utf8(handling)))}`]),
  ].join("; ");
}

/**
 * What a recipient signs of the receipt token that was in what is sealed to them: who has the token later sees that they had it then. It tells
 * nothing of the token to anybody else.
 * @param token base64url @param nonce of the statement that it stands in
 * @throws BytesError for what is not base64url
 */
export function openedMark(token: string, nonce: string): string {
  return toHex(sha256(utf8(`waybill opened\n${nonce}\n${toHex(fromBase64Url(token))}`)));
}
