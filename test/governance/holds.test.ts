import assert from "node:assert/strict";
import { after, before, suite, test } from "node:test";
import { iso } from "../../src/domain/clock.ts";
import type { Member } from "../../src/domain/member.ts";
import { readStatement } from "../../src/evidence/read-evidence.ts";
import { certifyDestructions } from "../../src/jobs/certify-destruction.ts";
import { destroyWhatWasHeld } from "../../src/jobs/destroy-kept.ts";
import { expireTransfers } from "../../src/jobs/expire-transfers.ts";
import { removeAbandonedUploads } from "../../src/jobs/remove-abandoned-uploads.ts";
import { whyNotCertified } from "../../src/log/destruction.ts";
import { generateKeyPair } from "../../src/seal/keys.ts";
import { addSigner } from "../../src/testing/approver.ts";
import { addContact, addKey, addMember, foundOrganisation } from "../../src/testing/organisation.ts";
import { ReceivingDevice } from "../../src/testing/receiving-device.ts";
import { startServer, type TestServer } from "../../src/testing/server.ts";
import { type SigningSender, signedTransfer } from "../../src/testing/signed-transfer.ts";
import { Visitor } from "../../src/testing/visitor.ts";

const CLARA = "clara@chambers.example";
let server: TestServer;
let sender: SigningSender;
let keeper: Visitor;
let plain: Visitor;
let privacy: Member;

before(async () => {
  server = await startServer({ limits: { rateFactor: 100 } });
  await foundOrganisation(server);
  sender = await addSigner(server, "Ada Clerk");
  await addKey(server, sender.member.id, await generateKeyPair());
  privacy = await addMember(server, "Priya Privacy", { roles: ["privacy-team"] });
  keeper = await new Visitor(server).signIn(privacy.id);
  plain = await new Visitor(server).signIn((await addMember(server, "Paul Plain")).id);
  await addContact(server, sender.member, "Clara Counsel", CLARA);
});
after(() => server.stop());

const jobs = () => ({ ...server.parts, logTo: { write: (line: string) => assert.fail(line) } });
const now = () => server.clock.now();
const kindsOf = async (reference: string) => (await server.records.read.eventsOf(reference)).map(({ kind }) => kind);

async function transferAt(reference: string) {
  const found = await server.records.read.transfer(reference);
  assert.ok(found);
  return found;
}

/** Places a hold as the privacy team does, and answers its id. */
async function place(fields: Readonly<Record<string, string>>): Promise<string> {
  const before = new Set((await server.records.read.holds()).map(({ id }) => id)); // of one moment, so their order says nothing
  const answer = await keeper.form("/governance/holds/new", { reason: "The tribunal asks", ...fields });
  assert.equal(answer.status, 303, answer.text);
  return (await server.records.read.holds()).find(({ id }) => !before.has(id))?.id ?? "";
}

async function lift(id: string): Promise<void> {
  assert.equal((await keeper.form(`/governance/holds/${id}/lift`, { reason: "Decided" })).status, 303);
}

