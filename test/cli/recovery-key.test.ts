import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { signRecoveryExport } from "../../src/client/people/recovery-key.ts";
import { passkeysOf } from "../../src/demo/passkeys-of.ts";
import { fingerprintOf } from "../../src/log/key-fingerprint.ts";
import { generateKeyPair } from "../../src/seal/keys.ts";
import { enrolPasskey } from "../../src/testing/enrolled-passkey.ts";
import { visitorHttp } from "../../src/testing/member-browser.ts";
import { addMember } from "../../src/testing/organisation.ts";
import { addRecoveryKey } from "../../src/testing/recovery-key.ts";
import { signedTransfer } from "../../src/testing/signed-transfer.ts";
import { Visitor } from "../../src/testing/visitor.ts";
import { type Council, STATED, startCouncil, TO_MIA } from "./council.ts";
import { Desk, type Said } from "./desk.ts";
import { onTerminal, waybillCommand } from "./processes.ts";

const MIA = "mia.member@council.example";
const UNCONFIRMED = 12;
const NO_ACCESS = 3;
const DAMAGED = 5;

let council: Council;
let keeper: Desk;
let administrators: Awaited<ReturnType<typeof twoAdministrators>>;

before(async () => {
  council = await startCouncil();
  keeper = await Desk.make();
  administrators = await twoAdministrators();
  await council.samsDesk.write("note.txt", "only few may read this");
});
after(async () => {
  await keeper.remove();
  await council.stop();
});

async function twoAdministrators() {
  const make = async (name: string) => {
    const { server } = council;
    const member = await addMember(server, name, { roles: ["administrator"] });
    const { passkey } = await enrolPasskey(server, member);
    const visitor = await new Visitor(server).signIn(member.id);
    const http = await visitorHttp(server, visitor);
    return { member, visitor, parts: { http, passkeys: passkeysOf(passkey, server.url), rpId: "localhost" } };
  };
  return [await make("Ada Admin"), await make("Ann Admin")] as const;
}

function enrol(recipient: string) {
  const [ada, ann] = administrators;
  return addRecoveryKey(council.server, recipient, [ada.member, ann.member]);
}

function send(...more: readonly string[]): Promise<Said> {
  return council.samsDesk.run(["send", "note.txt", ...TO_MIA, ...STATED, ...more]);
}

async function statesOfSam(): Promise<readonly string[]> {
  const sent = await council.server.records.read.transfersOf(council.sam.id, { limit: 100, offset: 0 });
  return sent.map(({ state }) => state);
}

/** Both sign, and the first fetches the package onto the machine of whoever keeps the secret half. */
async function exported(reference: string, name: string): Promise<Uint8Array> {
  const { server } = council;
  const { text = "" } = (await server.records.read.transfer(reference))?.waybill ?? {};
  for (const [at, { parts }] of administrators.entries()) {
    const half = at === 0 ? "ask" : "agree";
    await signRecoveryExport({ half, reference, waybill: text, reason: half === "ask" ? "A court asks" : "" }, parts);
  }
  const { bytes } = await administrators[0].visitor.form(`/recovery-key/exports/${reference}/package`, {});
  await keeper.write(name, bytes);
  return bytes;
}

