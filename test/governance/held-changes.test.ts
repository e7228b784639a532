import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { addContact } from "../../src/testing/organisation.ts";
import { ReceivingDevice } from "../../src/testing/receiving-device.ts";
import type { TestServer } from "../../src/testing/server.ts";
import { type SigningSender, sealedDraft, signedTransfer } from "../../src/testing/signed-transfer.ts";
import type { Visitor } from "../../src/testing/visitor.ts";
import { CLARA, startPrivacyCouncil } from "./privacy-council.ts";

const OLU = "olu@chambers.example";
const ASKS = {
  facts: {
    ...{ personal: true, special: false, offences: false, namesWithAddresses: false, people: 3 },
    ...{ sensitive: true, classification: "OFFICIAL-SENSITIVE" as const },
    impact: { individuals: "some", organisation: "none" },
  },
  expecting: true,
} as const;

let server: TestServer;
let sender: SigningSender;
let keeper: Visitor;

before(async () => {
  ({ server, sender, keeper } = await startPrivacyCouncil());
  await addContact(server, sender.member, "Olu Outside", OLU);
});
after(() => server.stop());

async function hold(fields: Readonly<Record<string, string>>): Promise<void> {
  const answer = await keeper.form("/governance/holds/new", { reason: "The tribunal asks.", ...fields });
  assert.equal(answer.status, 303, answer.text);
}

/** Everything that must not change: the transfer, its recipients, and the bytes of its body. */
async function keptOf(reference: string) {
  const { read } = server.records;
  const transfer = await read.transfer(reference);
  return {
    transfer,
    recipients: await read.recipients(reference),
    body: await server.parts.blobs.stat(transfer?.uploadId ?? ""),
    events: (await read.eventsOf(reference)).length,
  };
}

const described = (recipients: readonly string[]) => ({
  ...{ recipients: recipients.join("\n"), purpose: "Another", necessity: "Needed", recordCopy: "The file" },
  ...{ expiry: "keep", classification: "OFFICIAL", personal: "no", sensitive: "no", minimised: "yes" },
  ...{ informationAsked: "yes", seen: recipients.join("\n") },
});

/** Every act of a sender's that would drop what was sealed for a draft. */
const ACTS: readonly (readonly [
  string,
  (path: string, grant: string, content: object) => Promise<{ status: number; text: string }>,
])[] = [
  ["another method", (path) => sender.visitor.form(`${path}/method`, { method: "post" })],
  ["the sender's grant anew", (path, grant) => sender.visitor.api("PUT", `/api${path}/sender-grant`, { grant })],
  ["the content anew", (path, _, content) => sender.visitor.api("PUT", `/api${path}/content`, content)],
  ["one more recipient", (path) => sender.visitor.form(`${path}/describe`, described([CLARA, OLU]))],
  ["other recipients", (path) => sender.visitor.form(`${path}/describe`, described([OLU]))],
];

test("SIS-37: under a hold, what was signed is not changed, and the sender reads why and what to do", async () => {
  const { reference } = await signedTransfer(sender, [CLARA], undefined, ASKS);
  const path = `/transfers/${reference}`;
  assert.equal((await server.records.read.transfer(reference))?.state, "requested");
  await hold({ on: "transfer", reference });
  const before = await keptOf(reference);
  for (const answer of [await sender.visitor.get(`${path}/change`), await sender.visitor.form(`${path}/change`, {})]) {
    assert.equal(answer.status, 409);
    assert.match(answer.text, /under a hold, placed because: The tribunal asks\. [\s\S]*start a new transfer instead/);
  }
  assert.deepEqual(await keptOf(reference), before);
});

test("SIS-37: a hold that comes while it is changed keeps what is sealed from every act; without one each is carried out", async () => {
  for (const [what, act] of ACTS) {
    for (const on of ["nothing", "transfer", "person"] as const) {
      const sealed = await signedTransfer(sender, [CLARA], undefined, ASKS);
      const { reference } = sealed;
      const path = `/transfers/${reference}`;
      assert.equal((await sender.visitor.form(`${path}/change`, {})).status, 303);
      if (on !== "nothing") await hold(on === "transfer" ? { on, reference } : { on, address: CLARA });
      const before = await keptOf(reference);
      const other = { ...sealed.content, manifest: sealed.senderGrant, content: await digestOf(sealed.senderGrant) };
      const answer = await act(path, sealed.senderGrant, other);
      if (on === "nothing") {
        assert.ok(answer.status < 400, `${what}: ${answer.text}`);
        assert.notDeepEqual(await keptOf(reference), before, what);
        continue;
      }
      assert.equal(answer.status, 409, `${what}, ${on}`);
      assert.match(answer.text, /under a hold/, what);
      assert.deepEqual(await keptOf(reference), before, `${what}, ${on}`);
      await liftAll();
    }
  }
});

test("SIS-37: under a hold, ending one access ends it at once and keeps what was sealed to them, whoever ends it", async () => {
  for (const by of ["sender", "recipient"] as const) {
    const { reference } = await signedTransfer(sender, [CLARA, OLU]);
    const [clara] = await server.records.read.recipients(reference);
    assert.ok(clara?.grant);
    const device = await ReceivingDevice.proved(server, clara.id);
    assert.equal((await device.arrive()).status, 200);
    await hold({ on: "transfer", reference });
    if (by === "sender") {
      assert.equal((await sender.visitor.form(`/transfers/${reference}/recipients/${clara.id}/end`, {})).status, 303);
    } else assert.equal((await device.form(`/r/${clara.id}/not-for-me`, {})).status, 200);
    const [after] = await server.records.read.recipients(reference);
    assert.deepEqual([after?.state, after?.grant], [by === "sender" ? "dropped" : "misdirected", clara.grant]);
    for (const path of ["", "/manifest"]) {
      const answer = await device.get(`/api/r/${clara.id}${path}`);
      assert.ok(answer.status >= 400 && !answer.text.includes(clara.grant.slice(0, 40)), `${by}${path}`);
    }
    await liftAll();
  }
});

test("a draft that nobody ever signed may be changed under a hold", async () => {
  await hold({ on: "person", address: CLARA });
  const { reference } = await sealedDraft(sender.visitor, [CLARA], undefined, ASKS);
  assert.equal((await sender.visitor.form(`/transfers/${reference}/describe`, described([OLU]))).status, 303);
  const named = (await server.records.read.recipients(reference)).map(({ address }) => address);
  assert.deepEqual(named, [OLU]);
  await liftAll();
});

async function liftAll(): Promise<void> {
  for (const { id } of await server.records.read.holds()) {
    assert.equal((await keeper.form(`/governance/holds/${id}/lift`, { reason: "Decided" })).status, 303);
  }
}

async function digestOf(base64: string): Promise<string> {
  const bytes = await crypto.subtle.digest("SHA-256", Buffer.from(base64, "base64"));
  return Buffer.from(bytes).toString("hex");
}
