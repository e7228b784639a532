import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";
import { type CarryingDesk, openCarryingDesk, PACKAGE_DIGEST } from "../../testing/carrying-desk.ts";
import { readPdf } from "../../testing/read-pdf.ts";
import { typedMoment } from "../texts/typed-moment.ts";

let desk: CarryingDesk;
before(async () => {
  desk = await openCarryingDesk();
});
after(() => desk?.server.stop());

const MINUTE = 60_000;
const ENVELOPE = ["envelope:addressee-only", "envelope:return-address", "envelope:no-marking"];

/** A time of the test's clock, so many minutes from now, by the minute. */
function inMinutes(minutes: number): string {
  const at = desk.server.clock.now().getTime() + minutes * MINUTE;
  return new Date(Math.floor(at / MINUTE) * MINUTE).toISOString();
}

/** The fields of one step of the form. */
function step(prefix: string, at: string, by: string): Record<string, string> {
  const { day, month, year, time } = typedMoment(at);
  return {
    [`${prefix}-day`]: day,
    [`${prefix}-month`]: month,
    [`${prefix}-year`]: year,
    [`${prefix}-time`]: time,
    [`${prefix}-by`]: by,
  };
}

const LATER = { trackingLater: "yes", "expected-day": "1", "expected-month": "12", "expected-year": "2999" };
const enter = (reference: string, body: Record<string, string | readonly string[]>) =>
  desk.sender.visitor.form(`/transfers/${reference}/paper`, body);

async function posted(): Promise<string> {
  const stated = { items: "1", pages: "2", identityDocuments: "no", carrier: "special-delivery-1pm" };
  const reference = await desk.agreed("post", stated);
  desk.server.clock.advance(12 * MINUTE);
  return reference;
}