test("a recovery key that is new, another one, or gone stops sending until its number was accepted, once each", async () => {
  const [first, second] = [await generateKeyPair(), await generateKeyPair()];
  const number = async (recipient: string) => (await fingerprintOf(recipient)).replaceAll(" ", "");
  await enrol(first.recipient);
  const stopped = await send();
  assert.equal(stopped.status, UNCONFIRMED, stopped.stderr);
  assert.match(stopped.stderr, new RegExp(`--accept-recovery-key ${await number(first.recipient)}`));
  assert.match(stopped.stderr, /enrolled by ada\.admin@council\.example and ann\.admin@council\.example/);
  assert.ok(!(await statesOfSam()).includes("released"));
  const wrong = await send("--accept-recovery-key", await number(second.recipient));
  assert.equal(wrong.status, UNCONFIRMED, wrong.stderr);
  const accepted = await send("--accept-recovery-key", await number(first.recipient));
  assert.equal(accepted.status, 0, accepted.stderr);
  assert.equal((await send()).status, 0, "what was accepted is remembered");

  await enrol(second.recipient);
  assert.equal((await send()).status, UNCONFIRMED);
  assert.equal((await send("--accept-recovery-key", await number(second.recipient))).status, 0);

  const { server } = council;
  await server.records.write(async (tx) => {
    const active = (await tx.recoveryKeys()).find(({ state }) => state === "active") ?? assert.fail();
    await tx.saveRecoveryKey({ ...active, state: "removed", removed: active.confirmed });
    const about = { actor: { kind: "system" }, reference: null, recipientId: null, detail: {} } as const;
    await tx.append({ kind: "recovery-key-removed", at: active.proposed.at, ...about });
  });
  const gone = await send();
  assert.equal(gone.status, UNCONFIRMED);
  assert.match(gone.stderr, /no recovery key any more[\s\S]*--accept-recovery-key none/);
  assert.equal((await send("--accept-recovery-key", "none")).status, 0);
});

test("at a terminal it is asked, and what is signed says that the organisation can open it", async () => {
  const { samsDesk } = council;
  await enrol((await generateKeyPair()).recipient);
  const env = ["env", `XDG_CONFIG_HOME=${samsDesk.path(".config")}`];
  const facts = STATED.filter((each) => !["--yes", "--json"].includes(each));
  const command = [...env, ...waybillCommand, "send", "note.txt", ...TO_MIA, ...facts];
  const no = await onTerminal(command, [["do you go on?", "n"]], samsDesk.folder);
  assert.notEqual(no.status, 0);
  const answers = [
    ["do you go on?", "y"],
    ["Sign this and send it?", "y"],
  ] as const;
  const yes = await onTerminal(command, answers, samsDesk.folder);
  assert.equal(yes.status, 0, yes.stdout.toString());
  assert.match(yes.stdout.toString(), /Opens it too\s+your organisation, with its recovery key/);
});

test("waybill keygen makes the key, and open --recovery opens an exported package offline, or leaves nothing", async () => {
  const made = await keeper.run(["keygen", "-o", "recovery.key", "--json"]);
  const { recipient, number } = made.json<{ recipient: string; number: string }>();
  assert.equal(number, await fingerprintOf(recipient));
  await enrol(recipient);
  const { server, sam } = council;
  const sender = {
    member: sam,
    visitor: await new Visitor(server).signIn(sam.id),
    passkey: await enrolPasskey(server, sam),
  };
  const note = { name: "note.txt", text: "only few may read this" };
  const { reference } = await signedTransfer(sender, [MIA], note, { recoveryKey: recipient });
  const bytes = await exported(reference, "package");
  assert.doesNotMatch(Buffer.from(bytes).toString("latin1"), /only few may read|note\.txt/);

  const opened = await keeper.run(["open", "--recovery", "package", "-i", "recovery.key", "-o", "out", "--json"]);
  assert.equal(opened.status, 0, opened.stderr);
  assert.deepEqual(opened.json<{ files: readonly string[] }>().files, ["out/note.txt"]);
  assert.equal((await keeper.read("out/note.txt")).toString(), "only few may read this");
  assert.match(opened.stdout, /sam\.sender@council\.example/);

  await keeper.run(["keygen", "-o", "other.key"]);
  const other = await keeper.run(["open", "--recovery", "package", "-i", "other.key", "-o", "none"]);
  assert.equal(other.status, NO_ACCESS, other.stderr);
  await keeper.write("cut", bytes.subarray(0, -1));
  const cut = await keeper.run(["open", "--recovery", "cut", "-i", "recovery.key", "-o", "none"]);
  assert.equal(cut.status, DAMAGED, cut.stderr);
  assert.deepEqual(await keeper.files("none"), []);
  const usage = await keeper.run(["open", "--recovery", "package", "-i", "recovery.key"]);
  assert.equal(usage.status, 2);

  const received = await council.miasDesk.run(["receive", reference, "-o", "in", "--no-receipt"]);
  assert.equal(received.status, 0, received.stderr);
  assert.match(received.stdout, /can open it too, with a recovery key that it keeps offline/);
});
