import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { correctAddress } from "../../../domain/lifecycle/correction-arrow.ts";
import { fixWaybill, type Waybill } from "../../../domain/waybill.ts";
import { generateKeyPair } from "../../../seal/keys.ts";
import { addMember } from "../../../testing/organisation.ts";
import { openReceivingDesk, type ReceivingDesk } from "../../../testing/receiving-desk.ts";
import { ReceivingDevice } from "../../../testing/receiving-device.ts";
import { Visitor } from "../../../testing/visitor.ts";
import { carryOut } from "../../carry-out.ts";

let desk: ReceivingDesk;
before(async () => {
  desk = await openReceivingDesk();
});
after(() => desk.stop());

test("SIS-24: the page that opens says the handling for its classification, and needs arrival first", async () => {
  const { id, link } = await desk.sent({ contact: desk.clerk });
  const device = await ReceivingDevice.proved(desk.server, id);
  assert.equal((await device.get(`${link}/open`)).headers.get("location"), `${link}/arrive`);
  await device.arrive();
  const page = await device.get(`${link}/open`);
  assert.equal(page.status, 200);
  assert.match(page.text, /data-proof="mailbox"/);
  assert.match(page.text, /This information is OFFICIAL\./);
  assert.match(
    page.text,
    /data-proof-of-opening hidden>[\s\S]*Save the receipt token/,
    "SDT-28: shown once it is opened",
  );
  assert.match((await device.get(`${link}/open?lang=cy`)).text, /Cadw’r tocyn derbyn/);
  const member = await addMember(desk.server, "Max Member");
  const mine = await desk.sent({ member, keys: await generateKeyPair() });
  const opened = await (await new Visitor(desk.server).signIn(member.id)).get(`${mine.link}/open`);
  assert.match(opened.text, /data-proof="member"/);
});

test("after another recipient's address was corrected, arrival is confirmed again under the new waybill, with the same key", async () => {
  const { id, link, reference, token, recipients } = await desk.sent({ contact: desk.clerk }, { contact: desk.welsh });
  const device = await ReceivingDevice.proved(desk.server, id);
  await device.arrive();
  assert.equal((await device.get(`${link}/open`)).status, 200);
  const [transfer, wrong] = [
    await desk.server.records.read.transfer(reference),
    await desk.row(recipients[1]?.id ?? ""),
  ];
  assert.ok(transfer);
  const taken = { at: desk.server.clock.now().toISOString(), by: { kind: "member", id: desk.sender.id } } as const;
  const correction = {
    wrong,
    right: { ...wrong, id: "BBBBBBBBBBBBBBBBBBBBBB", position: 2, address: "right@chambers.example", state: "named" },
    waybill: await fixWaybill({ ...(JSON.parse(transfer.waybill?.text ?? "") as Waybill), expires: "corrected" }),
    senderGrant: "c2VhbGVk",
  } as const;
  const proof = { statement: "", signature: "", publicKey: "", keyKind: "passkey" } as const;
  await desk.server.records.write((tx) => carryOut(tx, correctAddress(transfer, correction, proof, taken)));
  assert.equal((await device.get(`${link}/open`)).headers.get("location"), `${link}/arrive`);
  assert.match((await device.get(`${link}/arrive`)).text, /corrected something in the transfer record/);
  assert.equal((await device.arrive()).status, 200);
  assert.equal((await device.get(`${link}/open`)).status, 200);
  await device.opened(token);
  assert.equal((await device.receipt(token)).status, 200);
  const arrivals = (await desk.server.records.read.eventsOf(reference)).filter(
    ({ kind }) => kind === "recipient-arrived",
  );
  const digests = arrivals.map(({ detail }) => (JSON.parse(String(detail.statement)) as { digest: string }).digest);
  assert.deepEqual(digests, [transfer.waybill?.digest, correction.waybill.digest]);
  assert.deepEqual(arrivals.at(-1)?.detail.otherDevice, false);
});

test("the page that opens names the command for what is too large for a browser, with the link, in either language", async () => {
  for (const [contact, folder] of [
    [desk.clerk, "received"],
    [desk.welsh, "derbyniwyd"],
  ] as const) {
    const { id, link } = await desk.sent({ contact });
    const device = await ReceivingDevice.proved(desk.server, id);
    await device.arrive();
    const { text } = await device.get(`${link}/open`);
    assert.ok(text.includes(`waybill receive ${desk.server.url}${link} -o ${folder}</p>`), folder);
  }
});
