import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";
import { expire } from "../../domain/lifecycle/transfer-arrows.ts";
import type { RecordedRule } from "../../domain/recorded-assessment.ts";
import { NAMES } from "../../evidence/pack.ts";
import { readPack } from "../../evidence/read-zip.ts";
import { remindReceipts } from "../../jobs/remind-receipts.ts";
import { fromRow, toRow } from "../../store/columns.ts";
import { transfer as columns } from "../../store/transfer-columns.ts";
import { type CarryingDesk, CLARA_RINGS, openCarryingDesk } from "../../testing/carrying-desk.ts";
import { readPdf } from "../../testing/read-pdf.ts";
import { carriedReminder } from "./on-its-way.ts";

let desk: CarryingDesk;
before(async () => {
  desk = await openCarryingDesk();
});
after(() => desk?.server.stop());

test("SIS-23: nothing is sealed on what people carry, nor shown to who agrees", async () => {
  const reference = await desk.drafted("telephone", { items: "1" });
  const grant = await desk.sender.visitor.api("PUT", `/api/transfers/${reference}/sender-grant`, { grant: "AAAA" });
  assert.ok(grant.status >= 400);
  assert.equal((await desk.transfer(reference)).senderGrant, null);
});

test("SDT2-3: by hand only with identification seen, whose kind is recorded; it is there at once", async () => {
  const reference = await desk.agreed("hand-delivery", { items: "1" });
  const unseen = await desk.carry(reference, { handedTo: "Clara Counsel", identification: "staff pass" });
  assert.equal(unseen.status, 422);
  const nobody = await desk.carry(reference, { seen: ["verify:identity-seen"] });
  assert.match(nobody.text, /Say to whom you handed it/);
  const seen = ["verify:identity-seen"];
  const number = await desk.carry(reference, { seen, handedTo: "Clara Counsel", identification: "Passport 533401372" });
  assert.match(number.text, /Choose which kind of identification you saw/, "the kind, and never its number");
  const card = { seen, handedTo: "Clara Counsel", identification: "other", identificationOther: "Card 4711" };
  assert.match((await desk.carry(reference, card)).text, /Numbers of documents are not recorded/);
  const other = await desk.carry(reference, { seen, handedTo: "Rhys Reception", identification: "staff pass" });
  assert.match(other.text, /This is for Clara Counsel/, "SDT-7: somebody else takes it only where that is said");
  const went = { seen: ["verify:identity-seen"], handedTo: "Clara Counsel", identification: "staff pass" };
  assert.equal((await desk.carry(reference, went)).status, 303);
  const [row] = await desk.server.records.read.recipients(reference);
  assert.ok(row?.state === "arrived");
  const { sender, server } = desk;
  const organisation = (await server.records.read.organisation()) ?? assert.fail();
  const about = {
    transfer: await desk.transfer(reference),
    sender: sender.member,
    organisation,
    place: server.parts.place,
  };
  const there = carriedReminder({ ...about, recipient: row }).text;
  assert.match(there, /was handed over for you\. Nobody has confirmed yet that it is complete/);
  assert.doesNotMatch(there, /nothing came/, "SDT-28: it is there by the record");
  assert.match(carriedReminder({ ...about, recipient: { ...row, language: "cy" } }).text, /ei fod yn gyflawn/);
  assert.match(carriedReminder({ ...about, recipient: { ...row, state: "released" } }).text, /If nothing came/);
  assert.match((await desk.sender.visitor.get(`/transfers/${reference}`)).text, /identification seen: staff pass/);
  // SIS-28: open when it was signed, and met when it went.
  const { read } = desk.server.records;
  const [fixed] = await read.fixedWaybillsOf(reference);
  const atRelease = await read.releasedAssessment(fixed?.digest ?? "");
  const identity = (text = "{}") => {
    const { asked = [] } = JSON.parse(text) as { asked?: readonly RecordedRule[] };
    const rule = asked.find(({ need }) => need === "verify:identity-seen");
    return [rule?.met, rule?.by];
  };
  assert.deepEqual(
    [identity(fixed?.assessment), identity(atRelease?.text)],
    [
      [false, []],
      [true, ["Identification was seen"]],
    ],
  );
});

