import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Member } from "../../../domain/member.ts";
import { addContact, addMember, foundOrganisation } from "../../../testing/organisation.ts";
import { releaseTransfer } from "../../../testing/released-transfer.ts";
import { startServer, type TestServer } from "../../../testing/server.ts";
import { Visitor } from "../../../testing/visitor.ts";
import { columnChart, rowChart } from "../../oversight/charts.ts";

let server: TestServer;
let people: readonly Member[];
before(async () => {
  server = await startServer();
  await foundOrganisation(server);
  people = await Promise.all(
    (["auditor", "administrator", "privacy-team"] as const).map((role) => addMember(server, role, { roles: [role] })),
  );
});
after(() => server.stop());

const page = async (member: Member) =>
  new Visitor(server).signIn(member.id).then((visitor) => visitor.get("/oversight"));
const said = (text: string) => text.replaceAll(/<[^>]*>/g, " ").replaceAll(/\s+/g, " ");

test("SDT-28, SPG-3: auditors, administrators and the privacy team see what waits, is overdue and was sent; others do not", async () => {
  const plain = await addMember(server, "Plain");
  for (const member of people) {
    const answer = await page(member);
    assert.equal(answer.status, 200);
    assert.match(said(answer.text), /0 wait for agreement[\s\S]*0 open incidents[\s\S]*Nothing was sent yet/);
  }
  assert.equal((await page(plain)).status, 403);
  const contact = await addContact(server, plain, "Rhys Morgan", "rhys@chambers.example");
  await releaseTransfer(server, plain, [{ contact }], new Uint8Array(10));
  server.clock.advance(4 * 86_400_000);
  const [auditor] = people;
  const { text } = await page(auditor ?? plain);
  assert.match(said(text), /1 on its way[\s\S]*1 receipt overdue of 1 that is not here yet/);
  assert.match(text, /<title id="methods-title">Transfers sent by method: Secure link 1<\/title>/);
  assert.match(text, /<title id="times-title">[^<]*Within a minute 1, Within an hour 0/);
  assert.match(said(text), /Transfers sent by month, as a table[\s\S]*November 2026 1 All 1/);
  assert.doesNotMatch(text, /Rhys|WB-/, "numbers alone");
});

test("bars are as long as their numbers, and what is there is seen", () => {
  const rows = rowChart([
    { label: "a", count: 1000 },
    { label: "b", count: 500 },
    { label: "c", count: 1 },
    { label: "d", count: 0 },
  ]);
  assert.deepEqual(
    rows.bars.map(({ width }) => width),
    [288, 144, 2, 0],
  );
  assert.equal(rows.total, 1501);
  const columns = columnChart([
    { label: "January", short: "J", count: 0 },
    { label: "February", short: "F", count: 0 },
  ]);
  assert.deepEqual(
    columns.bars.map(({ height }) => height),
    [0, 0],
  );
  assert.deepEqual(rowChart([]).bars, []);
});
