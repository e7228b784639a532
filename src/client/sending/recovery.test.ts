import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { fromBase64 } from "../../bytes/base64.ts";
import { openSenderGrant } from "../../seal/grants.ts";
import { generateKeyPair, type KeyPair } from "../../seal/keys.ts";
import { openRecoveryGrant } from "../../seal/recovery-grant.ts";
import { orderOf, SAMPLE_REFERENCE, SampleTransfer, sampleBytes } from "../../testing/sample-sending.ts";
import { WIRE_DECIDED, WIRE_EXPIRES, WIRE_FACTS, WIRE_ORIGINATOR } from "../../testing/wire-server.ts";
import { ClientError } from "../error.ts";
import { recoveryKeyDigest } from "../keys/check-recovery-key.ts";
import { sendingView } from "../views.ts";
import type { Made } from "./order.ts";
import { MemoryPieceRecord } from "./piece-record.ts";
import { rebuildMade } from "./rebuild-made.ts";
import { signSending } from "./sign-sending.ts";

const reference = SAMPLE_REFERENCE;
let sample: SampleTransfer;
let recovery: KeyPair;
before(async () => {
  sample = await SampleTransfer.start(true);
  recovery = await generateKeyPair();
});
after(() => sample.server.stop());

const order = () => orderOf(sampleBytes(70_000));

async function sealedTo(recipient: string | null, record = new MemoryPieceRecord()): Promise<Made> {
  return sample.send(order(), record, { recoveryKey: async () => recipient }).done;
}

async function transferKey(): Promise<string> {
  const view = await sample.http().get(`/api/transfers/${reference}`, sendingView);
  const grant = fromBase64(view.senderGrant ?? "");
  return (await openSenderGrant(grant, [sample.sender.identity], { reference })).identity;
}

function sign(made: Made): Promise<void> {
  const seen = { originator: WIRE_ORIGINATOR, facts: WIRE_FACTS, expires: WIRE_EXPIRES, ...WIRE_DECIDED };
  const signature = async () => ({ device: { keyId: "key", signature: "c2ln" } });
  return signSending(made, seen, { http: sample.http(), rpId: "localhost", sign: signature });
}

test("with a recovery key the transfer key is sealed to it too, and the signed record names it", async () => {
  const made = await sealedTo(recovery.recipient);
  assert.equal(made.recovery, await recoveryKeyDigest(recovery.recipient));
  const stored = sample.server.content?.recovery;
  assert.equal(stored?.key, made.recovery);
  const opened = await openRecoveryGrant(fromBase64(stored?.grant ?? ""), [recovery.identity], { reference });
  assert.equal(opened.identity, await transferKey());
  assert.equal((await sample.server.waybill()).recovery, made.recovery);
  await sign(made);
});

test("without one nothing is sealed to anybody else, and the record says null", async () => {
  const made = await sealedTo(null);
  assert.equal(made.recovery, null);
  assert.equal(sample.server.content?.recovery, null);
  assert.equal((await sample.server.waybill()).recovery, null);
});

test("a server that hides the recovery key in the record, or names one that was not sealed to, gets no signature", async () => {
  const changed = { code: "changed-record", message: /\(recovery\)/ };
  const made = await sealedTo(recovery.recipient);
  const { content } = sample.server;
  assert.ok(content);
  sample.server.content = { ...content, recovery: null };
  await assert.rejects(sign(made), changed);
  const without = await sealedTo(null);
  assert.ok(sample.server.content);
  sample.server.content = { ...sample.server.content, recovery: content.recovery };
  await assert.rejects(sign(without), changed);
});

test("another device of the sender knows from the sender's own grant whether it was sealed to a recovery key", async () => {
  const made = await sealedTo(recovery.recipient);
  const view = await sample.http().get(`/api/transfers/${reference}`, sendingView);
  const rebuilt = await rebuildMade(view, view.recipients, [sample.sender.identity], sample.http());
  assert.deepEqual(rebuilt, { ...made, grants: null });
});

test("a change that is not confirmed stops before anything is sealed or asked of the server", async () => {
  sample.server.asked.length = 0;
  const refused = async () => {
    throw new ClientError({ code: "changed-keys", message: "Not confirmed." });
  };
  const sending = sample.send(order(), new MemoryPieceRecord(), { recoveryKey: refused });
  await assert.rejects(sending.done, { code: "changed-keys" });
  assert.deepEqual(
    sample.server.asked.filter((each) => !each.startsWith("GET")),
    [],
  );
});

test("an upload that was begun under another recovery key begins anew, with a new transfer key", async () => {
  const record = new MemoryPieceRecord();
  const stop = async (recipient: string | null) => {
    const sending = sample.send(order(), record, {
      recoveryKey: async () => recipient,
      report: (state) => {
        if (state.kind === "begun") sending.stop();
      },
    });
    await assert.rejects(sending.done, { code: "cancelled" });
    return transferKey();
  };
  const begun = await stop(recovery.recipient);
  assert.equal(await stop(recovery.recipient), begun, "the same key goes on");
  const other = await stop((await generateKeyPair()).recipient);
  assert.notEqual(other, begun);
  assert.notEqual(await stop(null), other);
});
