import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { toBase64Url } from "../../src/bytes/base64.ts";
import { randomBytes } from "../../src/bytes/random.ts";
import { signAnswer } from "../../src/client/agreeing/sign-answer.ts";
import type { SigningOptions } from "../../src/domain/wire/sending.ts";
import { STATEMENT_KINDS, type Statement, standingInFor } from "../../src/log/statement.ts";
import { generateKeyPair } from "../../src/seal/keys.ts";
import { addSigner, answerRequest, BULK, requestFor, shownRequest } from "../../src/testing/approver.ts";
import { visitorHttp } from "../../src/testing/member-browser.ts";
import { addContact, addKey, foundOrganisation } from "../../src/testing/organisation.ts";
import { ReceivingDevice } from "../../src/testing/receiving-device.ts";
import { startServer, type TestServer } from "../../src/testing/server.ts";
import { type SigningSender, sealedDraft, sendStatement } from "../../src/testing/signed-transfer.ts";

const CLARA = "clara@chambers.example";
/** What a statement is turned into before it is signed: every other kind, another role, answer, signer, waybill and place. */
const others = (kind: Statement["kind"]): readonly Partial<Statement>[] => [
  ...STATEMENT_KINDS.filter((each) => each !== kind).map((each) => ({ kind: each })),
  ...[{ role: "auditor" }, { answer: "perhaps" }, { signer: "eve@council.example" }, { rpId: "evil.example" }],
  ...[{ digest: "ab".repeat(32) }, { nonce: toBase64Url(randomBytes(16)) }],
  standingInFor("lena@council.example"),
  // what the page of signing in has people sign
  { kind: "sign-in", role: "member", digest: "", signer: "", answer: "" },
];

let server: TestServer;
let sender: SigningSender;
let line: SigningSender;
let senior: SigningSender;
let reference: string;
let token: string;
let recipientId: string;

before(async () => {
  server = await startServer({ limits: { rateFactor: 10_000 } });
  await foundOrganisation(server);
  line = await addSigner(server, "Lena Line");
  senior = await addSigner(server, "Sefa Senior", { roles: ["senior-manager"] });
  sender = await addSigner(server, "Ada Clerk", { lineManagerId: line.member.id });
  await addKey(server, sender.member.id, await generateKeyPair());
  await addContact(server, sender.member, "Clara Counsel", CLARA);
  const sealed = await sealedDraft(sender.visitor, [CLARA], undefined, BULK);
  reference = sealed.reference;
  [recipientId = "", token = ""] = Object.entries(sealed.access.tokens)[0] ?? [];
});
after(() => server.stop());

const kinds = async () => (await server.records.read.eventsOf(reference)).map(({ kind }) => kind);

/** Tries each of the others, which change nothing; then what is asked for, which counts. */
async function onlyAs(
  kind: Statement["kind"],
  event: string,
  sign: (changes: Partial<Statement>) => Promise<number>,
): Promise<void> {
  const earlier = await kinds();
  for (const changes of others(kind)) {
    const status = await sign(changes);
    assert.ok(status >= 400 && status < 500, `${kind} with ${JSON.stringify(changes)}: ${status}`);
    assert.deepEqual(await kinds(), earlier);
  }
  const status = await sign({});
  assert.ok(status < 300, `${kind} itself: ${status}`);
  assert.ok((await kinds()).slice(earlier.length).includes(event as (typeof earlier)[number]));
}

test("SIS-37: a sending is signed by no signature of another kind, role, person, waybill or place", async () => {
  const path = `/api/transfers/${reference}/sign`;
  await onlyAs("send", "waybill-signed", async (changes) => {
    const options = (await sender.visitor.api("POST", `${path}/options`, {})).json<SigningOptions>();
    const passkey = await sender.passkey.sign({ ...(await sendStatement(options)), ...changes });
    return (await sender.visitor.api("POST", path, { nonce: options.nonce, passkey })).status;
  });
});

test("SIS-37, SDT-3: an approval is no signature of another kind, role, person, waybill or place; a relayed sign-in is none", async () => {
  const id = await requestFor(server, reference, "line-manager");
  await onlyAs("approve", "approval-given", async (changes) => {
    const http = await visitorHttp(server, line.visitor);
    const passkeys = {
      create: () => Promise.reject(new Error("This passkey makes no others.")),
      get: async (statement: Statement) => ({
        signature: await line.passkey.sign({ ...statement, ...changes }),
        prf: null,
      }),
    };
    const refused = await signAnswer("approve", "", await shownRequest(line, id), {
      http,
      passkeys,
      rpId: "localhost",
    }).then(
      () => 200,
      (cause: { refusal?: { status: number } }) => cause.refusal?.status ?? 0,
    );
    return refused;
  });
  await answerRequest(server, senior, await requestFor(server, reference, "senior-manager"), "approve");
});

test("SIS-37, SDT-28: arrival and receipt are signed by nothing else either, and a made-up receipt token is refused", async () => {
  const device = await ReceivingDevice.proved(server, recipientId);
  await onlyAs("arrive", "recipient-arrived", async (changes) => (await device.arrive("", changes)).status);
  const made = toBase64Url(randomBytes(32));
  assert.ok((await device.opened(made)).status >= 400);
  assert.ok((await device.receipt(made)).status >= 400);
  assert.equal((await device.opened(token)).status, 200);
  assert.ok((await device.receipt(made)).status >= 400);
  const another = await ReceivingDevice.proved(server, recipientId);
  assert.ok((await another.receipt(token)).status >= 400, "another device's key, that did not confirm arrival");
  await onlyAs("receive", "receipt-signed", async (changes) => (await device.receipt(token, changes)).status);
});
