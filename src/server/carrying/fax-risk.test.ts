import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { fixWaybill, type Waybill } from "../../domain/waybill.ts";
import { verifyPack } from "../../evidence/verify-pack.ts";
import { fromRow, toRow } from "../../store/columns.ts";
import { contact as contactColumns } from "../../store/people-columns.ts";
import { transfer as columns } from "../../store/transfer-columns.ts";
import { answerRequest, requestFor } from "../../testing/approver.ts";
import {
  type CarryingDesk,
  CLARA,
  CLARA_FAXES,
  CLARA_RINGS,
  openCarryingDesk,
  RISK,
  SENSITIVE,
} from "../../testing/carrying-desk.ts";
import { sampleEvent } from "../../testing/samples.ts";

let desk: CarryingDesk;
let stated: Record<string, string>;
before(async () => {
  desk = await openCarryingDesk();
  const about = { number: "01632 960001", location: "Room 2.14", owner: "Listing office" };
  await desk.operations.form("/fax-machines/new", about);
  const [machine] = await desk.server.records.read.faxMachines();
  const seen = ["polling", "redirection", "forwarding", "remote", "memory"];
  const until = new Date(desk.server.clock.now().getTime() + 100 * 86_400_000);
  const day = { day: String(until.getUTCDate()), month: String(until.getUTCMonth() + 1) };
  const checked = { seen, ...day, year: String(until.getUTCFullYear()) };
  assert.equal((await desk.operations.form(`/fax-machines/${machine?.id}/check`, checked)).status, 303);
  stated = { items: "1", pages: "4", reason: "Their link is down", faxMachineId: machine?.id ?? "" };
});
after(() => desk?.server.stop());

const seen = ["verify:fax-number", "declare:fax-recipient-attending"];

/** Signed, and agreed to by everybody. @returns what the asset owner read before they agreed */
async function agreed(reference: string): Promise<string> {
  assert.equal(await desk.signed(reference), 200);
  await desk.approvedByLine(reference);
  const request = await requestFor(desk.server, reference, "information-asset-owner");
  const read = (await desk.owner.visitor.get(`/to-agree/${request}`)).text;
  await answerRequest(desk.server, desk.owner, request, "approve");
  return read;
}

test("SIS-18: an assessment says what, by whom and when, or is none; nothing is signed without it", async () => {
  const reference = await desk.drafted("fax", stated);
  assert.equal(await desk.signed(reference), 409);
  const refused = async (fields: Record<string, string>, says: RegExp) => {
    const answer = await desk.sender.visitor.form(`/transfers/${reference}/carriage`, {
      ...stated,
      ...RISK,
      ...fields,
    });
    assert.equal(answer.status, 422);
    assert.match(answer.text, says);
    assert.match(answer.text, /name="reason"[^>]*>Their link is down</, "what was typed is kept");
  };
  await refused({ risk: " " }, /Say what was assessed and what was decided/);
  await refused({ riskBy: "" }, /Say who assessed it/);
  await refused({ "riskOn-day": "", "riskOn-year": "" }, /Enter the day on which it was assessed/);
  await refused({ "riskOn-year": "2999" }, /Enter the day on which it was assessed/);
  await desk.sender.visitor.form(`/transfers/${reference}/carriage`, { ...stated, riskBy: "Sam Sender" });
  assert.equal((await desk.transfer(reference)).carriage?.fixed.risk, null, "a name alone assesses nothing");
  assert.equal(await desk.signed(reference), 409);
});

test("SIS-18: the risk is asked about where a rule that runs wants it assessed, and of nothing else", async () => {
  const asks = async (facts: object) => {
    const reference = await desk.drafted("fax", stated, facts);
    return /name="risk"/.test((await desk.sender.visitor.get(`/transfers/${reference}/carriage`)).text);
  };
  assert.deepEqual(
    [await asks(SENSITIVE), await asks({ ...SENSITIVE, classification: "OFFICIAL", sensitive: false })],
    [true, false],
  );
});

