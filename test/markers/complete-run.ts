import { setTimeout as pause } from "node:timers/promises";
import { fromBase64 } from "../../src/bytes/base64.ts";
import { nodeCipher } from "../../src/cli/node-cipher.ts";
import { ClientError } from "../../src/client/error.ts";
import { Http } from "../../src/client/http.ts";
import { keyLogCheck } from "../../src/client/keys/check-key-log.ts";
import { loadMyKeys, unlockKeys } from "../../src/client/people/account.ts";
import { enrol } from "../../src/client/people/enrol.ts";
import { confirmArrival, confirmReceipt, type RecipientParts, tellOpened } from "../../src/client/receiving/acts.ts";
import { Items } from "../../src/client/receiving/items.ts";
import { fetchView, type OpenedTransfer, openTransfer } from "../../src/client/receiving/reception.ts";
import type { Order } from "../../src/client/sending/order.ts";
import { MemoryPieceRecord } from "../../src/client/sending/piece-record.ts";
import { readAssessment } from "../../src/client/sending/read-assessment.ts";
import { signSending } from "../../src/client/sending/sign-sending.ts";
import { startSending } from "../../src/client/sending/start-sending.ts";
import { record, text } from "../../src/client/shape.ts";
import { sendingView } from "../../src/client/views.ts";
import { waybillFacts } from "../../src/domain/waybill.ts";
import { openSenderGrant, type SenderGrant } from "../../src/seal/grants.ts";
import { generateRecoveryCode } from "../../src/seal/recovery.ts";
import { type MemberBrowser, memberBrowser } from "../../src/testing/member-browser.ts";
import type { ReceivingDevice } from "../../src/testing/receiving-device.ts";
import { sampleFacts } from "../../src/testing/samples.ts";
import type { TestServer } from "../../src/testing/server.ts";
import type { Visitor } from "../../src/testing/visitor.ts";

const RP_ID = "localhost";

/** The client's HTTP with the cookies and the token of a browser: bytes come and go as they are. */
export async function httpOf(server: TestServer, visitor: Visitor): Promise<Http> {
  const token = await visitor.token();
  const headers = () => ({ cookie: visitor.cookies(), "x-waybill-token": token });
  return new Http({ origin: server.url, fetch, headers });
}

/** A member with the secret key and the recovery code that nobody but they may have. */
export interface Person {
  readonly address: string;
  readonly browser: MemberBrowser;
  readonly recoveryCode: string;
  readonly identity: string;
}

export async function personOf(address: string, browser: MemberBrowser, recoveryCode: string): Promise<Person> {
  const { http, passkeys } = browser;
  const askPassphrase = () => Promise.reject(new Error("This passkey needs no passphrase."));
  const [key] = await unlockKeys({ passkeys, askPassphrase }, await loadMyKeys(http), "AAAA");
  if (key === undefined) throw new Error("There is no key.");
  return { address, browser, recoveryCode, identity: key.identity };
}

/** Joins by the invitation in the mail. @returns the person, and the token of the link. */
export async function joins(server: TestServer, address: string): Promise<readonly [Person, string]> {
  const mail = (await server.mail(address)).find(({ subject }) => subject.startsWith("Join"))?.text ?? "";
  const token = /\/join\/([A-Za-z0-9_-]{43})/.exec(mail)?.[1] ?? "";
  const browser = await memberBrowser(server);
  const code = await generateRecoveryCode();
  await enrol(browser.http, browser.passkeys, `/api/join/${token}`, code, "Laptop");
  return [await personOf(address, browser, code), token];
}

export const facts = sampleFacts({
  purpose: "MARKER-purpose for the hearing",
  necessity: "MARKER-necessity of counsel",
  recordCopy: "The case file",
});

export interface Sent {
  readonly reference: string;
  /** What the sender's own client can open: transfer key, six words, receipt tokens. */
  readonly access: SenderGrant;
  readonly recipients: readonly { readonly id: string; readonly address: string }[];
}

