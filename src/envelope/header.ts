import { fromBase64 } from "../bytes/base64.ts";
import { fromUtf8 } from "../bytes/text.ts";
import { EnvelopeError } from "./error.ts";

/** The longest header that is read or made: over 2,500 post-quantum recipients. */
export const MAX_HEADER_LENGTH = 4 * 1024 * 1024;

const VERSION_LINE = "age-encryption.org/v1";
const LF = 0x0a;
const FULL_LINE = 64;
const ARGUMENTS = /^->(?: [\x21-\x7e]+)+$/;
const BASE64 = /^[A-Za-z0-9+/]*$/;

/** One recipient of a sealed file: `args[0]` is its type, the rest and the body mean what that type says. */
export interface Stanza {
  readonly args: readonly string[];
  readonly body: Uint8Array<ArrayBuffer>;
}

/** The readable part of an age v1 file. The MAC is only read here: checking it needs the file key. */
export interface Header {
  readonly stanzas: readonly Stanza[];
  readonly mac: Uint8Array<ArrayBuffer>;
  /** Bytes from the start of the file to the end of the MAC line. The 16-byte payload nonce follows. */
  readonly length: number;
}

/**
 * Reads an age v1 header (c2sp.org/age, "Header") from the start of a file, exactly as its grammar says.
 * @param prefix the first bytes of the file; what follows the header is not looked at.
 * @returns null when nothing is wrong so far, but the header does not end within `prefix`.
 * @throws EnvelopeError `not-a-header` at the first line that the grammar does not allow, also when scrypt is not the
 *   only recipient; `too-long` past MAX_HEADER_LENGTH.
 */
export function parseHeader(prefix: Uint8Array): Header | null {
  const lines = new Lines(prefix);
  const version = lines.next();
  if (version === null) return versionMayFollow(prefix) ? null : fail("it does not begin with the age version line");
  if (version !== VERSION_LINE) fail("it does not begin with the age version line");
  const stanzas: Stanza[] = [];
  for (let line = lines.next(); line !== null; line = lines.next()) {
    if (line.startsWith("---")) return { stanzas: checked(stanzas), mac: parseMac(line), length: lines.at };
    if (!ARGUMENTS.test(line)) fail("a recipient line is malformed");
    const body = readBody(lines);
    if (body === null) return null;
    stanzas.push({ args: line.slice(3).split(" "), body });
  }
  return null;
}

function readBody(lines: Lines): Uint8Array<ArrayBuffer> | null {
  const text: string[] = [];
  for (let line = lines.next(); line !== null; line = lines.next()) {
    if (line.length > FULL_LINE || !BASE64.test(line)) fail("a recipient's body is malformed");
    text.push(line);
    if (line.length < FULL_LINE) return decode(text.join(""));
  }
  return null;
}

function parseMac(line: string): Uint8Array<ArrayBuffer> {
  if (!line.startsWith("--- ") || line.length !== 47) fail("the MAC line is malformed");
  return decode(line.slice(4));
}

/** Only an scrypt recipient that stands alone is valid: anyone who knows the words could add another to it. */
function checked(stanzas: readonly Stanza[]): readonly Stanza[] {
  if (stanzas.length === 0) fail("it names no recipient");
  if (stanzas.length > 1 && stanzas.some((each) => each.args[0] === "scrypt")) fail("scrypt is not its only recipient");
  return stanzas;
}

/** Canonical base64 without padding. */
function decode(text: string): Uint8Array<ArrayBuffer> {
  try {
    return fromBase64(text + "=".repeat((4 - (text.length % 4)) % 4));
  } catch (cause) {
    return fail("it holds text that is not canonical base64", cause);
  }
}

/** Whether a prefix without any line end could still become a version line. */
function versionMayFollow(prefix: Uint8Array): boolean {
  const expected = new TextEncoder().encode(`${VERSION_LINE}\n`);
  return prefix.length < expected.length && prefix.every((byte, at) => byte === expected[at]);
}

function fail(what: string, cause?: unknown): never {
  throw new EnvelopeError({ code: "not-a-header", message: `This is not an age header: ${what}.`, cause });
}

class Lines {
  at = 0;
  readonly #bytes: Uint8Array;
  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** The next line without its line feed; null when the bytes end before it does. */
  next(): string | null {
    const end = this.#bytes.indexOf(LF, this.at);
    if ((end < 0 ? this.#bytes.length : end) >= MAX_HEADER_LENGTH)
      throw new EnvelopeError({ code: "too-long", message: "This header is longer than 4 MiB." });
    if (end < 0) return null;
    const line = this.#bytes.subarray(this.at, end);
    this.at = end + 1;
    if (line.some((byte) => byte < 0x20 || byte > 0x7e)) fail("it holds bytes that are not printable ASCII");
    return fromUtf8(line);
  }
}