test("SIS-18, SIS-20: whoever agrees reads the assessment, the record and the evidence keep it, and the number that was dialled", async () => {
  const reference = await desk.drafted("fax", { ...stated, ...RISK });
  const owner = await agreed(reference);
  const shown = /data-line="risk">([^<]*)</.exec(owner)?.[1];
  assert.equal(shown, `${RISK.risk}\nAssessed by ${RISK.riskBy} on 2 November 2026`);
  const waybill = JSON.parse((await desk.transfer(reference)).waybill?.text ?? "{}") as Waybill;
  assert.deepEqual(waybill.carried?.risk, { says: RISK.risk, by: RISK.riskBy, on: "2026-11-02" });
  assert.deepEqual(waybill.carried?.places, [CLARA_FAXES]);

  const checklist = (await desk.sender.visitor.get(`/transfers/${reference}/carry`)).text;
  assert.match(checklist, /<label[^>]*>[^<]*<br><span class="wb-given">Clara Counsel<\/span>: <strong>020 7946 0155</);
  const tried = await desk.sender.visitor.form(`/transfers/${reference}/carry/attempt`, { seen, what: "Busy" });
  const kept = await desk.sender.visitor.get(tried.headers.get("location") ?? "");
  assert.match(kept.text, /value="verify:fax-number" checked/, "SIS-22: the ticks are kept");
  assert.equal((await desk.carry(reference, { seen, pages: "4" })).status, 303);
  const [row] = await desk.server.records.read.recipients(reference);
  const at = `/transfers/${reference}/carried/${row?.id}`;
  await desk.sender.visitor.form(`${at}/arrival`, { by: "phone" });
  await desk.sender.visitor.form(`${at}/receipt`, { by: "phone", pages: "4" });
  const history = (await desk.sender.visitor.get(`/transfers/${reference}`)).text;
  assert.match(history, /Dialled 020 7946 0155/);
  assert.match(history, /The risk of sending it by fax: The machine stands in a locked room/);
  const pack = await desk.sender.visitor.api("POST", `/api/transfers/${reference}/evidence`, {});
  const { evidence } = await verifyPack(pack.bytes, { log: desk.server.parts.log.keeper.key, witnesses: [] });
  const of = (kind: string) => evidence.events.findLast((each) => each.kind === kind)?.detail;
  assert.equal(of("transfer-dispatched")?.dialled, CLARA_FAXES);
  assert.equal(of("transfer-changed")?.riskBy, RISK.riskBy);
});

test("SIS-20: a fax goes to no telephone: without a checked fax number the sender is told to add one, with the link", async () => {
  const clara = (await desk.server.records.read.contactByAddress(CLARA)) ?? assert.fail();
  const later = await desk.drafted("fax", { ...stated, ...RISK });
  await agreed(later);
  const save = (phones: typeof clara.phones) =>
    desk.server.records.write(async (tx) => {
      await tx.saveContact({ ...clara, phones });
      await tx.append(sampleEvent({ kind: "contact-changed" }));
    });
  // As it was stored before numbers had a kind: everything is a telephone.
  const row = toRow(contactColumns, clara);
  const untold = (JSON.parse(row.phones) as { kind: string }[]).map(({ kind: _, ...others }) => others);
  await save(fromRow("contact", contactColumns, { ...row, phones: JSON.stringify(untold) }).phones);
  const draft = await desk.drafted("fax", { ...stated, ...RISK });
  assert.equal(await desk.signed(draft), 409);
  const page = (await desk.sender.visitor.get(`/transfers/${draft}/carriage`)).text;
  assert.match(page, new RegExp(`has no fax number[^<]*<a[^>]*href="/contacts/${clara.id}/edit#faxes"`));
  assert.ok(!page.includes(CLARA_RINGS));
  const carry = (await desk.sender.visitor.get(`/transfers/${later}/carry`)).text;
  assert.match(carry, /a fax goes to no telephone number/);
  assert.equal((await desk.carry(later, { seen, pages: "4" })).status, 409, "what was agreed to is checked no more");
  await save(clara.phones);
  assert.equal((await desk.carry(later, { seen, pages: "4" })).status, 303);
});

test("SIS-18: the tick of an earlier version is read and assesses nothing, and its waybills stay as they are", async () => {
  const reference = await desk.drafted("fax", { ...stated, ...RISK });
  await agreed(reference);
  const transfer = await desk.transfer(reference);
  const row = toRow(columns, transfer);
  const { fixed, ...others } = JSON.parse(row.carriage ?? "{}") as { fixed: { risk: unknown } };
  const { risk: _, ...rest } = fixed;
  const earlier = { ...others, fixed: { ...rest, riskAssessed: true } };
  const read = fromRow("transfer", columns, { ...row, carriage: JSON.stringify(earlier) });
  assert.equal(read.carriage?.fixed.risk, null);
  await desk.server.records.write(async (tx) => {
    await tx.saveTransfer(read);
    await tx.append(sampleEvent({ kind: "transfer-changed", reference }));
  });
  assert.equal((await desk.carry(reference, { seen, pages: "4" })).status, 409);
  assert.match((await desk.sender.visitor.get(`/transfers/${reference}/carry`)).text, /It cannot go as things are now/);

  // A waybill of before has no `risk`: its digest is that of its own text.
  const { risk: without, ...carried } =
    (JSON.parse(transfer.waybill?.text ?? "{}") as Waybill).carried ?? assert.fail();
  assert.ok(without);
  const before = { ...(JSON.parse(transfer.waybill?.text ?? "{}") as Waybill), carried };
  assert.doesNotMatch((await fixWaybill(before)).text, /"risk"/);
});
