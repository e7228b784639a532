import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type CarryingDesk, openCarryingDesk } from "../../testing/carrying-desk.ts";

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
  const went = { seen: ["verify:identity-seen"], handedTo: "Clara Counsel", identification: "staff pass" };
  assert.equal((await desk.carry(reference, went)).status, 303);
  const [row] = await desk.server.records.read.recipients(reference);
  assert.equal(row?.state, "arrived");
  assert.match((await desk.sender.visitor.get(`/transfers/${reference}`)).text, /identification seen: staff pass/);
});

test("SDT2-4: by telephone, how identity was confirmed and what kind of information it was; nothing of the content", async () => {
  const reference = await desk.agreed("telephone", { items: "1" });
  const both = ["verify:phone-identity", "declare:phone-minimum"];
  assert.equal((await desk.carry(reference, { seen: both })).status, 422);
  assert.equal((await desk.carry(reference, { seen: ["declare:phone-minimum"], told: "The date" })).status, 422);
  assert.equal((await desk.carry(reference, { seen: both, told: "The date; rang back" })).status, 303);
});