test("SDT2-3: whoever came for it is recorded as having collected it, under the rules of what is handed over", async () => {
  const reference = await desk.agreed("hand-delivery", { items: "1" });
  const went = { handedTo: "Clara Counsel", identification: "staff pass", handover: "collected" };
  assert.equal((await desk.carry(reference, went)).status, 422, "identification is seen all the same");
  const seen = ["verify:identity-seen"];
  for (const handover of ["", "toString", "posted"]) {
    const unsaid = await desk.carry(reference, { ...went, seen, handover });
    assert.match(unsaid.text, /Choose whether you took it to them, or they came for it/);
  }
  assert.equal((await desk.carry(reference, { ...went, seen })).status, 303);
  const page = (await desk.sender.visitor.get(`/transfers/${reference}`)).text;
  for (const said of [/Collected by Clara Counsel; identification seen: staff pass/, /recorded that it was collected/])
    assert.match(page, said);
  assert.doesNotMatch(page, /Handed over/);
  const [{ id = "" } = {}] = await desk.server.records.read.recipients(reference);
  const at = `/transfers/${reference}/carried/${id}`;
  assert.match((await desk.sender.visitor.get(`${at}/signature`)).text, /Collected by/);
  const receipt = await desk.sender.visitor.get(`/transfers/${reference}/papers/receipt/${id}`);
  const text = (await readPdf(receipt.bytes)).texts.map((each) => each.text).join(" ");
  assert.match(text, /How\s+Collected/);
  await desk.sender.visitor.form(`${at}/signature`, { by: "paper", name: "Clara Counsel", complete: "yes" });
  await desk.verified(reference);
  const pack = await desk.sender.visitor.api("POST", `/api/transfers/${reference}/evidence`, {});
  const files = await readPack(pack.bytes);
  const { packed } = await readPdf(files.get(NAMES.paper) ?? assert.fail());
  assert.match(packed, /itwascollected,byClaraCounsel,identificationseen:staffpass/);
});

test("SDT2-3: the paper that is printed before has both ways, and what was stored before says that it was brought", async () => {
  const reference = await desk.agreed("hand-delivery", { items: "1" });
  const [{ id = "" } = {}] = await desk.server.records.read.recipients(reference);
  const textOf = async (paper: string) => {
    const { bytes } = await desk.sender.visitor.get(`/transfers/${reference}/papers/${paper}`);
    return (await readPdf(bytes)).texts.map((each) => each.text).join(" ");
  };
  assert.match(await textOf(`receipt/${id}`), /Brought by hand[\s\S]*Collected/);
  assert.match(await textOf("checklist"), /Taken to them, or collected by them/);
  const went = { seen: ["verify:identity-seen"], handedTo: "Clara Counsel", identification: "staff pass" };
  await desk.carry(reference, went);
  const row = toRow(columns, await desk.transfer(reference));
  const { dispatch, ...stored } = JSON.parse(row.carriage ?? "{}") as { readonly dispatch: Record<string, unknown> };
  const { collected, ...earlier } = dispatch;
  assert.equal(collected, false);
  const read = fromRow("transfer", columns, { ...row, carriage: JSON.stringify({ ...stored, dispatch: earlier }) });
  assert.equal(read.carriage?.dispatch?.collected, false);
});

