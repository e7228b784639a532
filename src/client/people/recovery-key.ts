import { sha256Hex } from "../../bytes/digest.ts";
import { utf8 } from "../../bytes/text.ts";
import type { RecoveryAct } from "../../domain/recovery-key.ts";
import type { RecoveryExportBody, RecoveryKeyBody, RecoverySigningOptions } from "../../domain/wire/recovery.ts";
import type { Statement } from "../../log/statement.ts";
import { generateKeyPair } from "../../seal/keys.ts";
import { sealRecoveryGrant } from "../../seal/recovery-grant.ts";
import { ClientError, lying } from "../error.ts";
import type { Http } from "../http.ts";
import { list, record, type Shape, text } from "../shape.ts";
import type { Passkeys } from "./passkeys.ts";

const ROLE = "recovery-key";

const signingOptions: Shape<RecoverySigningOptions> = record({
  nonce: text,
  rpId: text,
  signer: text,
  credentials: list(record({ id: text, transports: list(text) })),
});

/** An administrator's browser: the server, its authenticators, and the host name that it knows the organisation by. */
export interface AdministratorParts {
  readonly http: Http;
  readonly passkeys: Passkeys;
  readonly rpId: string;
}

/**
 * Signs one half of enrolling, replacing or removing the recovery key. A key that is proposed is tried first.
 * @throws ClientError `refused`, `cancelled`, `lying-server`; SealError `bad-key`, `mixed-strength`
 */
export async function signRecoveryAct(
  {
    half,
    act,
    recipient,
  }: { readonly half: RecoveryKeyBody["half"]; readonly act: RecoveryAct; readonly recipient: string },
  parts: AdministratorParts,
): Promise<void> {
  if (act !== "remove") await tryKey(recipient);
  const digest = await sha256Hex(utf8(recipient));
  const { nonce, by } = await sign({ kind: "enrol", digest, answer: act }, parts);
  const body: RecoveryKeyBody = { half, act, recipient, nonce, by };
  await parts.http.tell("POST", "/api/recovery-key", body);
}

/**
 * Signs one half of opening a transfer with the recovery key.
 * @param waybill canonical JSON, as the page has it: it has to be of the transfer that the person sees.
 * @throws ClientError as `signRecoveryAct`
 */
export async function signRecoveryExport(
  wanted: {
    readonly half: RecoveryExportBody["half"];
    readonly reference: string;
    readonly waybill: string;
    readonly reason: string;
  },
  parts: AdministratorParts,
): Promise<void> {
  const { half, reference, waybill, reason } = wanted;
  const { reference: named } = JSON.parse(waybill) as { readonly reference?: unknown }; // anything may be in it; one member is compared
  if (named !== reference) throw lying("the record on the page is of another transfer");
  const digest = await sha256Hex(utf8(waybill));
  const { nonce, by } = await sign({ kind: "recover", digest, answer: "" }, parts);
  const body: RecoveryExportBody = { half, reason, nonce, by };
  await parts.http.tell("POST", `/api/recovery-key/exports/${reference}`, body);
}

async function sign(
  about: Pick<Statement, "kind" | "digest" | "answer">,
  { http, passkeys, rpId }: AdministratorParts,
) {
  const options = await http.send("POST", "/api/recovery-key/options", {}, signingOptions);
  if (options.rpId !== rpId) throw lying("it names another site to sign for");
  const { nonce, signer, credentials } = options;
  if (credentials.length === 0) {
    throw new ClientError({ code: "no-access", message: "You have no passkey here. Nothing was changed." });
  }
  const statement: Statement = { version: 1, ...about, role: ROLE, signer, rpId, nonce };
  return { nonce, by: (await passkeys.get(statement, credentials)).signature };
}

/** Seals something to it: a letter that is missing or wrong shows here, and not when everything depends on it. */
async function tryKey(recipient: string): Promise<void> {
  const { identity } = await generateKeyPair();
  await sealRecoveryGrant({ version: 1, reference: "WB-TRY", identity }, recipient);
}
