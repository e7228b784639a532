import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { StatusView } from "../../src/domain/wire/sending.ts";
import { addContact, addMember } from "../../src/testing/organisation.ts";
import { Visitor } from "../../src/testing/visitor.ts";
import { type Council, PLAIN, STATED, startCouncil, TO_MIA, WHY } from "./council.ts";
import { onTerminal, waybillCommand } from "./processes.ts";

let council: Council;

before(async () => {
  council = await startCouncil();
  const { server, sam, samsDesk } = council;
  await samsDesk.write("note.txt", "The hearing is at ten.");
  const line = await addMember(server, "Lena Line", { roles: ["line-manager"] });
  await addContact(server, sam, "Tess Third", "tess@other.example", { kind: "third-party", legitimateNeed: "" });
  await server.records.write(async (tx) => {
    await tx.saveMember({ ...sam, lineManagerId: line.id });
    const at = server.clock.now().toISOString();
    const actor = { kind: "system" } as const;
    await tx.append({ kind: "member-changed", at, actor, reference: null, recipientId: null, detail: {} });
  });
});
after(() => council.stop());

const IMPACT = ["--impact-individuals", "some", "--impact-organisation", "none"];
const TO_TESS = ["send", "note.txt", "--to", "tess@other.example", ...WHY, "--yes"];
const PERSONAL = [
  "--classification",
  "OFFICIAL",
  "--personal",
  "--offences",
  "--no-special",
  "--no-sensitive",
  ...IMPACT,
];

test("SDT-5, SDT-7, SIS-13: what the rules want first is listed with clauses and options, nothing is uploaded, exit 3", async () => {
  const { samsDesk, server } = council;
  const said = await samsDesk.run([...TO_TESS, ...PERSONAL, "--people", "40", "--no-names-with-addresses"]);
  assert.equal(said.status, 3, said.stderr);
  for (const line of [
    /Record why the recipient may have this\. \[SDT-7\] Add --need TEXT\./,
    /is expecting sensitive or bulk information\. \[SIS-13\] Add --expecting/,
    /Name a current data sharing agreement .* \[SDT-5\] Add --agreement REF or --no-agreement WHY\./,
    /waybill recall WB-/,
  ]) {
    assert.match(said.stderr, line);
  }
  assert.match(said.stderr, /\/transfers\/WB-\S+\/tasks, then: waybill send --resume WB-/);
  assert.doesNotMatch(said.stderr, /Say how large it is|line manager must agree/, "measured, and asked after signing");
  const reference = /waybill recall (WB-[0-9A-Z-]+)/.exec(said.stderr)?.[1] ?? "";
  const draft = await server.records.read.transfer(reference);
  assert.deepEqual([draft?.state, draft?.uploadId], ["draft", null]);
});

test("SDT-3: with everything stated it is signed and waits for the line manager, and status says so", async () => {
  const { samsDesk, server } = council;
  const facts = { offences: true, special: false, namesWithAddresses: false, people: 40, personal: true };
  await samsDesk.write("facts.json", JSON.stringify({ ...facts, agreement: { none: "Appointed by the court" } }));
  const options = ["--need", "The court asked for her report", "--expecting", "--secret-channel", "in-person"];
  const plain = ["--classification", "OFFICIAL", "--no-sensitive", ...IMPACT];
  const more = ["--facts", "facts.json", ...plain, ...options, "--destination", "Her locked cabinet"];
  const basis = ["--lawful-basis", "public-task", "--offences-condition", "official-authority"];
  const said = await samsDesk.run([...TO_TESS, ...more, ...basis]);
  assert.equal(said.status, 0, said.stderr);
  assert.match(
    said.stdout,
    /^Signed; waits for Lena Line \(line manager\) to agree, by \d{1,2} \w+ \d{4}, \d{1,2}:\d{2}[ap]m: WB-/,
  );
  const reference = /WB-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(said.stdout)?.[0] ?? "";
  const { facts: kept, state } = (await server.records.read.transfer(reference)) ?? {};
  assert.equal(state, "requested");
  const { people, offences, special, agreement, destinationStorage, secretChannel } = kept ?? {};
  assert.deepEqual(
    [people, offences, special, agreement, destinationStorage, secretChannel],
    [40, true, false, { none: "Appointed by the court" }, "Her locked cabinet", "in-person"],
  );
  const [row] = await server.records.read.recipients(reference);
  assert.deepEqual([row?.expecting, row?.legitimateNeed], [true, "The court asked for her report"]);
  const status = await samsDesk.run(["status", reference]);
  assert.match(status.stdout, /waits for agreement[\s\S]*Waits for Lena Line \(line manager\) to agree/);
  const json = (await samsDesk.run(["status", reference, "--json"])).json<StatusView & Record<string, unknown>>();
  assert.deepEqual(
    json.waitsFor.map(({ role, names }) => [role, names]),
    [["line manager", ["Lena Line"]]],
  );
});

