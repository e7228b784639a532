import { fromBase64Url, toBase64Url } from "../bytes/base64.ts";
import { concat } from "../bytes/concat.ts";
import { sha256 } from "../bytes/digest.ts";
import { randomBytes } from "../bytes/random.ts";
import { utf8 } from "../bytes/text.ts";
import { cbor } from "./cbor.ts";
import type { AuthenticationJson, CreationOptionsJson, RegistrationJson, RequestOptionsJson } from "./webauthn-json.ts";

const ES256 = -7;
const P256 = { name: "ECDSA", namedCurve: "P-256" } as const;
const PRESENT = 0x01;
const VERIFIED = 0x04;
const ATTESTED = 0x40;

/** One passkey with its secrets, as plain JSON: for made-up people and tests only. */
export interface SoftwareCredential {
  readonly id: string;
  readonly rpId: string;
  /** base64url */
  readonly userHandle: string;
  /** The signing key as PKCS #8, base64url. */
  readonly privateKey: string;
  /** The secret behind the PRF, base64url. */
  readonly prfSecret: string;
  readonly counter: number;
}

/** The DOMException that a browser would give. */
export type PasskeyRefusal = "InvalidStateError" | "NotAllowedError" | "NotSupportedError" | "SecurityError";

export class SoftwarePasskeyError extends Error {
  readonly code: PasskeyRefusal;
  constructor(options: { code: PasskeyRefusal; message: string }) {
    super(options.message);
    this.name = options.code;
    this.code = options.code;
  }
}

/**
 * An authenticator in software: P-256, discoverable credentials, user presence and verification always given, and the PRF
 * extension (WebAuthn level 3, section 10.1.4), whose output is given at `get` only, as many authenticators do. It uses
 * nothing but Web APIs, so that it runs in a page as it does in Node. Whoever reads its state can sign as its people.
 */
export interface SoftwarePasskey {
  /** What `navigator.credentials.create` answers a page of `origin`, in its JSON form. @throws SoftwarePasskeyError */
  create(options: CreationOptionsJson, origin: string): Promise<RegistrationJson>;
  /** What `navigator.credentials.get` answers a page of `origin`, in its JSON form. @throws SoftwarePasskeyError */
  get(options: RequestOptionsJson, origin: string): Promise<AuthenticationJson>;
  /** Every credential, to be given to `softwarePasskey` again. */
  save(): readonly SoftwareCredential[];
}

/**
 * @param options.prf false: an authenticator without PRF.
 * @param options.verifiesUser false: one that does not ask who is there (no user verification).
 */
export function softwarePasskey(
  options: {
    readonly credentials?: readonly SoftwareCredential[];
    readonly prf?: boolean;
    readonly verifiesUser?: boolean;
  } = {},
): SoftwarePasskey {
  const credentials = new Map((options.credentials ?? []).map((each) => [each.id, each]));
  const hasPrf = options.prf ?? true;
  const userFlags = (options.verifiesUser ?? true) ? PRESENT | VERIFIED : PRESENT;
  return {
    async create(asked, origin) {
      refuseForeign(asked.rp.id, origin);
      if (!asked.pubKeyCredParams.some(({ alg }) => alg === ES256)) {
        throw new SoftwarePasskeyError({ code: "NotSupportedError", message: "Only ES256 keys can be made here." });
      }
      if (asked.excludeCredentials?.some(({ id }) => credentials.has(id))) {
        throw new SoftwarePasskeyError({ code: "InvalidStateError", message: "There is a passkey already." });
      }
      const { made, point } = await newCredential(asked.rp.id, asked.user.id);
      credentials.set(made.id, made);
      const clientDataJSON = clientData("webauthn.create", asked.challenge, origin);
      const attested = concat([new Uint8Array(16), idAndLength(made.id), cosePublicKey(point)]);
      const authData = await authenticatorData(made.rpId, userFlags | ATTESTED, 0, attested);
      const attestation = cbor(
        new Map<string, Parameters<typeof cbor>[0]>([
          ["fmt", "none"],
          ["attStmt", new Map()],
          ["authData", authData],
        ]),
      );
      return {
        id: made.id,
        rawId: made.id,
        type: "public-key",
        authenticatorAttachment: "platform",
        response: {
          clientDataJSON: toBase64Url(clientDataJSON),
          attestationObject: toBase64Url(attestation),
          transports: ["internal"],
        },
        clientExtensionResults: asked.extensions?.prf ? { prf: { enabled: hasPrf } } : {},
      };
    },
    async get(asked, origin) {
      refuseForeign(asked.rpId, origin);
      const allowed = asked.allowCredentials ?? [];
      const usable = [...credentials.values()].filter(
        (each) => each.rpId === asked.rpId && (allowed.length === 0 || allowed.some(({ id }) => id === each.id)),
      );
      const chosen = usable.at(-1);
      if (!chosen)
        throw new SoftwarePasskeyError({ code: "NotAllowedError", message: "There is no such passkey here." });
      const used = { ...chosen, counter: chosen.counter + 1 };
      credentials.set(used.id, used);
      const clientDataJSON = clientData("webauthn.get", asked.challenge, origin);
      const authData = await authenticatorData(used.rpId, userFlags, used.counter, new Uint8Array(0));
      const signature = await sign(used, concat([authData, await sha256(clientDataJSON)]));
      const salt = asked.extensions?.prf?.eval?.first;
      return {
        id: used.id,
        rawId: used.id,
        type: "public-key",
        authenticatorAttachment: "platform",
        response: {
          clientDataJSON: toBase64Url(clientDataJSON),
          authenticatorData: toBase64Url(authData),
          signature: toBase64Url(signature),
          userHandle: used.userHandle,
        },
        clientExtensionResults:
          hasPrf && salt !== undefined ? { prf: { results: { first: await prfOutput(used, salt) } } } : {},
      };
    },
    save: () => [...credentials.values()],
  };
}

