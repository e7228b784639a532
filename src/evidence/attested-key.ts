import { fromBase64Url, toBase64Url } from "../bytes/base64.ts";
import { fromUtf8 } from "../bytes/text.ts";

/** Where in authenticator data the length of the credential's id stands (WebAuthn level 3 section 6.5.1): behind rpId hash, flags, counter and AAGUID. */
const ID_LENGTH_AT = 53;
const ATTESTED = 0x40;
const FLAGS_AT = 32;

/**
 * The COSE key of a passkey out of what its authenticator answered when it was made, base64url, as it stands in an enrolment's `signedBy`.
 * @param attestationObject base64url; whoever made it controls every byte
 * @throws Error, RangeError or BytesError for anything but an attestation object with a key in it
 */
export function attestedKey(attestationObject: string): string {
  const data = authenticatorData(fromBase64Url(attestationObject));
  if (((data[FLAGS_AT] ?? 0) & ATTESTED) === 0 || data.length < ID_LENGTH_AT + 2)
    throw new Error("There is no key in it.");
  const begins = ID_LENGTH_AT + 2 + ((data[ID_LENGTH_AT] ?? 0) << 8) + (data[ID_LENGTH_AT + 1] ?? 0);
  return toBase64Url(data.slice(begins, endOfItem(data, begins))); // extensions may follow
}

function authenticatorData(object: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const { major, count, next } = headAt(object, 0);
  if (major !== 5) throw new Error("An attestation object is a map.");
  let at = next;
  for (let member = 0; member < count; member++) {
    const name = headAt(object, at);
    const value = endOfItem(object, at);
    const held = headAt(object, value);
    if (name.major === 3 && fromUtf8(object.slice(name.next, value)) === "authData" && held.major === 2) {
      return object.slice(held.next, endOfItem(object, value));
    }
    at = endOfItem(object, value);
  }
  throw new Error("There is no authenticator data in it.");
}

/** One head of CBOR (RFC 8949) of definite length, as CTAP2's canonical form has it. */
function headAt(bytes: Uint8Array, at: number) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const first = view.getUint8(at);
  const [major, short] = [first >> 5, first & 0x1f];
  if (short < 24) return { major, count: short, next: at + 1 };
  if (short === 24) return { major, count: view.getUint8(at + 1), next: at + 2 };
  if (short === 25) return { major, count: view.getUint16(at + 1), next: at + 3 };
  if (short === 26) return { major, count: view.getUint32(at + 1), next: at + 5 };
  throw new Error("A part of it is of a kind that authenticators do not make.");
}

/** Where the item that begins at `at` ends. Depth and length are bounded by the bytes. @throws RangeError where it goes on behind them */
function endOfItem(bytes: Uint8Array, at: number): number {
  const { major, count, next } = headAt(bytes, at);
  let end = next;
  if (major === 2 || major === 3) end += count;
  const items = major === 4 ? count : major === 5 ? 2 * count : major === 6 ? 1 : 0;
  for (let item = 0; item < items; item++) end = endOfItem(bytes, end);
  if (end > bytes.length) throw new RangeError("It is cut off.");
  return end;
}
