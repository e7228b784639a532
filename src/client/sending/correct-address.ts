import { fromBase64, toBase64 } from "../../bytes/base64.ts";
import { correctedWaybill, entryDigest, fixWaybill, type Waybill, type WaybillEntry } from "../../domain/waybill.ts";
import type {
  CorrectionAsk,
  CorrectionBody,
  PasskeySignature,
  SendingView,
  SigningOptions,
} from "../../domain/wire/sending.ts";
import { type Statement, statementChallenge } from "../../log/statement.ts";
import {
  newToken,
  openSenderGrant,
  type SenderGrant,
  sealGrant,
  sealSenderGrant,
  tokenDigest,
} from "../../seal/grants.ts";
import { generateSecret } from "../../seal/words.ts";
import { ClientError, lying } from "../error.ts";
import type { Http } from "../http.ts";
import { record, text } from "../shape.ts";
import { sendingView, signingOptions } from "../views.ts";
import { type CheckSendingKeys, checkSenderKeys } from "./keys.ts";
import type { Seen } from "./sign-sending.ts";

const right = record({ id: text, name: text, address: text });
const extra = record({ right, wrongToken: text });

/** What the page shows of the record: what decided stays as it was signed. */
export type CorrectionSeen = Pick<Seen, "originator" | "facts" | "expires">;

export interface CorrectionParts {
  readonly http: Http;
  readonly rpId: string;
  /** What the page shows of the record, which has to be what is signed again. */
  readonly seen: CorrectionSeen;
  readonly checkKeys: CheckSendingKeys;
  /** The sender's secret keys, by a passkey prompt for instance. */
  unlock(): Promise<readonly string[]>;
  sign(
    statement: Statement,
    challenge: Uint8Array<ArrayBuffer>,
    credentials: SigningOptions["credentials"],
  ): Promise<PasskeySignature>;
}

/**
 * Gives the right address access of its own in the place of a wrong one: new six words and receipt token, the sender's grant sealed
 * again with them, and a signature over the waybill with this one recipient changed.
 * @param ask `address` as the person typed or chose it; the answer's address has to be the same.
 * @throws ClientError `no-access`, `lying-server`, `changed-keys`, and what the parts throw. Nothing is changed then.
 */
export async function correctAddress(reference: string, ask: CorrectionAsk, parts: CorrectionParts): Promise<void> {
  const { http } = parts;
  const path = `/api/transfers/${reference}`;
  const view = await http.get(path, sendingView);
  if (view.senderGrant === null) {
    throw new ClientError({ code: "no-access", message: "This transfer is over. Nothing was changed." });
  }
  await checkSenderKeys(view, [], parts.checkKeys);
  const options = await http.send("POST", `${path}/correction/options`, ask, both);
  const { right: named, wrongToken } = options;
  if (named.address !== ask.address.trim().toLowerCase()) throw lying("it names another address than the one given");
  if (options.rpId !== parts.rpId || options.signer !== parts.seen.originator.address)
    throw lying("it names another signer or site");
  const before = await openSenderGrant(fromBase64(view.senderGrant), await parts.unlock(), { reference });
  const given = await accessFor(before, ask.recipientId, wrongToken, named.id);
  const sealed = await sealSenderGrant(
    given.access,
    view.senderKeys.map(({ recipient }) => recipient),
  );
  const entry = { name: named.name, address: named.address, access: "words", token: given.tokenHash };
  const entries = await entriesOf(view, before);
  const wrong = entries.find(({ token }) => token === wrongToken);
  if (wrong === undefined) throw lying("the recipient that it replaces is not one of yours");
  const signed = await checkedWaybill(options.waybill, before, entries, parts.seen);
  const waybill = await fixWaybill(await correctedWaybill(signed, wrong, entry, given.digest));
  const about = { digest: waybill.digest, role: "sender", answer: "", signer: options.signer, rpId: options.rpId };
  const statement: Statement = { version: 1, kind: "send", ...about, nonce: options.nonce };
  const passkey = await parts.sign(statement, await statementChallenge(statement), options.credentials);
  const body: CorrectionBody = {
    ...ask,
    id: named.id,
    grant: given.grant,
    tokenHash: given.tokenHash,
    senderGrant: toBase64(sealed.bytes),
    nonce: options.nonce,
    passkey,
  };
  await http.tell("POST", `${path}/correction`, body);
}

function both(value: unknown, at: string) {
  return { ...signingOptions(value, at), ...extra(value, at) };
}

/** The new recipient's words, token and grant, and the sender's grant with them in the place of the wrong one's. */
async function accessFor(before: SenderGrant, wrongId: string, wrongToken: string, id: string) {
  const old = before.tokens[wrongId];
  if (old === undefined || (await tokenDigest(old)) !== wrongToken) {
    throw lying("the recipient that it replaces is not the one whose address is wrong");
  }
  const [token, secret] = [newToken(), generateSecret()];
  const { reference, identity } = before;
  const grant = await sealGrant({ version: 1, reference, identity, token }, { secret });
  const access: SenderGrant = {
    ...before,
    tokens: { ...without(before.tokens, wrongId), [id]: token },
    secrets: { ...without(before.secrets, wrongId), [id]: secret },
  };
  return { access, grant: toBase64(grant.bytes), digest: grant.digest, tokenHash: await tokenDigest(token) };
}

function without(from: Readonly<Record<string, string>>, key: string): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(from).filter(([each]) => each !== key));
}

/** The recipients as the record has to name them: by what the server shows of them and the tokens of the sender's own grant. */
async function entriesOf(view: SendingView, before: SenderGrant): Promise<readonly WaybillEntry[]> {
  const entries = view.recipients
    .filter(({ id }) => before.tokens[id] !== undefined)
    .map(async ({ id, name, address, access }) => ({
      name,
      address,
      access,
      token: await tokenDigest(before.tokens[id] ?? ""),
    }));
  return Promise.all(entries);
}

/**
 * The waybill that the server says was signed: it has to say what the page shows, and name exactly those whose tokens are in the
 * sender's grant. Its content digest is not known here; a manifest that opens with the transfer key can be made by nobody else. Nor is
 * what was sealed to the others: each of them opens with their own words or keys alone.
 */
async function checkedWaybill(
  canonical: string,
  { reference, recovery }: SenderGrant,
  entries: readonly WaybillEntry[],
  { originator, facts, expires }: CorrectionSeen,
): Promise<Waybill> {
  const waybill = JSON.parse(canonical) as Waybill; // compared below, field by field, before anything is done with it
  const recipients = await Promise.all(entries.map(entryDigest));
  const named = waybill.recipients.filter((each) => recipients.includes(each));
  const accesses = waybill.grants.filter((each) => /^[0-9a-f]{64}$/.test(each));
  if (accesses.length !== recipients.length || waybill.grants.length !== recipients.length) {
    throw lying("the record has not one access for each recipient");
  }
  if (named.length !== recipients.length || waybill.recipients.length !== recipients.length) {
    throw lying("the record names other recipients than yours");
  }
  const shown = { ...waybill, reference, originator, facts, expires, recipients: named, recovery };
  if ((await fixWaybill(shown)).text !== canonical) throw lying("the record is not the one that this page shows");
  return waybill;
}
