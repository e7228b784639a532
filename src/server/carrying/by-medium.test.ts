import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";
import type { Waybill } from "../../domain/waybill.ts";
import { answerRequest, requestFor } from "../../testing/approver.ts";
import { type CarryingDesk, CLARA, openCarryingDesk, PACKAGE_DIGEST } from "../../testing/carrying-desk.ts";
import { addMember } from "../../testing/organisation.ts";
import { councilPolicy } from "../../testing/policy.ts";
import { qpdfText } from "../../testing/read-pdf.ts";
import { sampleEvent } from "../../testing/samples.ts";
import { Visitor } from "../../testing/visitor.ts";

let desk: CarryingDesk;
before(async () => {
  desk = await openCarryingDesk();
});
after(() => desk?.server.stop());

/** What is ticked of every medium, beside what the rules ask. */
const OF_MEDIA = ["medium:written", "recipient:told-before"];

/** The lines with a tick on the printed checklist: the box is drawn, and its line is read aloud with it. */
async function tickedOn(reference: string): Promise<string> {
  const { bytes } = await desk.sender.visitor.get(`/transfers/${reference}/papers/checklist`);
  const said = [...(await qpdfText(bytes)).matchAll(/\/ActualText <feff2611([0-9a-f]*)>/g)];
  return said.map(([, hex = ""]) => Buffer.from(hex, "hex").swap16().toString("utf16le")).join("\n");
}

