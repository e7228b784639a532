import { toBase64Url } from "../../bytes/base64.ts";
import { randomBytes } from "../../bytes/random.ts";
import { ServerError } from "../error.ts";
import { hashOf } from "../gate/session.ts";
import type { Parts } from "../parts.ts";

const MINUTES = 5;

/** A nonce for one statement: 256 random bits, good once, for five minutes and for `owner` alone. */
export async function newNonce(parts: Parts, owner: string): Promise<string> {
  const nonce = toBase64Url(randomBytes(32));
  const until = new Date(parts.clock.now().getTime() + MINUTES * 60_000);
  await parts.ephemera.put("challenge", hashOf(nonce), { owner }, until);
  return nonce;
}

/** Spends a nonce. @throws ServerError `bad-signature` when it was spent before, is too old, or is somebody else's. */
export async function takeNonce(parts: Parts, nonce: string, owner: string): Promise<void> {
  const found = await parts.ephemera.take("challenge", hashOf(nonce), parts.clock.now());
  if (found?.owner === owner) return;
  throw new ServerError({
    code: "bad-signature",
    message: "This took longer than five minutes, or was sent twice. Nothing was changed: do it again.",
  });
}