suite("Holds", () => {
  test("SIS-37: under a hold, taking back ends access at once and keeps body and grants; nobody can fetch them; lifting destroys them", async () => {
    const { reference, access } = await signedTransfer(sender, [CLARA]);
    const [recipientId = ""] = Object.keys(access.tokens);
    const device = await ReceivingDevice.proved(server, recipientId);
    assert.equal((await device.arrive()).status, 200);
    const id = await place({ on: "transfer", reference });
    assert.equal((await sender.visitor.form(`/transfers/${reference}/take-back`, {})).status, 303);
    const held = await transferAt(reference);
    assert.deepEqual([held.state, held.destruction], ["recalled", "held"]);
    assert.notEqual(held.senderGrant, null);
    const [recipient] = await server.records.read.recipients(reference);
    assert.notEqual(recipient?.grant, null);
    assert.notEqual(await server.parts.blobs.stat(held.uploadId ?? ""), null);
    const kinds = await kindsOf(reference);
    assert.ok(kinds.includes("destruction-held") && !kinds.includes("content-destroyed"));
    for (const path of [`/api/r/${recipientId}`, `/api/r/${recipientId}/manifest`]) {
      assert.doesNotMatch((await device.get(path)).text, new RegExp(String(recipient?.grant).slice(0, 40)), path);
    }
    const view = await sender.visitor.get(`/api/transfers/${reference}`);
    assert.equal(view.json<{ senderGrant: string | null }>().senderGrant, null);
    assert.equal((await sender.visitor.get(`/api/transfers/${reference}/manifest`)).status, 410);
    const page = await sender.visitor.get(`/transfers/${reference}`);
    assert.match(page.text, /A hold is on it[\s\S]*The tribunal asks[\s\S]*nobody can open it/);
    assert.doesNotMatch(page.text, /was destroyed|id="evidence-names"/, "nor is offered what is handed to nobody");
    await removeAbandonedUploads(jobs(), now());
    assert.equal(await destroyWhatWasHeld(jobs(), now()), 0, "the hold stands");
    assert.notEqual(await server.parts.blobs.stat(held.uploadId ?? ""), null, "no sweeping takes it either");
    await lift(id);
    assert.equal(await destroyWhatWasHeld(jobs(), now()), 1);
    const gone = await transferAt(reference);
    assert.deepEqual([gone.destruction, gone.senderGrant, gone.sealed?.manifest], ["done", null, ""]);
    assert.equal(await server.parts.blobs.stat(held.uploadId ?? ""), null);
    assert.equal((await server.records.read.recipients(reference))[0]?.grant, null);
  });

  test("SIS-37: holds on a person and on a period keep what they concern when it expires, and nothing else", async () => {
    const [one, other] = [await signedTransfer(sender, [CLARA]), await signedTransfer(sender, [CLARA])];
    const today = iso(now()).slice(0, 10).split("-");
    const person = await place({ on: "person", address: CLARA });
    const expire = async (reference: string) => {
      const transfer = await transferAt(reference);
      await server.records.write(async (tx) => {
        await tx.saveTransfer({ ...transfer, expiresAt: iso(now()) });
        await tx.append({
          ...({ kind: "expiry-shortened", at: iso(now()), actor: { kind: "system" }, reference } as const),
          ...{ recipientId: null, detail: {} },
        });
      });
      await expireTransfers(jobs(), now());
      return (await transferAt(reference)).destruction;
    };
    assert.equal(await expire(one.reference), "held");
    await lift(person);
    const [year = "", month = "", day = ""] = today;
    const from = { "from-day": day, "from-month": month, "from-year": year };
    const until = { "until-day": day, "until-month": month, "until-year": year };
    const period = await place({ on: "period", ...from, ...until });
    assert.equal(await destroyWhatWasHeld(jobs(), now()), 0, "the other hold is on it too");
    await lift(period);
    assert.equal(await destroyWhatWasHeld(jobs(), now()), 1);
    await place({ on: "person", address: "somebody@else.example" });
    assert.equal(await expire(other.reference), "done");
  });

  test("a hold needs what it is on and a reason; only the privacy team and administrators place and see them", async () => {
    for (const [fields, wrong] of [
      [{ reason: "x" }, /Choose what it is on/],
      [{ on: "transfer", reference: "WB-0000-0001", reason: "x" }, /no transfer with that reference/],
      [{ on: "person", address: "nobody", reason: "x" }, /Enter an email address/],
      [{ on: "period", reason: "x" }, /Enter the first day[\s\S]*Enter the last day/],
      [{ on: "person", address: CLARA, reason: " " }, /Say why/],
    ] as const) {
      const answer = await keeper.form("/governance/holds/new", fields);
      assert.equal(answer.status, 422, answer.text);
      assert.match(answer.text, wrong);
    }
    for (const path of ["/governance", "/governance/holds", "/governance/holds/new", "/governance/retention"]) {
      assert.equal((await plain.get(path)).status, 403, path);
      assert.equal((await keeper.get(path)).status, 200, path);
    }
    const before = (await server.records.read.holds()).length;
    assert.equal(
      (await plain.form("/governance/holds/new", { on: "person", address: CLARA, reason: "x" })).status,
      403,
    );
    assert.equal((await server.records.read.holds()).length, before);
    assert.match((await keeper.get("/governance/holds")).text, /The tribunal asks[\s\S]*Priya Privacy/);
  });
});

