import { toBase64Url } from "./base64.ts";

/** `length` bytes from the platform's secure generator. */
export function randomBytes(length: number): Uint8Array<ArrayBuffer> {
  return crypto.getRandomValues(new Uint8Array(length));
}

/** 128 random bits as 22 URL-safe characters: for identifiers that must not be guessable. */
export function randomId(): string {
  return toBase64Url(randomBytes(16));
}
