import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { iso } from "../../domain/clock.ts";
import type { Member } from "../../domain/member.ts";
import { addSigner, answerRequest, requestFor } from "../../testing/approver.ts";
import { type CarryingDesk, openCarryingDesk } from "../../testing/carrying-desk.ts";
import { addMember } from "../../testing/organisation.ts";
import { sampleEvent } from "../../testing/samples.ts";
import type { SigningSender } from "../../testing/signed-transfer.ts";
import { advisersOf } from "../advice/advisers.ts";
import { approversOf } from "../approvals/approvers.ts";
import { reportReaders } from "../carrying/report-readers.ts";
import { whoDenies } from "../incidents/who-denies.ts";
import { whomToEscalateTo, whomToTell } from "../incidents/whom-to-tell.ts";

let desk: CarryingDesk;
/** Had a work address once, a role in everything, and manages the sender. */
let olga: SigningSender;
before(async () => {
  desk = await openCarryingDesk();
  olga = await addSigner(desk.server, "Olga Once", { roles: EVERY_ROLE });
});
after(() => desk.server.stop());

const EVERY_ROLE = [
  ...(["administrator", "privacy-team", "operational-security", "senior-manager", "information-asset-owner"] as const),
] as const;
const WORK = "olga.once@council.example";

const save = (member: Member) =>
  desk.server.records.write(async (tx) => {
    await tx.saveMember(member);
    await tx.append(sampleEvent({ kind: "member-changed" }));
  });
/** As when the configuration drops a mail domain: the member is there, with what they had. */
const moveTo = (address: string) => save({ ...olga.member, address });

test("SDT-17: a medium is issued to a colleague with a work address alone, and one saw its erasure", async () => {
  const { server, operations } = desk;
  const outside = await addMember(server, "Odd Outside", { address: "odd@outside.example" });
  const made = await operations.form("/media/new", {
    ...{ serial: "OUT-1", owner: "Court support", kind: "standard", gigabytes: "32", purpose: "transfer" },
  });
  const at = made.headers.get("location") ?? assert.fail(made.text);
  const id = at.split("/").at(-1) ?? "";
  const due = { day: "1", month: "12", year: "2999" };
  const issue = (to: string) => operations.form(`${at}/issue`, { to, ...due });
  assert.equal((await issue(outside.address)).status, 422);
  assert.equal((await server.records.read.medium(id))?.state, "available");
  assert.equal((await issue(desk.sender.member.address)).status, 303);
  for (const step of ["returned", "checked-in"]) assert.equal((await operations.form(`${at}/${step}`, {})).status, 303);
  const erase = (witness: string) => operations.form(`${at}/erased`, { how: "Overwritten once", witness });
  assert.equal((await erase(outside.address)).status, 422);
  assert.equal((await erase(desk.line.member.address)).status, 303);
  assert.equal((await server.records.read.medium(id))?.erasure?.witnessId, desk.line.member.id);
});

test("SDT-3, SDT-17: what a line manager agreed to counts no more once their address is none of the organisation's", async () => {
  const { server, sender } = desk;
  await save({ ...sender.member, lineManagerId: olga.member.id });
  const reference = await desk.drafted("hand-delivery", { items: "1" });
  assert.equal(await desk.signed(reference), 200);
  const id = await requestFor(server, reference, "line-manager");
  await moveTo("olga@outside.example");
  const asked = await olga.visitor.api("POST", `/api/to-agree/${id}/options`, {});
  assert.equal(asked.status, 404, "to them there is no such request");
  await moveTo(WORK);
  await answerRequest(server, olga, id, "approve");
  assert.equal((await desk.transfer(reference)).state, "approved");
  const readers = async () => {
    const found = await reportReaders(server.records.read, await desk.transfer(reference));
    return found.some(({ member }) => member.id === olga.member.id);
  };
  assert.ok(await readers(), "a report of how it went would be sealed to them");
  await moveTo("olga@outside.example");
  assert.ok(!(await readers()));
  assert.equal((await olga.visitor.get(`/to-agree/${id}`)).status, 422, "who answered it, and is no colleague now");
  const form = await sender.visitor.get(`/transfers/${reference}/carry`);
  const seen = [...form.text.matchAll(/name="seen"[^>]*value="([^"]+)"/g)].map(([, value]) => value ?? "");
  await desk.carry(reference, { seen, handedTo: "Clara Counsel", identification: "passport" });
  assert.notEqual((await desk.transfer(reference)).state, "released", "it goes by nobody's leave");
  await moveTo(WORK);
  await save(sender.member);
});

test("SDT-17: nobody without a work address is asked, told or heard as who has a role", async () => {
  const { server, sender, line } = desk;
  const { read } = server.records;
  const at = iso(server.clock.now());
  const managed = { ...sender.member, lineManagerId: olga.member.id };
  const found = async () => {
    const told = await whomToTell(
      read,
      null,
      { kind: "wrong-person", sender: managed, reporter: null, personal: true },
      at,
    );
    const approvers = [
      ...(await approversOf(read, "line-manager", managed, at)),
      ...(await approversOf(read, "senior-manager", managed, at)),
    ].map(({ member }) => member.id);
    return {
      approves: approvers.filter((id) => id === olga.member.id).length,
      advises: (await advisersOf(read, "privacy-team")).some(({ id }) => id === olga.member.id),
      told: told.some(({ memberId }) => memberId === olga.member.id),
      escalated: (await whomToEscalateTo(read, at)).some(({ memberId }) => memberId === olga.member.id),
      denies: (await whoDenies(read, { transfers: [] }, at)).as(olga.member) !== null,
    };
  };
  assert.deepEqual(await found(), { approves: 2, advises: true, told: true, escalated: true, denies: true });
  await moveTo("olga@outside.example");
  assert.deepEqual(await found(), { approves: 0, advises: false, told: false, escalated: false, denies: false });
  assert.doesNotMatch((await desk.administrator.get("/deputies")).text, /Olga Once/, "as deputy, or with one");
  assert.match((await desk.administrator.get("/deputies")).text, new RegExp(line.member.name));
  await moveTo(WORK);
});