function refuseForeign(rpId: string, origin: string): void {
  const { hostname } = new URL(origin);
  if (hostname === rpId || hostname.endsWith(`.${rpId}`)) return;
  throw new SoftwarePasskeyError({ code: "SecurityError", message: `${origin} may not use passkeys of ${rpId}.` });
}

async function newCredential(
  rpId: string,
  userHandle: string,
): Promise<{ readonly made: SoftwareCredential; readonly point: Uint8Array }> {
  const pair = await crypto.subtle.generateKey(P256, true, ["sign", "verify"]);
  const privateKey = toBase64Url(new Uint8Array(await crypto.subtle.exportKey("pkcs8", pair.privateKey)));
  const point = new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey));
  const id = toBase64Url(randomBytes(32));
  return { made: { id, rpId, userHandle, privateKey, prfSecret: toBase64Url(randomBytes(32)), counter: 0 }, point };
}

/** COSE_Key (RFC 9052) of an uncompressed P-256 point. */
function cosePublicKey(point: Uint8Array): Uint8Array {
  return cbor(
    new Map<number, Parameters<typeof cbor>[0]>([
      [1, 2],
      [3, ES256],
      [-1, 1],
      [-2, point.slice(1, 33)],
      [-3, point.slice(33, 65)],
    ]),
  );
}

function idAndLength(id: string): Uint8Array {
  const bytes = fromBase64Url(id);
  return concat([Uint8Array.of(bytes.length >> 8, bytes.length & 0xff), bytes]);
}

function clientData(type: string, challenge: string, origin: string): Uint8Array<ArrayBuffer> {
  return utf8(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
}

async function authenticatorData(
  rpId: string,
  flags: number,
  counter: number,
  attested: Uint8Array,
): Promise<Uint8Array<ArrayBuffer>> {
  const count = new Uint8Array(4);
  new DataView(count.buffer).setUint32(0, counter);
  return concat([await sha256(utf8(rpId)), Uint8Array.of(flags), count, attested]);
}

/** ECDSA with SHA-256, as the DER that WebAuthn wants. */
async function sign(credential: SoftwareCredential, bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const pkcs8 = fromBase64Url(credential.privateKey);
  const key = await crypto.subtle.importKey("pkcs8", pkcs8, P256, false, ["sign"]);
  const raw = new Uint8Array(await crypto.subtle.sign({ name: "ECDSA", hash: "SHA-256" }, key, bytes));
  const numbers = concat([derInteger(raw.subarray(0, 32)), derInteger(raw.subarray(32))]);
  return concat([Uint8Array.of(0x30, numbers.length), numbers]);
}

function derInteger(big: Uint8Array): Uint8Array {
  const start = big.findIndex((byte) => byte !== 0);
  const digits = big.subarray(start < 0 ? big.length - 1 : start);
  const sign = (digits[0] ?? 0) >= 0x80 ? [0] : [];
  return concat([Uint8Array.of(0x02, digits.length + sign.length, ...sign), digits]);
}

/** HMAC under the credential's secret over SHA-256("WebAuthn PRF", 0x00, input), as browsers use hmac-secret. */
async function prfOutput(credential: SoftwareCredential, input: string): Promise<string> {
  const salt = await sha256(concat([utf8("WebAuthn PRF\0"), fromBase64Url(input)]));
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", fromBase64Url(credential.prfSecret), algorithm, false, ["sign"]);
  return toBase64Url(new Uint8Array(await crypto.subtle.sign("HMAC", key, salt)));
}
