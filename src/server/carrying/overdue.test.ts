import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { DAY } from "../../domain/clock.ts";
import { remindOfLate } from "../../jobs/remind-late.ts";
import { type CarryingDesk, openCarryingDesk } from "../../testing/carrying-desk.ts";
import { addMember } from "../../testing/organisation.ts";
import { sampleEvent } from "../../testing/samples.ts";
import { Visitor } from "../../testing/visitor.ts";
import { lateMail } from "./late-mail.ts";

let desk: CarryingDesk;
before(async () => {
  desk = await openCarryingDesk();
});
after(() => desk?.server.stop());

/** Signed in again: sessions end before deliveries are late. */
const signedIn = (id: string) => new Visitor(desk.server).signIn(id);
const pages = async (reference: string) => {
  const sam = await signedIn(desk.sender.member.id);
  const text = async (path: string) => (await sam.get(path)).text.replaceAll(/\s+/g, " ");
  return { home: await text("/"), list: await text("/transfers"), one: await text(`/transfers/${reference}`) };
};
const dayIn = (days: number) => new Date(desk.server.clock.now().getTime() + days * DAY).toISOString().slice(0, 10);

test("SDT-28: once everybody has confirmed receipt, no date is brought forward and nothing is taken back", async () => {
  const reference = await desk.agreed("hand-delivery", { items: "1" });
  const went = { seen: ["verify:identity-seen"], handedTo: "Clara Counsel", identification: "staff pass" };
  const sam = await signedIn(desk.sender.member.id);
  await sam.form(`/transfers/${reference}/carry`, { ...went, handover: "brought" });
  const before = (await pages(reference)).one;
  assert.match(before, /Take it back/);
  const [{ id = "" } = {}] = await desk.server.records.read.recipients(reference);
  const carrier = await sam.form(`/transfers/${reference}/carried/${id}/receipt`, { by: "carrier" });
  assert.match(carrier.text, /Choose how they confirmed it/, "no carrier knows whether it is complete");
  await sam.form(`/transfers/${reference}/carried/${id}/receipt`, { by: "in-person" });
  const received = (await pages(reference)).one;
  assert.doesNotMatch(received, /Take it back|Bring the date forward|Change it/);
  assert.equal((await sam.get(`/transfers/${reference}/take-back`)).headers.get("location"), `/transfers/${reference}`);
  assert.equal((await sam.form(`/transfers/${reference}/take-back`, {})).status, 409);
  assert.equal((await sam.form(`/transfers/${reference}/expiry`, { days: "1" })).status, 409);
});

