import { sha256Hex } from "../../bytes/digest.ts";
import { utf8 } from "../../bytes/text.ts";
import { entryDigest, fixWaybill, type ShownTo, type Waybill } from "../../domain/waybill.ts";
import type { SignBody, SigningOptions } from "../../domain/wire/sending.ts";
import { type Statement, statementChallenge } from "../../log/statement.ts";
import { ClientError, lying } from "../error.ts";
import type { Http } from "../http.ts";
import { signingOptions } from "../views.ts";
import type { Made } from "./order.ts";

/** What the person saw on the page where they sign, beside what `startSending` made. */
export interface Seen {
  readonly originator: Waybill["originator"];
  readonly facts: Waybill["facts"];
  /** ISO 8601, as the waybill holds it. */
  readonly expires: string;
  /** What decided, and who still has to agree (SDT-3, SIS-3). */
  readonly policy: Waybill["policy"];
  readonly needs: Waybill["needs"];
  readonly assessment: Waybill["assessment"];
  /** Who may see the files before they answer, as this client sealed it for them; nobody where it is not there. */
  readonly shown?: readonly ShownTo[];
}

/** A signature without the nonce, which is the server's to give. */
export type SendingSignature =
  | Pick<Extract<SignBody, { readonly passkey: unknown }>, "passkey">
  | Pick<Extract<SignBody, { readonly device: unknown }>, "device">;

export interface SigningParts {
  readonly http: Http;
  /** The host name that this client knows the organisation by. */
  readonly rpId: string;
  /**
   * Signs with a passkey (the WebAuthn challenge is `challenge`) or a device key (over `statementBytes(statement)`).
   * @param challenge SHA-256 of the statement.
   */
  sign(
    statement: Statement,
    challenge: Uint8Array<ArrayBuffer>,
    credentials: SigningOptions["credentials"],
  ): Promise<SendingSignature>;
}

/**
 * Signs what is sent (SIS-23), after checking that the waybill says exactly what this client made and the person saw: the
 * server composes it, and could compose another.
 * @throws ClientError `changed-record` naming what differs, `lying-server`, and what the sign part throws. Nothing is signed then.
 */
export async function signSending(made: Made, seen: Seen, parts: SigningParts): Promise<void> {
  const path = `/api/transfers/${made.reference}/sign`;
  const options = await parts.http.send("POST", `${path}/options`, {}, signingOptions);
  const grants = made.grants ?? grantsIn(options.waybill, made.recipients.length);
  await checkWaybill(options.waybill, await expectedWaybill({ ...made, grants }, seen));
  if (options.rpId !== parts.rpId) throw lying("it names another site to sign for");
  if (options.signer !== seen.originator.address) throw lying("it names somebody else as the signer");
  const statement: Statement = {
    version: 1,
    kind: "send",
    digest: await sha256Hex(utf8(options.waybill)),
    role: "sender",
    answer: "",
    signer: options.signer,
    rpId: options.rpId,
    nonce: options.nonce,
  };
  const signature = await parts.sign(statement, await statementChallenge(statement), options.credentials);
  await parts.http.tell("POST", path, { nonce: options.nonce, ...signature });
}

/** The waybill as it must be. */
export async function expectedWaybill(
  made: Made & { readonly grants: readonly string[] },
  seen: Seen,
): Promise<Waybill> {
  return {
    version: 1,
    reference: made.reference,
    originator: seen.originator,
    recipients: await Promise.all(made.recipients.map(entryDigest)),
    grants: made.grants,
    method: "secure-link",
    facts: seen.facts,
    totals: made.totals,
    content: made.content,
    expires: seen.expires,
    policy: seen.policy,
    needs: seen.needs,
    assessment: seen.assessment,
    recovery: made.recovery,
    ...(seen.shown === undefined || seen.shown.length === 0 ? {} : { shown: seen.shown }),
  };
}

/** What the server's waybill says is sealed to each recipient: so many digests, or none, which no waybill has. */
function grantsIn(text: string, count: number): readonly string[] {
  try {
    const { grants } = JSON.parse(text) as { readonly grants?: unknown }; // the server's: checked here
    if (!Array.isArray(grants) || grants.length !== count) return [];
    return grants.every((each) => /^[0-9a-f]{64}$/.test(String(each))) ? grants.map(String) : [];
  } catch {
    return [];
  }
}

/** @throws ClientError `changed-record` unless the text is the canonical JSON of exactly that waybill. */
export async function checkWaybill(text: string, expected: Waybill): Promise<void> {
  if ((await fixWaybill(expected)).text === text) return;
  const where = differences(text, expected).join(", ");
  const message = `What would be signed is not what this page showed (${where}). Nothing was signed. Load the page again and check it.`;
  throw new ClientError({ code: "changed-record", message });
}

function differences(text: string, expected: Waybill): readonly string[] {
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch {
    given = null;
  }
  const fields = Object.entries(typeof given === "object" && given !== null ? given : {});
  const names = new Set([...Object.keys(expected), ...fields.map(([name]) => name)]);
  const theirs = new Map(fields.map(([name, value]) => [name, plain(value)]));
  const ours = new Map(Object.entries(expected).map(([name, value]) => [name, plain(value)]));
  const found = [...names].filter((name) => ours.get(name) !== theirs.get(name));
  return found.length === 0 ? ["its form"] : found;
}

/** JSON that does not depend on the order of members; only to say where a difference is. */
function plain(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) =>
    typeof each === "object" && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  );
}