/** Described, sealed (to the organisation's recovery key too), uploaded and signed with the client's own code. */
export async function send(
  server: TestServer,
  sender: Person,
  to: readonly string[],
  content: Omit<Order, "reference">,
  recoveryKey: string,
): Promise<Sent> {
  const http = await httpOf(server, sender.browser.visitor);
  const recipients = to.map((address) => ({ address }));
  const { reference } = await http.send("POST", "/api/transfers", { facts, recipients }, record({ reference: text }));
  const made = await startSending(
    { reference, ...content },
    {
      http,
      record: new MemoryPieceRecord(),
      cipher: nodeCipher,
      pace: { now: () => performance.now(), wait: async () => pause(20), tries: 5 },
      checkKeys: keyLogCheck({
        http,
        pins: { load: async () => new Map(), save: async () => undefined },
        confirm: async () => false,
      }),
      recoveryKey: async () => recoveryKey,
      unlock: async () => [sender.identity],
      report: () => undefined,
    },
  ).done;
  const view = await http.get(`/api/transfers/${reference}`, sendingView);
  const originator = { name: "Ada Admin", address: sender.address, organisation: "Example Council" };
  await signSending(
    made,
    {
      originator,
      facts: waybillFacts(facts),
      expires: view.expiresAt,
      ...(await readAssessment(http, reference, facts)),
    },
    {
      http,
      rpId: RP_ID,
      sign: async (statement, _, credentials) => ({
        passkey: (await sender.browser.passkeys.get(statement, credentials)).signature,
      }),
    },
  );
  const access = await openSenderGrant(fromBase64(view.senderGrant ?? ""), [sender.identity], { reference });
  return { reference, access, recipients: view.recipients.map(({ id, address }) => ({ id, address })) };
}

/** Proves the mailbox with the emailed code, after a wrong one. @returns the code as it is in the mail, without its space. */
export async function provesMailbox(server: TestServer, device: ReceivingDevice, address: string): Promise<string> {
  await device.form(`/r/${device.id}/code`, {});
  const mail = (await server.mail(address)).find(({ subject }) => subject.endsWith("your code"))?.text ?? "";
  const code = (/\b(\d{4}) (\d{4})\b/.exec(mail) ?? []).slice(1).join("");
  const wrong = code.replaceAll(/\d/g, (digit) => String(9 - Number(digit)));
  if ((await device.form(`/r/${device.id}/prove`, { code: wrong })).status !== 422)
    throw new Error("A wrong code fits.");
  if ((await device.form(`/r/${device.id}/prove`, { code })).status !== 303) throw new Error("The code does not fit.");
  return code;
}

/** A recipient as their client sees them. */
export interface Receiving extends RecipientParts {
  readonly id: string;
  readonly address: string;
}

export async function arrives({ id, address, ...parts }: Receiving): Promise<void> {
  await confirmArrival(await fetchView(parts.http, id), address, "", parts);
}

/** Opens with the key given and reads everything. */
export async function opens(
  { http, id, address }: Receiving,
  key: { readonly secret: string } | { readonly identities: readonly string[] },
): Promise<readonly [OpenedTransfer, Buffer]> {
  const opened = await openTransfer(http, await fetchView(http, id), key, address);
  const items = new Items({ http, cipher: nodeCipher, patience: { wait: async () => pause(20), tries: 3 } }, opened);
  const bytes = await Array.fromAsync(items.all(new AbortController().signal));
  return [opened, Buffer.concat(bytes)];
}

export async function triesWrongWords(receiving: Receiving, words: string): Promise<void> {
  try {
    await opens(receiving, { secret: words });
  } catch (error) {
    if (error instanceof ClientError && error.code === "wrong-words") return;
    throw error;
  }
  throw new Error("Wrong words opened it.");
}

export async function receipts({ address, ...parts }: Receiving, opened: OpenedTransfer): Promise<void> {
  await tellOpened(parts.http, opened);
  await confirmReceipt(opened, address, parts);
}