suite("A bundle on a registered stick, by special delivery", () => {
  let reference: string;
  let stick: string;

  test("SDT-18, SDT-19, SDT-23, SDT2-2, SDT2-6: nothing is signed before the rules for media are met", async () => {
    reference = await desk.drafted("removable-media", { items: "3", package: "none" });
    const tasks = (await desk.sender.visitor.get(`/transfers/${reference}/tasks`)).text;
    for (const clause of ["SDT-18", "SDT-19", "SDT-23", "SDT2-2", "SDT2-6"]) assert.match(tasks, new RegExp(clause));
    assert.equal(await desk.signed(reference), 409);
    stick = await desk.issuedStick("STICK-0142");
    const stated = {
      items: "3",
      package: "zip",
      bytes: "52428800",
      digest: PACKAGE_DIGEST,
      reason: "The court has no network",
    };
    const body = { ...stated, carrier: "letter-post", mediumId: stick };
    const unsigned = await desk.sender.visitor.form(`/transfers/${reference}/carriage`, body);
    assert.equal(unsigned.status, 422, "SDT2-2: refused where it is chosen");
    assert.match(unsigned.text, /first or second class is not for this: [^<]*takes a signature/);
    const open = { ...body, carrier: "" };
    assert.equal((await desk.sender.visitor.form(`/transfers/${reference}/carriage`, open)).status, 303);
    await desk.adviceAnswered(reference);
    assert.match((await desk.sender.visitor.get(`/transfers/${reference}/tasks`)).text, /takes a signature/);
    await desk.sender.visitor.form(`/transfers/${reference}/carriage`, { ...body, carrier: "special-delivery-1pm" });
    assert.equal(await desk.signed(reference), 200);
  });

  test("SIS-23: the waybill names the medium, the carrier and the package, and is what the line manager agrees to", async () => {
    const waybill = JSON.parse((await desk.transfer(reference)).waybill?.text ?? "{}") as Waybill;
    assert.deepEqual(waybill.carried, {
      ...{ pages: null, package: "zip", medium: "STICK-0142", carrier: "special-delivery", fax: null },
      service: { id: "special-delivery-1pm", name: "Royal Mail special delivery", guarantee: "by 1pm" }, // SIS-31
      reason: "The court has no network",
      places: ["1 Temple Gardens\nLondon\nEC4Y 9BB"],
    });
    assert.deepEqual(
      [waybill.method, waybill.content, waybill.totals.bytes],
      ["removable-media", PACKAGE_DIGEST, 52_428_800],
    );
    await answerRequest(desk.server, desk.line, await requestFor(desk.server, reference, "line-manager"), "approve");
    assert.equal((await desk.transfer(reference)).state, "approved", "it goes when somebody carries it");
    assert.deepEqual(await desk.server.mail(CLARA), []);
  });

  test("SIS-7, SDT2-8: it goes only once the checklist was seen to, and the recipient is told that it comes", async () => {
    const planned = await tickedOn(reference);
    assert.match(planned, /media that is registered/, "what was done is ticked");
    assert.doesNotMatch(planned, /password|takes a signature/, "what is to be done is not");
    const unseen = await desk.carry(reference, { tracking: "XY123" });
    assert.equal(unseen.status, 422);
    assert.match(unseen.text, /Nothing was recorded as sent/);
    const ruled = ["envelope:packed", "envelope:no-marking"];
    const unwritten = await desk.carry(reference, { tracking: "XY123", seen: ruled });
    assert.equal(unwritten.status, 422, "SIS-13: they are told beforehand, and it was written and verified");
    const went = await desk.carry(reference, { tracking: "XY123", seen: [...ruled, ...OF_MEDIA] });
    assert.equal(went.status, 303, went.text);
    const history = (await desk.sender.visitor.get(`/transfers/${reference}`)).text;
    assert.match(history, /Sam Sender saw to the checklist/);
    assert.match(await tickedOn(reference), /takes a signature/);
    assert.match(history, /package written onto the medium and verified, recipient told beforehand/);
    assert.match(history, /Should be there by[\s\S]*?1 December 2999/);
    assert.equal((await desk.server.records.read.medium(stick))?.state, "in-transit");
    const [mail] = await desk.server.mail(CLARA);
    assert.match(mail?.text ?? "", /\/arrived/);
    const code = (await desk.transfer(reference)).carriage?.codes;
    for (const each of Object.values(code ?? {})) assert.doesNotMatch(mail?.text ?? "", new RegExp(each));
    assert.doesNotMatch(`${mail?.subject}${mail?.text}`, /OFFICIAL|hearing|STICK/i, "SDT-16");
  });

  test("SDT-21, SDT-26, SDT-28, SIS-24: arrival by the code on the sheet, the password by another channel, the receipt", async () => {
    const visitor = new Visitor(desk.server);
    const [id = "", code = ""] = Object.entries((await desk.transfer(reference)).carriage?.codes ?? {})[0] ?? [];
    const wrong = await visitor.form("/arrived", {
      reference,
      code: code.replace(/.$/, code.endsWith("0") ? "1" : "0"),
    });
    const unknown = await visitor.form("/arrived", { reference: "WB-0000-0000", code });
    assert.deepEqual([wrong.status, unknown.status], [422, 422]);
    const page = await visitor.form("/arrived", { reference, code: code.toLowerCase() });
    assert.match(page.text, /It has arrived/);
    assert.doesNotMatch(page.text, /Sam Sender|hearing|OFFICIAL/);
    const early = await desk.sender.visitor.form(`/transfers/${reference}/carried/${id}/password`, {
      way: "",
      answer: "told",
    });
    assert.equal(early.status, 422);
    const nameless = await visitor.form("/arrived/arrival", { reference, code, reader: " " });
    assert.equal(nameless.status, 422, "SDT-26: the sender is told who has it");
    assert.match(nameless.text, /Enter your name, so that the sender knows who has it/);
    await visitor.form("/arrived/arrival", { reference, code, reader: "Clara Counsel" });
    const words = `/transfers/${reference}/words/${id}`;
    assert.equal((await desk.sender.visitor.get(words)).status, 404, "what people carry has no six words");
    assert.doesNotMatch((await desk.sender.visitor.get(`/transfers/${reference}`)).text, /six words/);
    await visitor.form("/arrived/receipt", { reference, code, handling: "yes" });
    assert.equal((await desk.server.records.read.recipient(id))?.state, "arrived", "SDT-21: the password comes first");
    assert.equal((await desk.server.records.read.medium(stick))?.state, "with-recipient");
    const there = (await desk.sender.visitor.get(`/media/${stick}`)).text;
    assert.match(there, /With<\/dt><dd[^>]*>Clara Counsel/, "SDT-23: where it is, and not who answers for it");
    assert.match(there, /Answers for it<\/dt><dd[^>]*>Sam Sender/);
    const next = await desk.sender.visitor.get(`/transfers/${reference}`);
    assert.match(next.text, /Tell the password/);
    const told = await desk.sender.visitor.get(`/transfers/${reference}/carried/${id}`);
    const [, way = ""] = /name="way"[^>]*value="([^"]+)"/.exec(told.text) ?? [];
    await desk.sender.visitor.form(`/transfers/${reference}/carried/${id}/password`, { way, answer: "told" });
    assert.match(await tickedOn(reference), /password by another channel/, "SDT-21: once they were told it");
    const unhandled = await visitor.form("/arrived/receipt", { reference, code });
    assert.equal(unhandled.status, 422, "SIS-24: how it is handled is acknowledged");
    await visitor.form("/arrived/receipt", { reference, code, handling: "yes" });
    const row = await desk.server.records.read.recipient(id);
    assert.deepEqual([row?.state, row?.wordsToldAt !== null], ["received", true]);
    const back = (await desk.sender.visitor.get(`/transfers/${reference}`)).text;
    assert.match(back, /Get the medium STICK-0142 back by 1 December 2999/, "SDT-24: it is asked back");
    const again = await visitor.form("/arrived/receipt", { reference, code, handling: "yes" });
    assert.match(again.text, /You have confirmed receipt[\s\S]*The medium belongs to the sender/, "loaded again");
    assert.deepEqual(
      (await desk.kinds(reference)).filter((kind) => /dispatched|arrived|words|receipt/.test(kind)),
      [
        "medium-dispatched",
        "transfer-dispatched",
        "medium-arrived",
        "recipient-arrived",
        "words-told",
        "receipt-recorded",
      ],
    );
  });

  test("SDT-24, SDT-25: the stick comes back, is erased, and only then is there again", async () => {
    assert.equal((await desk.sender.visitor.form(`/media/${stick}/returned`, {})).status, 303);
    assert.equal((await desk.operations.form(`/media/${stick}/available`, {})).status, 409);
    await desk.operations.form(`/media/${stick}/checked-in`, {});
    const own = { how: "Overwritten once, read back", witness: desk.operator.address };
    const alone = await desk.operations.form(`/media/${stick}/erased`, own);
    assert.equal(alone.status, 422, "SDT-25: the second person is another");
    assert.match(alone.text, /the second person is somebody else/);
    for (const kept of Object.values(own)) assert.ok(alone.text.includes(`value="${kept}"`), "what was typed is kept");
    const how = { how: "Overwritten once, read back", witness: desk.sender.member.address };
    assert.equal((await desk.operations.form(`/media/${stick}/erased`, how)).status, 303);
    assert.equal((await desk.operations.form(`/media/${stick}/available`, {})).status, 303);
    const nobody = { to: "nobody@else.example", day: "2", month: "12", year: "2999" };
    const unissued = await desk.operations.form(`/media/${stick}/issue`, nobody);
    assert.equal(unissued.status, 422, "SDT-24: to somebody who answers for it");
    for (const kept of Object.values(nobody)) assert.ok(unissued.text.includes(`value="${kept}"`), kept);
    const late = { to: desk.sender.member.address, day: "2", month: "12", year: "2001" };
    const passed = await desk.operations.form(`/media/${stick}/issue`, late);
    assert.equal(passed.status, 422);
    assert.match(passed.text, /has to be back has passed[\s\S]*value="2001"/);
    const medium = await desk.server.records.read.medium(stick);
    assert.deepEqual([medium?.state, medium?.reference, medium?.erasure?.byId], ["available", null, desk.operator.id]);
    await desk.verified(reference);
  });
});

