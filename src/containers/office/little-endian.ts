import type { Bytes } from "../../seal/cipher.ts";

/** Unsigned 16-bit number, as both of Microsoft's formats here write it. */
export function u16(value: number): Bytes {
  return new Uint8Array([value, value >>> 8]);
}

/** Unsigned 32-bit number. */
export function u32(value: number): Bytes {
  return new Uint8Array([value, value >>> 8, value >>> 16, value >>> 24]);
}

/** Unsigned 64-bit number. */
export function u64(value: number): Bytes {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(value), true);
  return bytes;
}

/** UTF-16, without a mark at its beginning. */
export function utf16(text: string): Bytes {
  const bytes = new Uint8Array(text.length * 2);
  const view = new DataView(bytes.buffer);
  for (let at = 0; at < text.length; at++) view.setUint16(at * 2, text.charCodeAt(at), true);
  return bytes;
}
