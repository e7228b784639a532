import { fromBase64Url, toBase64Url } from "../bytes/base64.ts";
import {
  type SoftwareCredential,
  type SoftwarePasskey,
  SoftwarePasskeyError,
  softwarePasskey,
} from "../demo/software-passkey.ts";
import type { CreationOptionsJson, RequestOptionsJson } from "../demo/webauthn-json.ts";

// Stands in for the authenticators of the demo's made-up people: answers `navigator.credentials` in this page. The server
// verifies as always. Loaded by demo pages alone, before their other scripts.

const STATE = "/demo/passkeys";

async function authenticator(): Promise<SoftwarePasskey> {
  const answer = await fetch(STATE, { cache: "no-store" });
  // Our own server's JSON; who may read it is said in the demo's banner.
  return softwarePasskey({ credentials: (await answer.json()) as SoftwareCredential[] });
}

async function keep(passkey: SoftwarePasskey): Promise<void> {
  const token = document.querySelector<HTMLMetaElement>('meta[name="waybill-token"]')?.content ?? "";
  const headers = { "content-type": "application/json", "x-waybill-token": token };
  await fetch(STATE, { method: "POST", headers, body: JSON.stringify({ credentials: passkey.save() }) });
}

const base64Url = (source: BufferSource): string =>
  toBase64Url(
    ArrayBuffer.isView(source)
      ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength)
      : new Uint8Array(source),
  );
const buffer = (text: string): ArrayBuffer => fromBase64Url(text).buffer;

async function answered<T>(act: (passkey: SoftwarePasskey) => Promise<T>): Promise<T> {
  try {
    const passkey = await authenticator();
    const result = await act(passkey);
    await keep(passkey);
    return result;
  } catch (error) {
    throw error instanceof SoftwarePasskeyError ? new DOMException(error.message, error.code) : error;
  }
}

function prfOf(extensions: AuthenticationExtensionsClientInputs | undefined): { prf?: { eval?: { first: string } } } {
  const first = extensions?.prf?.eval?.first;
  if (!extensions?.prf) return {};
  return { prf: first === undefined ? {} : { eval: { first: base64Url(first) } } };
}

const container = {
  async create(options?: CredentialCreationOptions): Promise<object> {
    const asked = options?.publicKey;
    if (!asked) throw new DOMException("Only passkeys.", "NotSupportedError");
    const json: CreationOptionsJson = {
      challenge: base64Url(asked.challenge),
      rp: { id: asked.rp.id ?? location.hostname, name: asked.rp.name },
      user: { id: base64Url(asked.user.id), name: asked.user.name, displayName: asked.user.displayName },
      pubKeyCredParams: asked.pubKeyCredParams.map(({ alg }) => ({ type: "public-key", alg })),
      // Another passkey of the same person is made on another device: their phone, say. This page plays that one too.
      excludeCredentials: [],
      extensions: prfOf(asked.extensions),
    };
    const made = await answered((passkey) => passkey.create(json, location.origin));
    const { clientDataJSON, attestationObject, transports } = made.response;
    return {
      id: made.id,
      rawId: buffer(made.rawId),
      type: made.type,
      authenticatorAttachment: made.authenticatorAttachment,
      response: {
        clientDataJSON: buffer(clientDataJSON),
        attestationObject: buffer(attestationObject),
        getTransports: () => [...transports],
      },
      getClientExtensionResults: () => made.clientExtensionResults,
      toJSON: () => made,
    };
  },

  async get(options?: CredentialRequestOptions): Promise<object> {
    const asked = options?.publicKey;
    if (!asked || options?.mediation === "conditional") throw new DOMException("Only passkeys.", "NotSupportedError");
    const json: RequestOptionsJson = {
      challenge: base64Url(asked.challenge),
      rpId: asked.rpId ?? location.hostname,
      allowCredentials: (asked.allowCredentials ?? []).map(({ id }) => ({ id: base64Url(id), type: "public-key" })),
      extensions: prfOf(asked.extensions),
    };
    const used = await answered((passkey) => passkey.get(json, location.origin));
    const { clientDataJSON, authenticatorData, signature, userHandle } = used.response;
    const first = used.clientExtensionResults.prf?.results.first;
    return {
      id: used.id,
      rawId: buffer(used.rawId),
      type: used.type,
      authenticatorAttachment: used.authenticatorAttachment,
      response: {
        clientDataJSON: buffer(clientDataJSON),
        authenticatorData: buffer(authenticatorData),
        signature: buffer(signature),
        userHandle: buffer(userHandle),
      },
      getClientExtensionResults: () => (first === undefined ? {} : { prf: { results: { first: buffer(first) } } }),
      toJSON: () => used,
    };
  },
};

Object.defineProperty(navigator, "credentials", { value: container, configurable: true });

// One click on a person of the demo's page leads here; their passkey answers at once.
const waiting = "waybill-demo-enter";
if (location.pathname === "/demo") {
  sessionStorage.removeItem(waiting);
  for (const form of document.querySelectorAll("form[data-demo-enter]")) {
    form.addEventListener("submit", () => sessionStorage.setItem(waiting, "yes"));
  }
}
if (location.pathname === "/sign-in" && sessionStorage.getItem(waiting)) {
  sessionStorage.removeItem(waiting);
  addEventListener("load", () => document.querySelector<HTMLButtonElement>("#sign-in-button")?.click());
}
