import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { DAY } from "../../../domain/clock.ts";
import type { Member } from "../../../domain/member.ts";
import { addMember, foundOrganisation } from "../../../testing/organisation.ts";
import { startServer, type TestServer } from "../../../testing/server.ts";
import { Visitor } from "../../../testing/visitor.ts";
import { typedDay } from "../../texts/typed-day.ts";
import { timeTyped } from "./typed-deputy.ts";

let server: TestServer;
let line: Member;
let senior: Member;
let dee: Member;
let admin: Member;
before(async () => {
  server = await startServer({ limits: { rateFactor: 100 } });
  await foundOrganisation(server);
  line = await addMember(server, "Lena Line");
  senior = await addMember(server, "Sefa Senior", { roles: ["senior-manager"] });
  dee = await addMember(server, "Dee Deputy", { lineManagerId: line.id });
  admin = await addMember(server, "Alex Admin", { roles: ["administrator"] });
  await addMember(server, "Ann Admin", { roles: ["administrator"] });
});
after(() => server.stop());

const as = ({ id }: Member) => new Visitor(server).signIn(id);
const days = (from: string, until: string) =>
  Object.fromEntries(
    [...Object.entries({ from, until })].flatMap(([name, text]) => {
      const { day, month, year } = typedDay(text);
      return [[`${name}-day`, day] as const, [`${name}-month`, month] as const, [`${name}-year`, year] as const];
    }),
  );
const time = days("2026-11-23", "2026-11-27");
const present = () => server.records.read.deputies();

test("a line manager names a deputy for a time, who is told; it is on the record and ends", async () => {
  const visitor = await as(line);
  assert.match((await visitor.get("/deputies")).text, /Who answers in your place/);
  const typed = { principal: line.id, deputy: dee.id, ...time };
  assert.equal((await visitor.form("/deputies", typed)).status, 303);
  const [named] = await present();
  assert.deepEqual([named?.principalId, named?.deputyId, named?.appointedBy], [line.id, dee.id, line.id]);
  assert.deepEqual([named?.from, named?.until], ["2026-11-23T00:00:00.000Z", "2026-11-28T00:00:00.000Z"]);
  const [mail] = await server.mail(dee.address);
  assert.match(
    mail?.text ?? "",
    /Lena Line [^ ]* has named you to answer in their place [\s\S]*from 23 November 2026 until the end of 27 November 2026/,
  );
  assert.match((await (await as(dee)).get("/deputies")).text, /Dee Deputy[\s\S]*in the place of Lena Line/);
  const other = await as(senior);
  assert.equal((await other.form(`/deputies/${named?.id}/end`, {})).status, 404, "somebody else's");
  assert.doesNotMatch((await other.get("/deputies")).text, /in the place of Lena Line/);
  assert.equal((await visitor.form(`/deputies/${named?.id}/end`, {})).status, 303);
  assert.deepEqual(await present(), []);
  const kinds = (await server.records.read.recentEvents(5)).map(({ kind }) => kind);
  assert.ok(kinds.includes("deputy-named") && kinds.includes("deputy-ended"));
});

test("an administrator names one for anybody who agrees to something, and both are told; others name none for others", async () => {
  const typed = { principal: senior.id, deputy: dee.id, ...time };
  assert.equal((await (await as(line)).form("/deputies", typed)).status, 422);
  assert.equal((await (await as(dee)).form("/deputies", { ...typed, principal: dee.id, deputy: line.id })).status, 422);
  assert.match((await (await as(dee)).get("/deputies")).text, /You agree to nothing now/);
  const visitor = await as(admin);
  assert.equal((await visitor.form("/deputies", { ...typed, principal: dee.id })).status, 422, "who agrees to nothing");
  assert.equal((await visitor.form("/deputies", typed)).status, 303);
  assert.match(
    (await server.mail(senior.address))[0]?.text ?? "",
    /Alex Admin .* has named Dee Deputy .* in your place/,
  );
});

test("never open-ended, never longer than 90 days, never over, never oneself; what was typed is kept", async () => {
  const visitor = await as(senior);
  const refused = async (changes: Readonly<Record<string, string>>, why: RegExp) => {
    const answer = await visitor.form("/deputies", { principal: senior.id, deputy: dee.id, ...time, ...changes });
    assert.equal(answer.status, 422);
    assert.match(answer.text, why);
    assert.match(answer.text, /name="from-year"[^>]*value="2026"/);
  };
  const count = (await present()).length;
  await refused(days("2026-11-23", ""), /Give the last day/);
  await refused(days("2026-11-23", "2027-02-31"), /Give the last day/);
  await refused(days("2026-11-23", "2026-11-22"), /before the first/);
  await refused(days("2026-11-01", "2026-11-20"), /That day is over/);
  await refused(days("2026-11-23", "2027-02-21"), /90 days at the most/);
  await refused({ deputy: senior.id }, /other than who is away/);
  assert.equal((await present()).length, count);
  assert.equal(
    (await visitor.form("/deputies", { principal: senior.id, deputy: dee.id, ...days("2026-11-23", "2027-02-20") }))
      .status,
    303,
  );
});

test("days begin and end in London, in summer too", () => {
  const now = new Date("2026-11-21T10:00:00.000Z");
  const time = (from: string, until: string) => timeTyped({ from: typedDay(from), until: typedDay(until) }, now).time;
  assert.deepEqual(time("2027-03-27", "2027-03-29"), {
    from: "2027-03-27T00:00:00.000Z",
    until: "2027-03-29T23:00:00.000Z",
  });
  assert.deepEqual(time("2027-10-31", "2027-10-31"), {
    from: "2027-10-30T23:00:00.000Z",
    until: "2027-11-01T00:00:00.000Z",
  });
});

test("who leaves stands in for nobody, and nobody for them", async () => {
  const visitor = await as(admin);
  const typed = { principal: line.id, deputy: senior.id, ...time };
  assert.equal((await visitor.form("/deputies", typed)).status, 303);
  assert.ok((await present()).some(({ deputyId }) => deputyId === senior.id));
  assert.equal((await visitor.form(`/people/${senior.id}/deactivate`, {})).status, 303);
  assert.deepEqual(
    (await present()).filter(({ deputyId, principalId }) => [deputyId, principalId].includes(senior.id)),
    [],
  );
  server.clock.advance(DAY);
  assert.equal((await (await as(line)).form("/deputies", { ...typed })).status, 422, "nor is somebody who left named");
});
