import { sha256Hex } from "../../bytes/digest.ts";
import { utf8 } from "../../bytes/text.ts";
import type { AnswerBody, AnswerOptions } from "../../domain/wire/agreeing.ts";
import { type Statement, standingInFor } from "../../log/statement.ts";
import { ClientError, lying } from "../error.ts";
import type { Http } from "../http.ts";
import type { Passkeys } from "../people/passkeys.ts";
import { list, oneOf, record, type Shape, text } from "../shape.ts";

const answerOptions: Shape<AnswerOptions> = record({
  nonce: text,
  rpId: text,
  signer: text,
  role: oneOf("line-manager", "senior-manager", "information-asset-owner", "privacy-team", "operational-security"),
  inPlaceOf: text,
  credentials: list(record({ id: text, transports: list(text) })),
});

/** The approver's browser: the server, its authenticators, and the host name that it knows the organisation by. */
export interface ApproverParts {
  readonly http: Http;
  readonly passkeys: Passkeys;
  readonly rpId: string;
}

/** What is answered: where, the digest of what the page shows, in which role the page says, and who it says is signed in. */
export interface Answered {
  readonly path: string;
  readonly digest: string;
  readonly role: string;
  readonly signer: string;
  /** The address of the member in whose place the page says that it is answered; otherwise empty. */
  readonly inPlaceOf: string;
}

/**
 * Signs an answer over the digest, and sends it.
 * @param reason why it is refused; not used for agreeing
 * @throws ClientError `lying-server` where the server names another site, signer, role or place than the page, before anything is signed;
 * `no-access`, `cancelled`, `refused`
 */
export async function sendAnswer(
  answer: AnswerBody["answer"],
  reason: string,
  { path, digest, role, signer, inPlaceOf }: Answered,
  { http, passkeys, rpId }: ApproverParts,
): Promise<void> {
  const options = await http.send("POST", `${path}/options`, {}, answerOptions);
  if (options.rpId !== rpId) throw lying("it names another site to sign for");
  if (options.signer !== signer) throw lying("it names somebody else as the signer");
  if (options.role !== role) throw lying("it names another role to answer in");
  if (options.inPlaceOf !== inPlaceOf) throw lying("it names somebody else to answer in the place of");
  if (options.credentials.length === 0) {
    throw new ClientError({ code: "no-access", message: "You have no passkey here. Nothing was recorded." });
  }
  const given = answer === "refuse" ? reason.trim() : "";
  const said = answer === "refuse" ? await sha256Hex(utf8(given)) : "";
  const nonce = options.nonce;
  const about = { kind: answer, digest, role, answer: said, signer, rpId, nonce } as const;
  const statement: Statement = { ...standingInFor(inPlaceOf), ...about };
  const { signature } = await passkeys.get(statement, options.credentials);
  const body: AnswerBody = { answer, reason: given, nonce, passkey: signature };
  await http.tell("POST", path, body);
}
