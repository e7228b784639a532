import { BytesError } from "./error.ts";

/** UTF-8 bytes of a text. */
export function utf8(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

/** @throws BytesError `not-utf8` when the bytes are not well-formed UTF-8. A byte order mark is kept. */
export function fromUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new BytesError({ code: "not-utf8", message: "This is not UTF-8 text.", cause });
  }
}
