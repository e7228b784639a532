import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Contact } from "../../domain/contact.ts";
import type { Waybill } from "../../domain/waybill.ts";
import { fromRow, toRow } from "../../store/columns.ts";
import { transfer as columns } from "../../store/transfer-columns.ts";
import { answerRequest, requestFor } from "../../testing/approver.ts";
import { type CarryingDesk, CLARA, openCarryingDesk } from "../../testing/carrying-desk.ts";
import { sampleEvent } from "../../testing/samples.ts";
import { namedBy } from "./named.ts";

const [FIRST, SECOND, LOOSE] = ["+442079460142", "+442079460143", "+442079460199"];

let desk: CarryingDesk;
before(async () => {
  desk = await openCarryingDesk();
  await numbers([FIRST, SECOND], [LOOSE]);
});
after(() => desk?.server.stop());

/** The numbers of Clara's entry: those that somebody checked, and others. */
async function numbers(checked: readonly string[], unchecked: readonly string[] = []): Promise<void> {
  const verified = { how: "From their letterhead", byMemberId: desk.sender.member.id, at: "2026-11-01T09:00:00.000Z" };
  const phones: Contact["phones"] = [
    ...checked.map((number) => ({ kind: "telephone" as const, number, verified })),
    ...unchecked.map((number) => ({ kind: "telephone" as const, number, verified: null })),
  ];
  const clara = (await desk.server.records.read.contactByAddress(CLARA)) ?? assert.fail("Clara is not there.");
  await desk.server.records.write(async (tx) => {
    await tx.saveContact({ ...clara, phones });
    await tx.append(sampleEvent({ kind: "contact-changed" }));
  });
}

const recipientOf = async (reference: string) => (await desk.server.records.read.recipients(reference))[0]?.id ?? "";
const state = async (reference: string, number: string) => {
  const body = { items: "1", [`number-${await recipientOf(reference)}`]: number };
  return desk.sender.visitor.form(`/transfers/${reference}/carriage`, body);
};
const waybill = async (reference: string): Promise<Waybill> =>
  JSON.parse((await desk.transfer(reference)).waybill?.text ?? "{}") as Waybill;
const ring = (reference: string) =>
  desk.carry(reference, {
    seen: ["verify:phone-identity", "declare:phone-minimum"],
    told: "instructions or a request",
    confirmed: "The date; rang back",
  });

async function lineAgrees(reference: string): Promise<void> {
  await answerRequest(desk.server, desk.line, await requestFor(desk.server, reference, "line-manager"), "approve");
}

test("SIS-20, OXM-8: one checked number is chosen before anything is signed, and the waybill names that one", async () => {
  const reference = await desk.drafted("telephone", { items: "1" });
  const page = (await desk.sender.visitor.get(`/transfers/${reference}/carriage`)).text;
  assert.match(page, /On which number do you ring Clara Counsel/);
  assert.ok(page.includes(FIRST) && page.includes(SECOND) && !page.includes(LOOSE));
  assert.match((await desk.sender.visitor.get(`/transfers/${reference}/tasks`)).text, /Choose the checked number/);
  assert.equal(await desk.signed(reference), 409);
  await state(reference, LOOSE);
  assert.equal(await desk.signed(reference), 409, "nobody checked that one");
  assert.equal((await state(reference, SECOND)).status, 303);
  assert.equal(await desk.signed(reference), 200);
  assert.deepEqual((await waybill(reference)).carried?.places, [SECOND]);
  await lineAgrees(reference);
  const going = (await desk.sender.visitor.get(`/transfers/${reference}/carry`)).text;
  assert.match(going, /020 7946 0143/);
  assert.doesNotMatch(going, /020 7946 0142|020 7946 0199/);
  await numbers([FIRST, SECOND, "+442079460150"]);
  assert.equal((await ring(reference)).status, 303, "another number of theirs changes nothing");
});

test("SIS-20: a number that nobody vouches for any more is not dialled, signed or not; the only one is chosen by itself", async () => {
  await numbers([FIRST, SECOND]);
  const signed = await desk.drafted("telephone", { items: "1" });
  const draft = await desk.drafted("telephone", { items: "1" });
  for (const reference of [signed, draft]) await state(reference, SECOND);
  assert.equal(await desk.signed(signed), 200);
  await lineAgrees(signed);
  await numbers([FIRST], [SECOND]);
  const went = await ring(signed);
  assert.equal(went.status, 409);
  assert.match(went.text, /not what was signed/);
  const options = await desk.sender.visitor.api("POST", `/api/transfers/${draft}/sign/options`, {});
  assert.equal(options.status, 409);
  assert.match(options.text, /not checked any more/);
  assert.match(
    (await desk.sender.visitor.get(`/transfers/${draft}/carriage`)).text,
    /the checked number under Contacts/,
  );
  await desk.sender.visitor.form(`/transfers/${draft}/carriage`, { items: "1" });
  assert.equal(await desk.signed(draft), 200);
  assert.deepEqual((await waybill(draft)).carried?.places, [FIRST]);
});

test("SIS-20: what was stored before one number was chosen is read: a draft is asked, and what was signed with them all still goes", async () => {
  await numbers([FIRST]);
  const signed = await desk.drafted("telephone", { items: "1" });
  assert.equal(await desk.signed(signed), 200);
  await lineAgrees(signed);
  await storedEarlier(signed);
  assert.equal((await ring(signed)).status, 303);

  await numbers([FIRST, SECOND]);
  const draft = await desk.drafted("telephone", { items: "1" });
  await storedEarlier(draft);
  assert.equal(await desk.signed(draft), 409);
  const { carriage } = await desk.transfer(draft);
  const recipients = await desk.server.records.read.recipients(draft);
  const { places } = await namedBy(desk.server.records.read, carriage ?? assert.fail(), recipients);
  assert.deepEqual(places, [`${FIRST}, ${SECOND}`]);
});

/** Makes it what an earlier version wrote, which knew of no choice, as the store reads that. */
async function storedEarlier(reference: string): Promise<void> {
  const row = toRow(columns, await desk.transfer(reference));
  const carriage = JSON.parse(row.carriage ?? "{}") as { readonly fixed: { readonly numbers?: unknown } };
  const { numbers: _, ...fixed } = carriage.fixed;
  const transfer = fromRow("transfer", columns, { ...row, carriage: JSON.stringify({ ...carriage, fixed }) });
  assert.equal(transfer.carriage?.fixed.numbers, null);
  await desk.server.records.write(async (tx) => {
    await tx.saveTransfer(transfer);
    await tx.append(sampleEvent({ kind: "transfer-changed", reference }));
  });
}