test("SDT2-4: by telephone, the number that was rung, how identity was confirmed, and the kind of information: three things, and no content", async () => {
  const reference = await desk.agreed("telephone", { items: "1" });
  const seen = ["verify:phone-identity", "declare:phone-minimum"];
  const page = (await desk.sender.visitor.get(`/transfers/${reference}/carry`)).text;
  assert.match(page, /<label[^>]*>[^<]*<br><span class="wb-given">Clara Counsel<\/span>: <strong>020 7946 0142</);
  const refused = async (fields: Record<string, string>, says: RegExp) => {
    const answer = await desk.carry(reference, { seen, ...fields });
    assert.equal(answer.status, 422);
    assert.match(answer.text, says);
  };
  const confirmed = "Rang back on the number of their website";
  await refused({ confirmed }, /Choose what kind of information you gave/);
  await refused({ confirmed, told: "Jane Doe’s result is positive" }, /Choose what kind of information you gave/);
  await refused({ confirmed, told: "other" }, /Say which kind, in a few words/);
  await refused({ confirmed, told: "other", toldOther: "Case 533401" }, /Numbers of documents are not recorded/);
  await refused({ told: "a date, time or place" }, /Say how you knew who answered/);
  await refused({ told: "a date, time or place", confirmed: "Passport 533401372" }, /Numbers of documents are not rec/);
  assert.equal((await desk.carry(reference, { told: "instructions or a request", confirmed })).status, 422, "no tick");
  const told = { told: "other", toldOther: "Who represents them", confirmed };
  assert.equal((await desk.carry(reference, { seen, ...told })).status, 303);
  const events = await desk.server.records.read.eventsOf(reference);
  const { detail } = events.find(({ kind }) => kind === "transfer-dispatched") ?? assert.fail();
  assert.deepEqual([detail.told, detail.confirmed, detail.dialled], ["Who represents them", confirmed, CLARA_RINGS]);
  const after = (await desk.sender.visitor.get(`/transfers/${reference}`)).text;
  assert.match(after, /<h4[^>]*>Told by telephone</);
  assert.doesNotMatch(after, /On its way/);
  assert.match(after, /Dialled 020 7946 0142/);
  assert.match(after, /It was told by telephone\. If Clara Counsel says that they have all of it, record that/);
  assert.doesNotMatch(after, /You wait for/, "what is told is told");
});

test("SDT2-4, SDT-28: who says on the telephone that they have all of it has said so; it closes at its date either way, and nobody is reminded by mail", async () => {
  const told = { told: "a date, time or place", confirmed: "Knew her voice" };
  const seen = ["verify:phone-identity", "declare:phone-minimum"];
  const [said, unsaid] = [
    await desk.agreed("telephone", { items: "1" }),
    await desk.agreed("telephone", { items: "1" }),
  ];
  assert.equal((await desk.carry(said, { seen, ...told, saidReceived: "yes" })).status, 303);
  assert.equal((await desk.carry(unsaid, { seen, ...told })).status, 303);
  const state = async (reference: string) => (await desk.server.records.read.recipients(reference))[0]?.state;
  assert.deepEqual([await state(said), await state(unsaid)], ["received", "arrived"]);
  await desk.verified(said);
  const { records } = desk.server;
  const later = new Date(desk.server.clock.now().getTime() + 20 * 86_400_000);
  const reminderText = (_: unknown, { reference }: { readonly reference: string }) => {
    assert.ok(![said, unsaid].includes(reference), "no code went with it");
    return { subject: reference, text: "Please say whether you have it." };
  };
  await remindReceipts({ records, texts: { reminderText, alarmText: () => assert.fail() } }, later);
  const expired = { ...(await desk.transfer(unsaid)), expiresAt: later.toISOString() };
  const by = { at: later.toISOString(), by: { kind: "system" } } as const;
  assert.equal(expire(expired, await records.read.recipients(unsaid), by).transfer.state, "closed");
});

