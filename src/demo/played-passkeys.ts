import { fromBase64Url, toBase64Url } from "../bytes/base64.ts";
import { utf8 } from "../bytes/text.ts";
import { type Passkeys, PRF_INPUT } from "../client/people/passkeys.ts";
import { statementChallenge } from "../log/statement.ts";
import type { SoftwarePasskey } from "./software-passkey.ts";

const ES256 = -7;

/** The client's port to authenticators, played by one in software, as a page of `origin` would use it. */
export function playedPasskeys(passkey: SoftwarePasskey, origin: string): Passkeys {
  return {
    async create(statement, options) {
      const made = await passkey.create(
        {
          challenge: toBase64Url(await statementChallenge(statement)),
          rp: { id: options.rpId, name: options.organisation },
          user: { id: options.user.id, name: options.user.address, displayName: options.user.name },
          pubKeyCredParams: [{ type: "public-key", alg: ES256 }],
          extensions: { prf: {} },
        },
        origin,
      );
      const { clientDataJSON, attestationObject, transports } = made.response;
      return { id: made.id, clientDataJSON, attestationObject, transports };
    },
    async get(statement, credentials) {
      const used = await passkey.get(
        {
          challenge: toBase64Url(await statementChallenge(statement)),
          rpId: statement.rpId,
          allowCredentials: credentials.map(({ id }) => ({ id, type: "public-key" })),
          extensions: { prf: { eval: { first: toBase64Url(utf8(PRF_INPUT)) } } },
        },
        origin,
      );
      const { clientDataJSON, authenticatorData, signature, userHandle } = used.response;
      const output = used.clientExtensionResults.prf?.results.first;
      return {
        signature: { id: used.id, clientDataJSON, authenticatorData, signature, userHandle },
        prf: output === undefined ? null : fromBase64Url(output),
      };
    },
  };
}
