import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { answerRequest, requestFor } from "../../testing/approver.ts";
import { type CarryingDesk, openCarryingDesk, RISK } from "../../testing/carrying-desk.ts";
import { sampleEvent } from "../../testing/samples.ts";
import { Visitor } from "../../testing/visitor.ts";

let desk: CarryingDesk;
before(async () => {
  desk = await openCarryingDesk();
});
after(() => desk?.server.stop());

/** The line manager and the owner of the information agree to what was signed. */
async function agreedByBoth(reference: string): Promise<void> {
  await desk.approvedByLine(reference);
  const asked = await requestFor(desk.server, reference, "information-asset-owner");
  await answerRequest(desk.server, desk.owner, asked, "approve");
}

test("SIS-16, SIS-18, SIS-20, SIS-21, SIS-26: refused, then allowed after risk assessment, approval and a checked machine", async () => {
  const made = await desk.operations.form("/fax-machines/new", {
    ...{ number: "01632 960001", location: "Room 2.14", owner: "Listing office" },
  });
  assert.equal(made.status, 303, made.text);
  const [machine] = await desk.server.records.read.faxMachines();
  const stated = { items: "1", pages: "4", reason: "Their link is down", faxMachineId: machine?.id ?? "" };
  const reference = await desk.drafted("fax", stated);
  const tasks = (await desk.sender.visitor.get(`/transfers/${reference}/tasks`)).text;
  assert.match(tasks, /SIS-18/);
  assert.match(tasks, /SIS-26/);
  assert.equal(await desk.signed(reference), 409, "no risk assessment, and nobody looked at the machine");
  await desk.sender.visitor.form(`/transfers/${reference}/carriage`, { ...stated, ...RISK });
  const half = await desk.operations.form(`/fax-machines/${machine?.id}/check`, {
    ...{ seen: ["polling", "memory"], day: "1", month: "6", year: "2027" },
  });
  assert.equal(half.status, 422);
  const seen = ["polling", "redirection", "forwarding", "remote", "memory"];
  const until = new Date(desk.server.clock.now().getTime() + 100 * 86_400_000);
  const day = { day: String(until.getUTCDate()), month: String(until.getUTCMonth() + 1) };
  const checked = { seen, ...day, year: String(until.getUTCFullYear()) };
  assert.equal((await desk.operations.form(`/fax-machines/${machine?.id}/check`, checked)).status, 303);
  assert.equal(await desk.signed(reference), 200);
  await agreedByBoth(reference);
  await desk.sender.visitor.form(`/transfers/${reference}/carry/attempt`, { what: "The line was busy" });
  const both = ["verify:fax-number", "declare:fax-recipient-attending"];
  assert.equal((await desk.carry(reference, { seen: both, pages: "3" })).status, 422, "fewer pages than were signed");
  assert.equal((await desk.carry(reference, { seen: both, pages: "4" })).status, 303);
  const [id] = Object.keys((await desk.transfer(reference)).carriage?.codes ?? {});
  const at = `/transfers/${reference}/carried/${id}`;
  await desk.sender.visitor.form(`${at}/arrival`, { by: "phone" });
  const fewer = await desk.sender.visitor.form(`${at}/receipt`, { by: "phone", pages: "3" });
  assert.equal(fewer.status, 422);
  assert.match(fewer.text, /4 pages were sent and 3 came/);
  assert.match(fewer.text, /name="pages"[^>]*value="3"/, "what was typed is kept");
  const sheet = { reference, code: (await desk.transfer(reference)).carriage?.codes[id ?? ""] ?? "" };
  const themselves = { ...sheet, pages: "2", handling: "yes" };
  const two = await new Visitor(desk.server).form("/arrived/receipt", themselves);
  assert.equal(two.status, 422);
  assert.match(two.text, /name="pages"[^>]*value="2"/);
  assert.equal((await desk.sender.visitor.form(`${at}/receipt`, { by: "phone", pages: "4" })).status, 303);
  const events = await desk.server.records.read.eventsOf(reference);
  const attempts = events.flatMap(({ kind, detail }) => (kind === "dispatch-attempted" ? [detail.what] : []));
  assert.deepEqual(attempts, ["The line was busy", "The machine sent 3 of 4 pages"]);
  const short = events.flatMap(({ kind, detail }) => (kind === "receipt-short" ? [detail] : []));
  assert.deepEqual(short, [
    { how: "phone", pages: 3, sent: 4 },
    { how: "sheet", pages: 2, sent: 4 },
  ]);
  await desk.verified(reference);
});

test("SIS-26: a machine whose check lapsed after the agreement stops the fax as it goes", async () => {
  const [machine] = await desk.server.records.read.faxMachines();
  assert.ok(machine?.check);
  const stated = {
    items: "1",
    pages: "1",
    reason: "Their link is down",
    faxMachineId: machine.id,
    ...RISK,
  };
  const reference = await desk.drafted("fax", stated);
  assert.equal(await desk.signed(reference), 200);
  await agreedByBoth(reference);
  const stale = { ...machine, check: { ...machine.check, until: "2020-01-01" } };
  await desk.server.records.write(async (tx) => {
    await tx.saveFaxMachine(stale);
    await tx.append(sampleEvent({ kind: "fax-machine-checked" }));
  });
  const went = await desk.carry(reference, {
    seen: ["verify:fax-number", "declare:fax-recipient-attending"],
    pages: "1",
  });
  assert.equal(went.status, 409, went.text);
  assert.equal((await desk.transfer(reference)).state, "approved");
  for (const page of ["carry", "paper"]) {
    const { text } = await desk.sender.visitor.get(`/transfers/${reference}/${page}`);
    const says = text.replaceAll(/<[^>]+>/g, "").replaceAll(/\s+/g, " ");
    assert.match(says, /The check of the fax machine 01632 960001 \(Room 2\.14\) counted until 1 January 2020\./);
    assert.match(says, /Ask Otis Operations to look again and record it under Fax machines/);
  }
  assert.equal((await desk.operations.form(`/fax-machines/${machine.id}/end`, {})).status, 303);
  const ended = (await desk.sender.visitor.get(`/transfers/${reference}/carry`)).text;
  assert.match(ended, /was taken out of use on [^<]*: change the transfer, and choose another/);
});