suite("They sign for what is handed over", () => {
  /** Handed over, and where they sign. */
  async function handedOver(): Promise<{ reference: string; at: string }> {
    const reference = await desk.agreed("hand-delivery", { items: "1" });
    const went = { seen: ["verify:identity-seen"], handedTo: "Clara Counsel", identification: "staff pass" };
    const { headers } = await desk.carry(reference, went);
    const at = headers.get("location") ?? "";
    assert.match(at, new RegExp(`^/transfers/${reference}/carried/[^/]+/signature$`));
    return { reference, at };
  }

  test("SDT2-3: on the screen: the record has the SHA-256 of the receipt and nothing that was drawn", async () => {
    const { reference, at } = await handedOver();
    const page = await desk.sender.visitor.get(at);
    assert.match(page.text, /I have been handed what is described here\./);
    const receipt = await desk.sender.visitor.get(/data-receipt="([^"]+)"/.exec(page.text)?.[1] ?? "");
    assert.equal(receipt.headers.get("content-type"), "application/pdf");
    const text = (await readPdf(receipt.bytes)).texts.map((each) => each.text).join(" ");
    for (const said of [reference, "Clara Counsel", "staff pass", "Signature"]) assert.ok(text.includes(said), said);
    assert.doesNotMatch(text, /OFFICIAL|hearing/i);

    const undrawn = await desk.sender.visitor.form(at, { by: "screen", name: "Clara Counsel", receipt: "" });
    assert.equal(undrawn.status, 422);
    assert.match(undrawn.text, /Nothing was signed on the screen/);
    const nobody = await desk.sender.visitor.form(at, { by: "typed", name: " " });
    assert.match(nobody.text, /Enter the name of who signed/);
    assert.match((await desk.sender.visitor.form(at, {})).text, /Choose how they signed/);

    const digest = "cd".repeat(32);
    const signed = { by: "screen", name: "Clara Counsel", receipt: digest, complete: "yes", handling: "yes" };
    assert.equal((await desk.sender.visitor.form(at, signed)).status, 303);
    const events = await desk.server.records.read.eventsOf(reference);
    const event = events.find(({ kind }) => kind === "handover-signed");
    assert.deepEqual(event?.detail, { how: "screen", name: "Clara Counsel", receipt: digest });
    assert.equal((await desk.server.records.read.recipients(reference))[0]?.state, "received");
    const history = (await desk.sender.visitor.get(`/transfers/${reference}`)).text;
    assert.match(history, new RegExp(`Clara Counsel signed for it on your screen[\\s\\S]*${digest}`));
    await desk.verified(reference);
    assert.equal((await desk.sender.visitor.form(at, signed)).status, 409, "SDT-28: it is confirmed already");
  });

  test("SDT2-3: by a typed name or on paper, without a digest; that it is complete may come later", async () => {
    const { reference, at } = await handedOver();
    await desk.sender.visitor.form(at, { by: "typed", name: "Clara Counsel", receipt: "ef".repeat(32) });
    const again = await desk.sender.visitor.form(at, { by: "paper", name: "Mallory Other" });
    assert.equal(again.status, 409, "nobody signs in the place of whoever did");
    const other = await handedOver();
    await desk.sender.visitor.form(other.at, { by: "paper", name: "Clara Counsel" });
    const { read } = desk.server.records;
    const events = [...(await read.eventsOf(reference)), ...(await read.eventsOf(other.reference))];
    const signed = events.filter(({ kind }) => kind === "handover-signed");
    assert.deepEqual(
      signed.map(({ detail }) => [detail.how, detail.receipt]),
      [
        ["typed", ""],
        ["paper", ""],
      ],
    );
    assert.equal((await desk.server.records.read.recipients(reference))[0]?.state, "arrived");
  });

  test("SDT2-3: what goes another way is not signed for here", async () => {
    const reference = await desk.agreed("telephone", { items: "1" });
    const both = ["verify:phone-identity", "declare:phone-minimum"];
    await desk.carry(reference, { seen: both, told: "instructions or a request", confirmed: "Knew her voice" });
    const [row] = await desk.server.records.read.recipients(reference);
    const at = `/transfers/${reference}/carried/${row?.id}/signature`;
    assert.equal((await desk.sender.visitor.get(at)).headers.get("location"), at.replace("/signature", ""));
    assert.equal((await desk.sender.visitor.form(at, { by: "typed", name: "Clara" })).status, 409);
  });
});
