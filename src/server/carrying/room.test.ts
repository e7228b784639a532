import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { type CarryingDesk, openCarryingDesk, PACKAGE_DIGEST } from "../../testing/carrying-desk.ts";
import { sampleEvent } from "../../testing/samples.ts";

let desk: CarryingDesk;
before(async () => {
  desk = await openCarryingDesk();
});
after(() => desk?.server.stop());

const GIGABYTES = 1_000_000_000;
const CARRIED = { items: "3", reason: "The court has no network", carrier: "special-delivery-1pm" };
const packed = (bytes: number) => ({ package: "zip", bytes: String(bytes), digest: PACKAGE_DIGEST });
const SEEN = ["envelope:packed", "envelope:addressee-only", "envelope:return-address", "envelope:no-marking"].concat([
  "medium:written",
  "recipient:told-before",
]);

test("SDT-23: a registered medium that is too small is refused when it is chosen, when it is signed, and when it goes", async () => {
  const mediumId = await desk.issuedStick("STICK-0032");
  const reference = await desk.drafted("removable-media", { ...CARRIED, package: "none" });
  const at = `/transfers/${reference}/carriage`;
  const small = await desk.sender.visitor.form(at, { ...CARRIED, ...packed(40 * GIGABYTES), mediumId });
  assert.equal(small.status, 422);
  assert.match(small.text, /40 GB do not fit onto STICK-0032, which holds 32 GB. Choose a larger registered medium/);
  const unpacked = { ...CARRIED, package: "none", bytes: String(33 * GIGABYTES), mediumId };
  assert.match((await desk.sender.visitor.form(at, unpacked)).text, /33 GB do not fit/);

  await desk.sender.visitor.form(at, { ...CARRIED, ...packed(30 * GIGABYTES), mediumId });
  await desk.adviceAnswered(reference);
  const again = { items: "3", ...packed(34 * GIGABYTES) };
  assert.equal((await desk.sender.visitor.form(`/transfers/${reference}/add`, again)).status, 303);
  assert.match((await desk.sender.visitor.get(`/transfers/${reference}/tasks`)).text, /34 GB do not fit/);
  assert.equal(await desk.signed(reference), 409, "packed again, and larger than the medium that was chosen");
  await desk.sender.visitor.form(at, { ...CARRIED, ...packed(30 * GIGABYTES), mediumId });
  assert.equal(await desk.signed(reference), 200);
  await desk.approvedByLine(reference);

  const medium = (await desk.server.records.read.medium(mediumId)) ?? assert.fail();
  const hold = (capacity: number) =>
    desk.server.records.write(async (tx) => {
      await tx.saveMedium({ ...medium, capacity });
      await tx.append(sampleEvent({ kind: "medium-changed" }));
    });
  await hold(16 * GIGABYTES);
  assert.match(
    (await desk.sender.visitor.get(`/transfers/${reference}/carry`)).text,
    /30 GB do not fit onto STICK-0032/,
  );
  const went = await desk.carry(reference, { seen: SEEN });
  assert.equal(went.status, 409);
  assert.match(went.text, /30 GB do not fit/);
  await hold(medium.capacity);
  assert.equal((await desk.carry(reference, { seen: SEEN })).status, 303);
});

test("SDT-21: a receipt asks nothing of the password, and telling it stays the sender's next step until it is told or not needed", async () => {
  const mediumId = await desk.issuedStick("STICK-0033");
  const plain = { ...CARRIED, package: "none", bytes: "4000000" };
  const reference = await desk.drafted("removable-media", plain);
  const medium = (await desk.server.records.read.medium(mediumId)) ?? assert.fail();
  await desk.server.records.write(async (tx) => {
    await tx.saveMedium({ ...medium, kind: "hardware-encrypted" });
    await tx.append(sampleEvent({ kind: "medium-changed" }));
  });
  await desk.sender.visitor.form(`/transfers/${reference}/carriage`, { ...plain, mediumId });
  await desk.adviceAnswered(reference);
  assert.equal(
    await desk.signed(reference),
    200,
    (await desk.sender.visitor.get(`/transfers/${reference}/tasks`)).text,
  );
  await desk.approvedByLine(reference);
  assert.equal((await desk.carry(reference, { seen: SEEN })).status, 303);
  const [row] = await desk.server.records.read.recipients(reference);
  const at = `/transfers/${reference}/carried/${row?.id}`;
  await desk.sender.visitor.form(`${at}/arrival`, { by: "phone" });
  assert.equal((await desk.sender.visitor.form(`${at}/receipt`, { by: "phone" })).status, 303);
  const page = async () => (await desk.sender.visitor.get(`/transfers/${reference}`)).text;
  assert.match(await page(), /They say that they have it\. Tell Clara Counsel the password/);
  const unsaid = await desk.sender.visitor.form(`${at}/password`, { answer: "not-needed", why: " " });
  assert.equal(unsaid.status, 422);
  const why = "They set the PIN of this stick themselves";
  assert.equal((await desk.sender.visitor.form(`${at}/password`, { answer: "not-needed", why })).status, 303);
  assert.doesNotMatch(await page(), /Tell Clara Counsel the password/);
  assert.match(await page(), new RegExp(`They need not be told a password[\\s\\S]*${why}`));
});
