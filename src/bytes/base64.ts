import { BytesError } from "./error.ts";

const STANDARD = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const URL_SAFE = /^[A-Za-z0-9_-]*$/;
const STEP = 0x8000;

/** Standard base64 with padding (RFC 4648 section 4). */
export function toBase64(bytes: Uint8Array): string {
  let binary = "";
  for (let at = 0; at < bytes.length; at += STEP) binary += String.fromCharCode(...bytes.subarray(at, at + STEP));
  return btoa(binary);
}

/** @throws BytesError `not-base64` for anything but canonical standard base64 (padding required, no spaces). */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  if (!STANDARD.test(text)) throw new BytesError({ code: "not-base64", message: "This is not base64." });
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < binary.length; at++) bytes[at] = binary.charCodeAt(at);
  if (toBase64(bytes) !== text) throw new BytesError({ code: "not-base64", message: "This base64 is not canonical." });
  return bytes;
}

/** URL-safe base64 without padding (RFC 4648 section 5), as WebAuthn and our own identifiers use it. */
export function toBase64Url(bytes: Uint8Array): string {
  return toBase64(bytes).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** @throws BytesError `not-base64` for anything but canonical unpadded URL-safe base64. */
export function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  if (!URL_SAFE.test(text)) throw new BytesError({ code: "not-base64", message: "This is not URL-safe base64." });
  const padded = text.replaceAll("-", "+").replaceAll("_", "/") + "=".repeat((4 - (text.length % 4)) % 4);
  return fromBase64(padded);
}