test("SDT-23: the code of an earlier transfer moves no medium that has gone out with another since", async () => {
  const stick = await desk.issuedStick("STICK-0300");
  const stated = {
    items: "1",
    package: "zip",
    bytes: "10",
    digest: PACKAGE_DIGEST,
    reason: "No network",
    mediumId: stick,
  };
  const body = { ...stated, carrier: "special-delivery-1pm" };
  const reference = await desk.drafted("removable-media", body);
  await desk.adviceAnswered(reference);
  assert.equal(await desk.signed(reference), 200);
  await answerRequest(desk.server, desk.line, await requestFor(desk.server, reference, "line-manager"), "approve");
  const seen = ["envelope:packed", "envelope:no-marking", ...OF_MEDIA];
  assert.equal((await desk.carry(reference, { seen })).status, 303);
  const medium = (await desk.server.records.read.medium(stick)) ?? assert.fail();
  const other = await desk.drafted("telephone", { items: "1" });
  await desk.server.records.write(async (tx) => {
    await tx.saveMedium({ ...medium, reference: other });
    await tx.append(sampleEvent({ kind: "medium-dispatched" }));
  });
  const [id] = Object.keys((await desk.transfer(reference)).carriage?.codes ?? {});
  await desk.sender.visitor.form(`/transfers/${reference}/carried/${id}/arrival`, { by: "phone" });
  assert.equal((await desk.server.records.read.medium(stick))?.state, "in-transit");
  await desk.server.records.write(async (tx) => {
    await tx.saveMedium({ ...medium, reference });
    await tx.append(sampleEvent({ kind: "medium-dispatched" }));
  });
  const page = (await desk.sender.visitor.get(`/transfers/${reference}/carried/${id}`)).text;
  assert.doesNotMatch(page, /name="way"[^>]*value="post"/, "SDT-21: not by the channel that carried it");
  const posted = await desk.sender.visitor.form(`/transfers/${reference}/carried/${id}/password`, {
    way: "post",
    answer: "told",
  });
  assert.equal(posted.status, 422);
  await desk.sender.visitor.form(`/media/${stick}/lost`, { what: "The parcel was torn" });
  assert.equal(
    (await desk.server.records.read.recipient(id ?? ""))?.state,
    "paused",
    "SPG-3: no password is told meanwhile",
  );
  const told = await desk.sender.visitor.form(`/transfers/${reference}/carried/${id}/password`, {
    way: "in-person",
    answer: "told",
  });
  assert.ok(told.status >= 400);
  await desk.sender.visitor.form(`/transfers/${reference}/recipients/${id}/resume`, {});
  assert.equal((await desk.server.records.read.recipient(id ?? ""))?.state, "arrived");
});

