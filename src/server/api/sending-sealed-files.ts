import { fromBase64 } from "../../bytes/base64.ts";
import { type Header, parseHeader } from "../../envelope/header.ts";
import { plainSize } from "../../envelope/sizes.ts";
import { headerStrength, type Strength, scryptLogN } from "../../envelope/strength.ts";
import { ServerError } from "../error.ts";

const LEAST_LOG_N = 15;
const MOST_LOG_N = 18;

/**
 * One whole age file as standard base64, which the sender's client controls: well formed, of a size that some plaintext
 * seals to, and protected as it must be. Never opened.
 * @throws ServerError `bad-request` saying which file and why
 */
export function sealedFile(base64: string, strength: Strength, what: string): Uint8Array<ArrayBuffer> {
  const bytes = refusing(what, () => fromBase64(base64));
  const header = refusing(what, () => parseHeader(bytes));
  if (!header) throw refused(what);
  refusing(what, () => plainSize(header.length, bytes.length));
  checkStrength(header, strength, what);
  return bytes;
}

/**
 * Size of the plaintext of a sealed body, from its beginning and its size: the server cannot count files, but it can tell
 * whether the stated bytes are right.
 */
export function bodyPlainSize(beginning: Uint8Array, size: number): number {
  const what = "The sealed body";
  const header = refusing(what, () => parseHeader(beginning));
  if (!header) throw refused(what);
  checkStrength(header, "pq", what);
  return refusing(what, () => plainSize(header.length, size));
}

function checkStrength(header: Header, strength: Strength, what: string): void {
  if (headerStrength(header) !== strength) throw refused(what);
  const logN = scryptLogN(header);
  // Less could be tried out too fast; phones could not manage more.
  if (logN !== null && (logN < LEAST_LOG_N || logN > MOST_LOG_N)) throw refused(what);
}

function refusing<T>(what: string, act: () => T): T {
  try {
    return act();
  } catch (cause) {
    throw refused(what, cause);
  }
}

function refused(what: string, cause?: unknown): ServerError {
  const message = `${what} is not sealed as it must be. Nothing was changed: load the page again, or update the program.`;
  return new ServerError({ code: "bad-request", message, cause });
}
