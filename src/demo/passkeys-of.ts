import { fromBase64Url, toBase64Url } from "../bytes/base64.ts";
import { utf8 } from "../bytes/text.ts";
import { type Passkeys, PRF_INPUT } from "../client/people/passkeys.ts";
import { statementChallenge } from "../log/statement.ts";
import type { SoftwarePasskey } from "./software-passkey.ts";

/** A software passkey as the client's port, as if on a page of `origin`: enrols and signs in without a browser. */
export function passkeysOf(passkey: SoftwarePasskey, origin: string): Passkeys {
  return {
    async create(statement, options) {
      const { id, response } = await passkey.create(
        {
          challenge: toBase64Url(await statementChallenge(statement)),
          rp: { id: options.rpId, name: options.organisation },
          user: { id: options.user.id, name: options.user.address, displayName: options.user.name },
          pubKeyCredParams: [{ type: "public-key", alg: -7 }],
          excludeCredentials: options.exclude.map((each) => ({ id: each, type: "public-key" })),
          extensions: { prf: {} },
        },
        origin,
      );
      const { clientDataJSON, attestationObject, transports } = response;
      return { id, clientDataJSON, attestationObject, transports };
    },
    async get(statement, credentials) {
      const { id, response, clientExtensionResults } = await passkey.get(
        {
          challenge: toBase64Url(await statementChallenge(statement)),
          rpId: statement.rpId,
          allowCredentials: credentials.map((each) => ({ id: each.id, type: "public-key" })),
          extensions: { prf: { eval: { first: toBase64Url(utf8(PRF_INPUT)) } } },
        },
        origin,
      );
      const { clientDataJSON, authenticatorData, signature, userHandle } = response;
      const first = clientExtensionResults.prf?.results.first;
      return {
        signature: { id, clientDataJSON, authenticatorData, signature, userHandle },
        prf: first === undefined ? null : fromBase64Url(first),
      };
    },
  };
}