suite("A checklist that was filled in by hand", () => {
  test("SIS-14, SIS-23, SDT-28: all of it is entered as one form, at the times of the paper, and says so", async () => {
    const reference = await posted();
    const printed = await desk.sender.visitor.get(`/transfers/${reference}/papers/checklist`);
    const paper = (await readPdf(printed.bytes)).texts.map(({ text }) => text).join(" ");
    for (const said of [`/transfers/${reference}/paper`, "Tracking number", "Complete: day and time"])
      assert.ok(paper.replaceAll(/\s/g, "").includes(said.replaceAll(/\s/g, "")), said);
    assert.match((await desk.sender.visitor.get(`/transfers/${reference}/paper`)).text, /When did it go\?/);
    const [wentAt, arrivedAt, receivedAt] = [inMinutes(-9), inMinutes(-6), inMinutes(-3)];
    const body = {
      ...{ ...LATER, seen: ENVELOPE, tracking: "XY123" },
      ...step("went", wentAt, "Petra Post"),
      ...{ ...step("arrived", arrivedAt, "Sam Sender"), "arrived-how": "phone", "arrived-reader": "Clara Counsel" },
      ...{ ...step("received", receivedAt, "Sam Sender"), "received-how": "paper", "received-note": "Slip 7" },
      "received-handling": "yes",
    };
    const done = await enter(reference, body);
    assert.equal(done.status, 303, done.text);
    const transfer = await desk.transfer(reference);
    const [recipient] = await desk.server.records.read.recipients(reference);
    assert.deepEqual(
      [transfer.carriage?.dispatch?.at, recipient?.arrival?.at, recipient?.receivedAt, recipient?.state],
      [wentAt, arrivedAt, receivedAt, "received"],
    );
    const now = desk.server.clock.now().toISOString();
    const events = (await desk.server.records.read.eventsOf(reference)).filter(({ detail }) => detail.paperAt);
    assert.deepEqual(
      events.map(({ kind, at, detail }) => [kind, at, detail.paperAt, detail.paperBy]),
      [
        ["dispatch-checked", now, wentAt, "Petra Post"],
        ["transfer-released", now, wentAt, "Petra Post"],
        ["transfer-dispatched", now, wentAt, "Petra Post"],
        ["recipient-arrived", now, arrivedAt, "Sam Sender"],
        ["receipt-recorded", now, receivedAt, "Sam Sender"],
      ],
    );
    const history = (await desk.sender.visitor.get(`/transfers/${reference}`)).text;
    assert.match(history, /By Petra Post, as a paper says; entered from paper by Sam Sender on/);
    assert.match(history, new RegExp(`<time datetime="${wentAt.replaceAll(".", "\\.")}">`));
    assert.equal(
      (await desk.server.mail("clara@chambers.example")).some(({ subject }) => subject.includes(reference)),
      false,
    );
    await desk.verified(reference);
    const again = await enter(reference, body);
    assert.equal(again.headers.get("location"), `/transfers/${reference}`, "there is nothing left to enter");
  });

  test("SIS-23: nothing on a paper is in the future, or before what comes before it; then nothing is recorded", async () => {
    const reference = await posted();
    const went = { ...LATER, seen: ENVELOPE, ...step("went", inMinutes(-6), "Petra Post") };
    const refused = async (body: Record<string, string | readonly string[]>, says: RegExp) => {
      const answer = await enter(reference, body);
      assert.equal(answer.status, 422, answer.text);
      assert.match(answer.text, says);
    };
    await refused({ ...went, ...step("went", inMinutes(2), "Petra Post") }, /This is in the future/);
    await refused({ ...went, ...step("went", inMinutes(-600), "Petra") }, /before everybody had agreed to it/);
    await refused({ ...went, "went-time": "noon" }, /Enter the day and the time/);
    await refused({ ...went, "went-by": "" }, /Say who did or noted it/);
    await refused({ ...went, seen: [] }, /Tick each line/);
    await refused({ ...step("arrived", inMinutes(-3), "Sam"), "arrived-how": "phone" }, /Enter when it went/);
    const early = { ...step("arrived", inMinutes(-7), "Sam"), "arrived-how": "phone" };
    await refused({ ...went, ...early }, /This is before it went/);
    const unarrived = { ...step("received", inMinutes(-1), "Sam"), "received-how": "phone" };
    await refused({ ...went, ...unarrived }, /Enter first when it arrived/);
    const unsaid = step("arrived", inMinutes(-3), "Sam");
    await refused({ ...went, ...unsaid }, /Choose how it is known/);
    assert.equal((await desk.transfer(reference)).state, "approved");
    assert.equal((await desk.kinds(reference)).includes("dispatch-checked"), false);
    assert.equal((await enter(reference, went)).status, 303);
    const [mail] = (await desk.server.mail("clara@chambers.example")).filter(({ subject }) =>
      subject.includes(reference),
    );
    assert.ok(mail, "SIS-13: it is still on its way, so they are told");
    await refused({}, /Enter at least one step/);
    assert.equal(
      (await enter(reference, { ...step("arrived", inMinutes(-3), "Sam"), "arrived-how": "carrier" })).status,
      303,
    );
  });

  test("SDT-21, SDT-23: a medium, its arrival, the password and the receipt, by the same rules", async () => {
    const stick = await desk.issuedStick("STICK-0600");
    const reference = await desk.drafted("removable-media", {
      ...{ items: "1", package: "zip", bytes: "10", digest: PACKAGE_DIGEST, reason: "No network" },
      ...{ mediumId: stick, carrier: "special-delivery-1pm" },
    });
    await desk.adviceAnswered(reference);
    assert.equal(await desk.signed(reference), 200);
    await desk.approvedByLine(reference);
    desk.server.clock.advance(12 * MINUTE);
    const went = {
      ...LATER,
      seen: ["envelope:packed", "envelope:no-marking", "medium:written", "recipient:told-before"],
      ...step("went", inMinutes(-6), "Petra"),
    };
    const arrived = { ...step("arrived", inMinutes(-5), "Sam"), "arrived-how": "phone" };
    const told = { ...step("told", inMinutes(-4), "Sam"), "told-way": "post" };
    const unsafe = await enter(reference, { ...went, ...arrived, ...told });
    assert.match(unsafe.text, /Choose how they were told the password/, "SDT-21: not by the channel that carried it");
    const received = { ...step("received", inMinutes(-3), "Sam"), "received-how": "email" };
    const all = { ...went, ...arrived, ...told, "told-way": "in-person", ...received };
    const early = await enter(reference, { ...all, ...step("received", inMinutes(-5), "Sam") });
    assert.match(early.text, /This is before they were told the password/, "SDT-21");
    const never = await enter(reference, { ...went, ...arrived, ...received });
    assert.match(never.text, /Enter first when they were told the password/);
    assert.equal((await enter(reference, all)).status, 303);
    const [recipient] = await desk.server.records.read.recipients(reference);
    assert.deepEqual([recipient?.state, recipient?.wordsToldAt], ["received", inMinutes(-4)]);
    const medium = await desk.server.records.read.medium(stick);
    assert.equal(medium?.state, "with-recipient");
  });

  test("SIS-21, SIS-22: of a fax, fewer pages than were signed are entered as an attempt, and fewer than were sent as a shortfall; neither counts as sent or received", async () => {
    const number = { number: "01632 960001", location: "Room 2", owner: "Listing" };
    await desk.operations.form("/fax-machines/new", number);
    const [machine] = await desk.server.records.read.faxMachines();
    const lines = ["polling", "redirection", "forwarding", "remote", "memory"];
    const until = { day: "1", month: "6", year: String(desk.server.clock.now().getUTCFullYear() + 1) };
    await desk.operations.form(`/fax-machines/${machine?.id}/check`, { seen: lines, ...until });
    const plain = { sensitive: false, personal: false, special: false, offences: false, people: 0 };
    const stated = { items: "1", pages: "4", reason: "Their link is down", faxMachineId: machine?.id ?? "" };
    const reference = await desk.drafted("fax", stated, { ...plain, classification: "OFFICIAL" });
    assert.equal(await desk.signed(reference), 200);
    desk.server.clock.advance(12 * MINUTE);
    const seen = ["verify:fax-number", "declare:fax-recipient-attending"];
    const went = { seen, ...step("went", inMinutes(-9), "Petra") };
    const short = await enter(reference, { ...went, pages: "3" });
    assert.match(short.text, /The machine sent 3 of the 4 pages that you signed: that is recorded as an attempt/);
    const events = (kind: string) =>
      desk.server.records.read.eventsOf(reference).then((all) => all.filter((each) => each.kind === kind));
    const [attempt] = await events("dispatch-attempted");
    assert.deepEqual(
      [attempt?.detail.what, attempt?.detail.paperAt, attempt?.detail.paperBy],
      ["The machine sent 3 of 4 pages", inMinutes(-9), "Petra"],
    );
    assert.equal((await desk.transfer(reference)).state, "approved");
    const arrived = { ...step("arrived", inMinutes(-5), "Sam"), "arrived-how": "phone" };
    const received = { ...step("received", inMinutes(-4), "Sam"), "received-how": "phone", "received-pages": "3" };
    assert.equal((await enter(reference, { ...went, pages: "4", ...arrived, ...received })).status, 303);
    const [lacks] = await events("receipt-short");
    assert.deepEqual([lacks?.detail.pages, lacks?.detail.sent, lacks?.detail.paperAt], [3, 4, inMinutes(-4)]);
    assert.equal((await desk.server.records.read.recipients(reference))[0]?.state, "arrived");
    assert.equal((await enter(reference, { ...received, "received-pages": "4" })).status, 303);
    await desk.verified(reference);
  });
});
