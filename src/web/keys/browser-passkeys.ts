import { fromBase64Url, toBase64Url } from "../../bytes/base64.ts";
import { utf8 } from "../../bytes/text.ts";
import { ClientError } from "../../client/error.ts";
import { remembering } from "../../client/keys/own-memory.ts";
import { type Passkeys, PRF_INPUT } from "../../client/people/passkeys.ts";
import { statementChallenge } from "../../log/statement.ts";
import { browserKeyPins } from "../workers/kept/browser-key-pins.ts";
import { said } from "./said.ts";

const TIMEOUT_MS = 4 * 60_000; // the nonce is good for five minutes
const ES256 = -7;
const RS256 = -257; // Windows Hello on older devices

/** Through WebAuthn. */
const authenticators: Passkeys = {
  async create(statement, options) {
    const credential = await asked(
      navigator.credentials.create({
        publicKey: {
          challenge: await statementChallenge(statement),
          rp: { id: options.rpId, name: options.organisation },
          user: {
            id: fromBase64Url(options.user.id),
            name: options.user.address,
            displayName: options.user.name,
          },
          pubKeyCredParams: [ES256, RS256].map((alg) => ({ type: "public-key", alg })),
          excludeCredentials: options.exclude.map((id) => ({ type: "public-key", id: fromBase64Url(id) })),
          authenticatorSelection: { residentKey: "required", requireResidentKey: true, userVerification: "required" },
          attestation: "none",
          timeout: TIMEOUT_MS,
          extensions: { prf: {} },
        },
      }),
    );
    const response = credential.response as AuthenticatorAttestationResponse; // what `create` gives
    return {
      id: credential.id,
      clientDataJSON: encoded(response.clientDataJSON),
      attestationObject: encoded(response.attestationObject),
      transports: response.getTransports?.() ?? [],
    };
  },
  async get(statement, credentials) {
    const credential = await asked(
      navigator.credentials.get({
        publicKey: {
          challenge: await statementChallenge(statement),
          rpId: statement.rpId,
          allowCredentials: credentials.map(({ id, transports }) => ({
            type: "public-key",
            id: fromBase64Url(id),
            transports: transports as AuthenticatorTransport[], // those that the authenticator named when it was made
          })),
          userVerification: "required",
          timeout: TIMEOUT_MS,
          extensions: { prf: { eval: { first: utf8(PRF_INPUT) } } },
        },
      }),
    );
    const response = credential.response as AuthenticatorAssertionResponse; // what `get` gives
    const first = credential.getClientExtensionResults().prf?.results?.first;
    return {
      signature: {
        id: credential.id,
        clientDataJSON: encoded(response.clientDataJSON),
        authenticatorData: encoded(response.authenticatorData),
        signature: encoded(response.signature),
        userHandle: response.userHandle ? encoded(response.userHandle) : null,
      },
      prf: first ? bytesOf(first) : null,
    };
  },
};

/** The authenticators of this device, and those that it reaches; this browser remembers which answered in it. */
export const browserPasskeys: Passkeys = remembering(authenticators, browserKeyPins);

async function asked(asking: Promise<Credential | null>): Promise<PublicKeyCredential> {
  try {
    const credential = await asking;
    if (credential) return credential as PublicKeyCredential; // only public keys were asked for
  } catch (cause) {
    throw given(cause);
  }
  throw given(null);
}

function given(cause: unknown): ClientError {
  const name = cause instanceof Error || cause instanceof DOMException ? cause.name : "";
  const message =
    name === "InvalidStateError"
      ? said("passkeyHere")
      : name === "SecurityError"
        ? said("wrongSite")
        : said("noPasskey");
  return new ClientError({ code: "cancelled", message, cause });
}

function encoded(buffer: ArrayBuffer): string {
  return toBase64Url(new Uint8Array(buffer));
}

function bytesOf(source: BufferSource): Uint8Array<ArrayBuffer> {
  return source instanceof ArrayBuffer
    ? new Uint8Array(source.slice(0))
    : new Uint8Array(source.buffer.slice(source.byteOffset, source.byteOffset + source.byteLength) as ArrayBuffer);
}
