import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type CarryingDesk, openCarryingDesk, PACKAGE_DIGEST } from "../../testing/carrying-desk.ts";
import { sampleEvent } from "../../testing/samples.ts";

let desk: CarryingDesk;
before(async () => {
  desk = await openCarryingDesk();
});
after(() => desk?.server.stop());

const STATED = {
  ...{ items: "3", package: "zip", bytes: "52428800", digest: PACKAGE_DIGEST },
  reason: "The court has no network",
};
const OTHERWISE = /What they answered was about other facts, and does not count any more/;

async function waitsForAdvice(reference: string): Promise<boolean> {
  const tasks = (await desk.sender.visitor.get(`/transfers/${reference}/tasks`)).text;
  return OTHERWISE.test(tasks) && (await desk.signed(reference)) === 409;
}

test("SDT2-6: a yes to one way of going counts for no other: medium, carrier, size and reason are what it rests on", async () => {
  const [one, other] = [await desk.issuedStick("STICK-1"), await desk.issuedStick("STICK-2")];
  const reference = await desk.drafted("removable-media", { ...STATED, mediumId: one, carrier: "by-hand" });
  const state = (changed: object) =>
    desk.sender.visitor.form(`/transfers/${reference}/carriage`, {
      ...{ ...STATED, mediumId: one, carrier: "by-hand" },
      ...changed,
    });
  await desk.adviceAnswered(reference);
  assert.doesNotMatch((await desk.sender.visitor.get(`/transfers/${reference}/tasks`)).text, OTHERWISE);
  for (const changed of [
    { mediumId: other },
    { carrier: "special-delivery-1pm" },
    { bytes: "5242880000" },
    { reason: "It is quicker" },
  ]) {
    assert.equal((await state(changed)).status, 303, JSON.stringify(changed));
    assert.ok(await waitsForAdvice(reference), JSON.stringify(changed));
  }
  const [advice] = await desk.server.records.read.adviceOf(reference);
  assert.match(
    (await desk.operations.get(`/advice/${advice?.id}`)).text,
    /It is quicker/,
    "they see what is different",
  );
  assert.equal((await state({ bytes: "52428900" })).status, 303);
  assert.equal(await desk.signed(reference), 200, "packed again, it is as large");
});

test("SDT2-6: what was left open when they were asked may be said since", async () => {
  const stick = await desk.issuedStick("STICK-3");
  const reference = await desk.drafted("removable-media", { ...STATED, mediumId: stick });
  await desk.adviceAnswered(reference);
  const whole = { ...STATED, mediumId: stick, carrier: "special-delivery-1pm" };
  assert.equal((await desk.sender.visitor.form(`/transfers/${reference}/carriage`, whole)).status, 303);
  assert.equal(await desk.signed(reference), 200);
});

test("SDT2-6: an answer from before answers said whether it may go is no yes, and is asked for again", async () => {
  const stick = await desk.issuedStick("STICK-4");
  const carriage = { ...STATED, mediumId: stick, carrier: "special-delivery-1pm" };
  const reference = await desk.drafted("removable-media", carriage);
  await desk.adviceAnswered(reference);
  await desk.server.records.write(async (tx) => {
    const [advice] = await tx.adviceOf(reference);
    if (advice) await tx.saveAdvice({ ...advice, answer: "No. Never on a stick.", verdict: null });
    await tx.append(sampleEvent({ kind: "advice-answered", reference }));
  });
  const tasks = (await desk.sender.visitor.get(`/transfers/${reference}/tasks`)).text;
  assert.match(tasks, /answers did not yet say whether it may go/);
  assert.equal(await desk.signed(reference), 409);
});