test("SIS-23: what was stated anew in a browser is signed only by who sees it", async () => {
  const { samsDesk, server, sam } = council;
  const vague = WHY.filter((each) => each !== "--minimised");
  const begun = await samsDesk.run(["send", "note.txt", ...TO_MIA, ...vague, ...PLAIN, "--yes"]);
  assert.equal(begun.status, 3, begun.stderr);
  const reference = /waybill recall (WB-[0-9A-Z-]+)/.exec(begun.stderr)?.[1] ?? "";
  const browser = await new Visitor(server).signIn(sam.id);
  await browser.form(`/transfers/${reference}/facts`, { minimised: "yes" });
  const page = {
    recipients: TO_MIA[1] ?? "",
    purpose: "Another hearing",
    necessity: "Counsel needs it",
    recordCopy: "Another file",
    expiry: "keep",
  };
  const described = { ...page, classification: "OFFICIAL", personal: "no", sensitive: "no", minimised: "yes" };
  assert.equal((await browser.form(`/transfers/${reference}/describe`, described)).status, 303);
  const unseen = await samsDesk.run(["send", "--resume", reference, "--yes"]);
  assert.equal(unseen.status, 2, unseen.stderr);
  assert.match(unseen.stderr, /described anew in a browser: leave out --yes/);
  const env = ["env", `XDG_CONFIG_HOME=${join(samsDesk.folder, ".config")}`];
  const command = [...env, ...waybillCommand, "send", "--resume", reference];
  const signed = await onTerminal(command, [["Sign this and send it?", "y"]], samsDesk.folder);
  assert.equal(signed.status, 0, signed.stdout.toString());
  assert.match(signed.stdout.toString(), /described anew[\s\S]*Another hearing/);
  assert.equal((await server.records.read.transfer(reference))?.state, "released");
});

test("SECRET is refused with whom to ask", async () => {
  const said = await council.samsDesk.run([
    ...["send", "note.txt", ...TO_MIA, ...STATED],
    ...["--classification", "SECRET", ...IMPACT],
  ]);
  assert.equal(said.status, 3, said.stderr);
  assert.match(said.stderr, /cannot go by secure link[\s\S]*ask the security team \(security@council\.example\)\./);
});

test("facts that contradict each other, or a file that is not as it should be, are refused by name", async () => {
  const { samsDesk } = council;
  await samsDesk.write("odd.json", '{"people": "many"}');
  await samsDesk.write("unknown.json", '{"peoples": 4}');
  await samsDesk.write("twice.json", '{"people": 4, "people": 5}');
  const send = ["send", "note.txt", ...TO_MIA, ...STATED];
  for (const [args, status, why] of [
    [["--special", "--no-special"], 2, /either --special or --no-special/],
    [["--personal"], 2, /either --personal or --no-personal/],
    [["--sensitive"], 2, /either --sensitive or --no-sensitive/],
    [["--special"], 2, /no --special without --personal/],
    [["--impact-individuals", "some"], 2, /no --impact-individuals without --personal/],
    [["--classification", "SECRETIVE"], 2, /--classification OFFICIAL or/],
    [["--agreement", "A", "--no-agreement", "B"], 2, /either --agreement or --no-agreement/],
    [["--people", "some"], 2, /--people as a whole number/],
    [["--secret-channel", "email"], 2, /--secret-channel phone, sms, post, teams, in-person/],
    [["--facts", "odd.json"], 2, /people: must be a whole number/],
    [["--facts", "unknown.json"], 2, /peoples: is not a fact/],
    [["--facts", "twice.json"], 2, /people: is there twice/],
    [["--facts", "none.json"], 6, /Cannot read none\.json/],
  ] as const) {
    const said = await samsDesk.run([...send, ...args]);
    assert.equal(said.status, status, `${args.join(" ")}: ${said.stderr}`);
    assert.match(said.stderr, why);
  }
});
