import { randomId } from "../../bytes/random.ts";
import type { KeyWrap, PublicKey } from "../../domain/member.ts";
import type { NewWrap } from "../../domain/wire/people.ts";
import { ServerError } from "../error.ts";

/** What wraps may be for: the keys and passkeys of one member. */
export interface WrapScope {
  readonly memberId: string;
  /** The key that `new` stands for; null where none is made. */
  readonly newKey: PublicKey | null;
  readonly keys: readonly PublicKey[];
  /** The passkeys that keys may be sealed to. */
  readonly credentialIds: readonly string[];
  readonly at: string;
}

/**
 * The wraps that a member's browser made, as they are kept. The server cannot open them, so it checks only whose they are and
 * that each kind has its fields.
 * @throws ServerError `bad-request`
 */
export function wrapsOf(given: readonly NewWrap[], scope: WrapScope): readonly KeyWrap[] {
  return given.map((wrap) => {
    const key = wrap.keyId === "new" ? scope.newKey : scope.keys.find((each) => each.id === wrap.keyId);
    const ofPasskey = wrap.credentialId !== null && scope.credentialIds.includes(wrap.credentialId);
    const fits = {
      passkey: ofPasskey && wrap.signIn === null,
      "recovery-code": wrap.credentialId === null && wrap.signIn !== null,
      passphrase: wrap.credentialId === null && wrap.signIn === null,
    }[wrap.kind];
    if (key?.kind !== "main" || !fits) throw badWrap();
    const { memberId, at } = scope;
    return { ...wrap, id: randomId(), memberId, keyId: key.id, createdAt: at };
  });
}

/**
 * Refuses wraps that would leave a member without a way to this key: each needs a recovery code, and a passkey or a passphrase.
 * @throws ServerError `bad-request`
 */
export function refuseLockedOut(wraps: readonly KeyWrap[], keyId: string): void {
  const kinds = new Set(wraps.filter((wrap) => wrap.keyId === keyId).map(({ kind }) => kind));
  const codes = new Set(wraps.flatMap(({ signIn }) => (signIn === null ? [] : [signIn])));
  if (!kinds.has("recovery-code") || codes.size !== 1 || !(kinds.has("passkey") || kinds.has("passphrase"))) {
    throw badWrap();
  }
}

function badWrap(): ServerError {
  return new ServerError({
    code: "bad-request",
    message: "The keys that your browser sent do not fit together. Nothing was changed: load the page again.",
  });
}