suite("Certificates of destruction", () => {
  test("OXM-21, SIS-37: once the body is gone the organisation signs what was destroyed, why, and until when backups may hold it", async () => {
    const { reference } = await signedTransfer(sender, [CLARA]);
    await sender.visitor.form(`/transfers/${reference}/take-back`, {});
    assert.match((await sender.visitor.get(`/transfers/${reference}`)).text, /certificate is being signed/);
    const months = { transfers: 84, access: 12, contacts: null, registers: 84 };
    await server.records.write(async (tx) => {
      const keeping = { months, noticeDays: 14, backupDays: 35, setBy: privacy.id, setAt: iso(now()) };
      await tx.saveKeeping(keeping);
      await tx.append({
        ...({ kind: "keeping-set", at: iso(now()), actor: { kind: "system" }, reference: null } as const),
        ...{ recipientId: null, detail: {} },
      });
    });
    assert.ok((await certifyDestructions(jobs(), now())) >= 1);
    assert.equal(await certifyDestructions(jobs(), now()), 0, "each is signed once");
    const event = (await server.records.read.eventsOf(reference)).at(-1);
    assert.equal(event?.kind, "destruction-certified");
    const { certificate = "", signature = "", statement = "" } = (event?.detail ?? {}) as Record<string, string>;
    const transfer = await transferAt(reference);
    const said = JSON.parse(certificate) as Record<string, unknown>;
    assert.equal(said.why, "taken-back");
    assert.equal(said.content, transfer.sealed?.content);
    assert.equal(said.bodyBytes, transfer.sealed?.bodySize);
    assert.equal(said.backupsUntil, iso(new Date(now().getTime() + 35 * 86_400_000)));
    const { key } = server.parts.log.keeper;
    const about = { key, waybill: transfer.waybill?.digest ?? "", rpId: server.parts.place.rpId };
    const signed = readStatement(statement);
    assert.equal(await whyNotCertified({ certificate, signature }, signed, about), null);
    const other = certificate.replace("taken-back", "expired");
    assert.match(
      (await whyNotCertified({ certificate: other, signature }, signed, about)) ?? "",
      /another certificate/,
    );
    const elsewhere = { ...about, waybill: "00".repeat(32) };
    assert.match((await whyNotCertified({ certificate, signature }, signed, elsewhere)) ?? "", /another waybill/);
    const removal = { ...signed, kind: "remove" } as const;
    assert.match((await whyNotCertified({ certificate, signature }, removal, about)) ?? "", /“remove”/);
    const changed = { ...signed, nonce: "x" };
    assert.match((await whyNotCertified({ certificate, signature }, changed, about)) ?? "", /not by the log's key/);
    const page = await sender.visitor.get(`/transfers/${reference}/certificate`);
    assert.match(page.text, /The sender took it back[\s\S]*may still hold the sealed files until/);
    assert.ok(page.text.includes(signature));
  });

  test("nothing is signed while the sealed body is still there", async () => {
    const { reference } = await signedTransfer(sender, [CLARA]);
    await sender.visitor.form(`/transfers/${reference}/take-back`, {});
    const { uploadId } = await transferAt(reference);
    const blobs = { ...server.parts.blobs, remove: async () => undefined, stat: async () => ({ length: 1, size: 1 }) };
    await certifyDestructions({ ...jobs(), blobs }, now());
    assert.equal((await transferAt(reference)).destruction, "done", String(uploadId));
  });
});