test("SIS-14, SDT-28: what is not there the day after says so everywhere, with the carrier’s number, the number to ring, and the report", async () => {
  const stated = { items: "1", pages: "2", identityDocuments: "no", carrier: "special-delivery-1pm" };
  const reference = await desk.agreed("post", stated);
  const [year = "", month = "", day = ""] = dayIn(2).split("-");
  const seen = ["envelope:addressee-only", "envelope:return-address", "envelope:no-marking"];
  const expected = { "expected-day": day, "expected-month": month, "expected-year": year };
  const went = await desk.carry(reference, { seen, tracking: "AB123456789GB", trackingLater: "", ...expected });
  assert.equal(went.status, 303, went.text);
  const [{ id = "" } = {}] = await desk.server.records.read.recipients(reference);

  desk.server.clock.advance(2 * DAY);
  const inTime = await pages(reference);
  for (const page of Object.values(inTime)) assert.doesNotMatch(page, /[Oo]verdue|should have been there/);

  desk.server.clock.advance(DAY);
  const late = await pages(reference);
  const says = "It should have been there on 23 November 2026, and Clara Counsel has not confirmed it.";
  const short =
    "Ask the carrier (Royal Mail special delivery, by 1pm, AB123456789GB), ring them on 020 7946 0142, or report it lost.";
  assert.ok(late.home.includes(`${reference}: ${says} ${short}`), late.home);
  assert.match(late.home, /1 is overdue/);
  assert.match(late.list, /1 of these is overdue[\s\S]*Overdue/);
  for (const said of [
    says,
    "Ask the carrier where it is: Royal Mail special delivery, by 1pm, tracking number AB123456789GB.",
    "Ring Clara Counsel on 020 7946 0142, a checked number, and ask.",
    `href="/transfers/${reference}/carried/${id}">record that</a>`,
    `href="/report?link=${id}&amp;kind=lost">report it lost</a>`,
  ])
    assert.ok(late.one.includes(said), said);
  const sam = await signedIn(desk.sender.member.id);
  const recording = (await sam.get(`/transfers/${reference}/carried/${id}`)).text;
  assert.match(recording, /Overdue[\s\S]*should have been there on 23 November 2026/);
  const report = (await sam.get(`/report?link=${id}&kind=lost`)).text;
  assert.match(report, new RegExp(`value="${reference}"`));
  assert.match(report, /value="lost"[^>]*checked/);

  const petra = await signedIn((await addMember(desk.server, "Petra Post", { roles: ["post-room"] })).id);
  const room = (await petra.get("/post-room")).text.replaceAll(/\s+/g, " ");
  assert.match(room, /Overdue \(1\)/);
  assert.match(room, /It should have been there on 23 November 2026, and Clara Counsel has not confirmed it/);
  assert.match(room, /Royal Mail special delivery, by 1pm, tracking number AB123456789GB/);
  assert.match(room, new RegExp(`/report\\?about=${reference}&amp;kind=lost`));
  assert.doesNotMatch(room, /hearing|OFFICIAL/i, "SIS-9: no contents");

  const { records, clock, parts } = desk.server;
  const lateNews: Parameters<typeof remindOfLate>[0]["lateNews"] = (transfer, people, sender, at) =>
    lateMail({ transfer, late: people, sender, place: parts.place, at });
  assert.equal(await remindOfLate({ records, lateNews }, clock.now()), 1);
  const [mail] = (await desk.server.mail(desk.sender.member.address)).filter(({ subject }) => subject.includes("late"));
  assert.match(mail?.text ?? "", new RegExp(`${reference} should have been there on 23 November 2026`));
  assert.match(mail?.text ?? "", /Royal Mail special delivery, by 1pm\. Its number is on the page/);
  const secret = /AB123456789GB|Clara|hearing|OFFICIAL/i;
  assert.doesNotMatch(`${mail?.subject} ${mail?.text}`, secret, "whoever reads mail could have it sent elsewhere");
  const letter = await desk.transfer(reference);
  assert.ok(letter.carriage);
  const email = { ...letter, carriage: { ...letter.carriage, method: "email" } } as const;
  const [recipient] = await records.read.recipients(reference);
  assert.ok(recipient);
  const unsaid = { recipient, what: "arrival", due: "2026-11-25" } as const;
  const sender = desk.sender.member;
  const { text } = lateMail({ transfer: email, late: [unsaid], sender, place: parts.place, at: letter.createdAt });
  assert.match(text, new RegExp(`should have been confirmed by 25 November 2026 that ${reference} arrived`));
  assert.match((await pages(reference)).one, /Late: its arrival was to be confirmed by 23 November 2026/);

  assert.equal((await sam.form(`/transfers/${reference}/carried/${id}/arrival`, { by: "carrier" })).status, 303);
  const there = await pages(reference);
  assert.doesNotMatch(there.one, /report it lost/);
  assert.doesNotMatch(there.home, /1 is overdue/);
  assert.doesNotMatch((await petra.get("/post-room")).text, /Overdue \(/);
});

test("SIS-14: however much is unconfirmed that no carrier has, the post room sees what one has", async () => {
  const { records } = desk.server;
  await records.write(async (tx) => {
    const sent = await tx.transfersOf(desk.sender.member.id, { limit: 9, offset: 0 });
    const letter = sent.find(({ carriage }) => carriage?.method === "post");
    const [recipient] = await tx.recipients(letter?.reference ?? "");
    if (!letter?.carriage || !recipient) throw new Error("no letter went");
    const save = async (reference: string, carriage: typeof letter.carriage) => {
      await tx.saveTransfer({ ...letter, reference, carriage });
      await tx.saveRecipient({ ...recipient, id: reference, reference, state: "released" });
    };
    const fax = { ...letter.carriage, method: "fax", fixed: { ...letter.carriage.fixed, carrier: null } } as const;
    for (let n = 0; n < 60; n++) await save(`WB-0000-00${n + 10}`, fax);
    await save("WB-0000-0099", letter.carriage);
    await tx.append(sampleEvent({ reference: null }));
  });
  const room = (
    await (await signedIn((await addMember(desk.server, "Pat Post", { roles: ["post-room"] })).id)).get("/post-room")
  ).text;
  assert.match(room, /Overdue \(1\)[\s\S]*WB-0000-0099/);
});
