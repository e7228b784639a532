import { fromBase64 } from "../bytes/base64.ts";
import { concat } from "../bytes/concat.ts";
import type { Bytes } from "./cipher.ts";
import { damaged } from "./error.ts";

const BEGIN = "-----BEGIN AGE ENCRYPTED FILE-----";
const END = "-----END AGE ENCRYPTED FILE-----";
const FULL_LINE = 64;
const LF = 0x0a;
/** White space that may stand before and after the armored file, in bytes. */
const MAX_SPACE = 1024;
/** Base64 characters that are decoded at once. */
const STEP = 64 * 1024;

/** Whether a file's first bytes, after white space, begin ASCII armor rather than a binary age file. */
export function isArmored(prefix: Uint8Array): boolean {
  return new TextDecoder("latin1")
    .decode(prefix.subarray(0, MAX_SPACE + BEGIN.length))
    .trimStart()
    .startsWith(BEGIN);
}

/**
 * The binary file inside ASCII armor (c2sp.org/age, "ASCII armor"), as a stream. Strict but for white space around it and
 * CRLF line ends.
 * @throws SealError `damaged`.
 */
export async function* openArmor(source: AsyncIterable<Uint8Array>): AsyncGenerator<Bytes> {
  let state: "before" | "inside" | "after" = "before";
  let text = "";
  let short = false;
  let space = 0;
  for await (const line of lines(source)) {
    if (state !== "inside" && line.trim() === "") {
      space += line.length + 1;
      if (space > MAX_SPACE) throw malformed("there is too much white space around it");
    } else if (state === "before") {
      if (line.trimStart() !== BEGIN) throw malformed("its first line is not the armor's");
      state = "inside";
    } else if (state === "after") {
      throw malformed("something follows its end");
    } else if (line.trimEnd() === END) {
      state = "after";
      space = 0;
      yield decode(text);
    } else {
      if (short || line.length === 0 || line.length > FULL_LINE)
        throw malformed("a line of it is too short or too long");
      short = line.length < FULL_LINE;
      text += line;
      if (text.length >= STEP && !short) {
        if (text.includes("=")) throw malformed("it is padded before its end");
        yield decode(text);
        text = "";
      }
    }
  }
  if (state !== "after") throw malformed("it was cut off");
}

/** Lines without their ends. A line that is longer than any allowed is given up on at once, not gathered. */
async function* lines(source: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let held = new Uint8Array(0);
  for await (const part of source) {
    const bytes = held.length === 0 ? part : concat([held, part]);
    let start = 0;
    for (let end = bytes.indexOf(LF); end >= 0; end = bytes.indexOf(LF, start)) {
      yield ascii(bytes.subarray(start, end));
      start = end + 1;
    }
    held = bytes.slice(start);
    if (held.length > MAX_SPACE) throw malformed("a line of it is too long");
  }
  if (held.length > 0) yield ascii(held);
}

function ascii(line: Uint8Array): string {
  const text = new TextDecoder("latin1").decode(line);
  return text.endsWith("\r") ? text.slice(0, -1) : text;
}

function decode(text: string): Bytes {
  try {
    return fromBase64(text);
  } catch (cause) {
    throw malformed("it is not canonical base64", cause);
  }
}

function malformed(what: string, cause?: unknown): Error {
  return damaged(`the text form of the file is wrong: ${what}`, cause);
}