test("SDT-15: its kind, count, size and digest are stated, and nothing else; a half of it is not", async () => {
  const reference = await desk.drafted("removable-media", { items: "3", package: "none", reason: "No network" });
  const half = await desk.sender.visitor.form(`/transfers/${reference}/add`, {
    items: "2",
    package: "zip",
    bytes: "9",
  });
  assert.equal(half.status, 409);
  const page = (await desk.sender.visitor.get(`/transfers/${reference}/add`)).text;
  const known = /data-known="([^"]*)"/.exec(page)?.[1]?.split("\n") ?? [];
  const { purpose } = (await desk.transfer(reference)).facts;
  assert.deepEqual(known.slice(0, 3), [purpose, "Sam Sender", "Clara Counsel"], "OXM-20: no password is made of these");
  const said = { items: "2", package: "zip", bytes: "900", digest: PACKAGE_DIGEST };
  const made = await desk.sender.visitor.form(`/transfers/${reference}/add`, said);
  assert.equal(made.headers.get("location"), `/transfers/${reference}/carriage`);
  const { fixed } = (await desk.transfer(reference)).carriage ?? assert.fail();
  assert.deepEqual(
    [fixed.items, fixed.package, fixed.bytes, fixed.reason],
    [2, { kind: "zip", bytes: 900, digests: [PACKAGE_DIGEST] }, null, "No network"],
  );
  const [{ id } = { id: "" }] = await desk.server.records.read.recipients(reference);
  const sheet = await desk.sender.visitor.get(`/transfers/${reference}/papers/how-to-open/${id}`);
  assert.equal(sheet.headers.get("content-type"), "application/pdf");
  const post = await desk.drafted("post", { items: "1", pages: "2" });
  assert.equal((await desk.sender.visitor.form(`/transfers/${post}/add`, said)).status, 409, "a letter is not packed");
  assert.equal((await desk.sender.visitor.get(`/transfers/${post}/papers/how-to-open/${id}`)).status, 404);
});

test("SDT-24: what is packed for a medium says where that is sent back to; what is packed for an email does not", async () => {
  const before = desk.server.parts.policy.current;
  const RETURN = 'post:\n  returnAddress: ["Example Council", "1 Example Street"]\n';
  const councils = councilPolicy("uk-government", (yaml) =>
    /^post:$/m.test(yaml) ? yaml.replace(/^post:\n/m, RETURN) : `${yaml}\n${RETURN}`,
  );
  desk.server.parts.policy.adopt(councils.current ?? assert.fail());
  for (const [method, says] of [
    ["removable-media", "Example Council, 1 Example Street"],
    ["email", ""],
  ] as const) {
    const reference = await desk.drafted(method, { items: "1", package: "none", bytes: "9", reason: "No network" });
    const page = (await desk.sender.visitor.get(`/transfers/${reference}/add`)).text;
    assert.equal(/data-return-to="([^"]*)"/.exec(page)?.[1], says);
    if (says !== "") assert.match(page, /--return-to "Example Council, 1 Example Street"/);
  }
  desk.server.parts.policy.adopt(before ?? assert.fail());
});

test("SDT-30: a medium that is reported as lost opens an incident; only whoever has it, or keeps it, may say so", async () => {
  const id = await desk.issuedStick("STICK-0200");
  const other = await new Visitor(desk.server).signIn((await addMember(desk.server, "Ola Other")).id);
  assert.equal((await other.form(`/media/${id}/lost`, { what: "Gone" })).status, 403);
  assert.equal((await other.form(`/media/${id}/returned`, {})).status, 403);
  assert.equal((await other.form("/media/new", {})).status, 403);
  assert.equal((await desk.sender.visitor.form(`/media/${id}/lost`, { what: "Left on a train" })).status, 303);
  assert.match((await desk.sender.visitor.get(`/media/${id}`)).text, /an incident was opened at once/, "SDT-30");
  assert.equal((await desk.server.records.read.medium(id))?.state, "lost");
  const page = await desk.administrator.get("/incidents");
  assert.match(page.text, /STICK-0200|IN-/);
});
