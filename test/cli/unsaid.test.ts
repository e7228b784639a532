import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { type Council, PLAIN, STATED, startCouncil, TO_MIA, WHY } from "./council.ts";
import { onTerminal, waybillCommand } from "./processes.ts";

let council: Council;
before(async () => {
  council = await startCouncil();
  await council.samsDesk.write("note.txt", "hello");
});
after(() => council.stop());

const SEND = ["send", "note.txt", ...TO_MIA];

async function transfers() {
  return council.server.records.read.transfersOf(council.sam.id, { limit: 100, offset: 0 });
}

/** On a terminal of its own. @param shell what stands around the command in a shell. */
async function asked(args: readonly string[], answers: readonly (readonly [string, string])[], shell = "%") {
  const env = ["env", `XDG_CONFIG_HOME=${join(council.samsDesk.folder, ".config")}`];
  const words = [...env, ...waybillCommand, ...args].map((word) => `"${word}"`).join(" ");
  const { status, stdout } = await onTerminal(
    ["sh", "-c", shell.replace("%", words)],
    answers,
    council.samsDesk.folder,
  );
  return { status, screen: stdout.toString() };
}

test("SIS-36, SIS-5: without a terminal nothing is presumed: every missing option at once, exit 2, and nothing is begun", async () => {
  const { samsDesk } = council;
  for (const [args, missing, known] of [
    [
      ["send"],
      [
        "FILE",
        "--to",
        "--purpose",
        "--necessity",
        "--record-copy",
        "--classification",
        "--personal",
        "--sensitive",
        "--yes",
      ],
      [],
    ],
    [
      [...SEND, ...WHY],
      ["--classification", "--no-personal", "--no-sensitive", "--yes"],
      ["--purpose", "--to"],
    ],
    [[...SEND, ...WHY, "--yes"], ["--classification", "--no-personal", "--no-sensitive"], ["--yes"]],
    [[...SEND, ...WHY, "-y", "--classification", "OFFICIAL", "--no-personal"], ["--no-sensitive"], ["--no-personal"]],
    [[...SEND, ...WHY, "-y", "--classification", "OFFICIAL", "--no-sensitive"], ["--no-personal"], ["--no-sensitive"]],
    [[...SEND, ...WHY, "-y", "--no-personal", "--no-sensitive"], ["--classification"], ["--personal", "--impact"]],
    [
      [...SEND, ...WHY, "-y", "--classification", "OFFICIAL-SENSITIVE", "--no-personal"],
      ["--impact-individuals", "--impact-organisation"],
      ["--sensitive", "--special"],
    ],
    [
      [...SEND, "--personal", "--yes"],
      [
        "--purpose",
        "--classification",
        "--no-special",
        "--no-offences",
        "--people",
        "--no-names-with-addresses",
        "--impact-individuals",
      ],
      ["--no-personal"],
    ],
    [
      [...SEND, ...WHY, "-y", "--classification", "internal", "--personal", "--no-sensitive"],
      ["--no-special", "--no-offences", "--impact-individuals"],
      ["--people", "--no-names"],
    ],
    [
      [...SEND, ...WHY, "-y", "--classification", "confidential", "--personal"],
      ["--impact-individuals"],
      ["--special", "--offences", "--people", "--sensitive"],
    ],
  ] as const) {
    const said = await samsDesk.run(args);
    assert.equal(said.status, 2, `${args.join(" ")}: ${said.stderr}`);
    const listed = said.stderr.split("\n").filter((line) => line.startsWith("  "));
    for (const option of missing) {
      const named = option === "FILE" ? /files, folders/ : new RegExp(`${option}\\b`);
      assert.ok(
        listed.some((line) => named.test(line)),
        `${args.join(" ")}: ${option} in ${said.stderr}`,
      );
    }
    for (const option of known) assert.ok(!listed.some((line) => line.includes(option)), `${option}: ${said.stderr}`);
  }
  assert.deepEqual(await transfers(), []);
});

test("SIS-36: a file of facts says them as well as options do, and an option counts before it", async () => {
  const { samsDesk, server } = council;
  const facts = { purpose: "The hearing", necessity: "Counsel needs it", recordCopy: "The file", minimised: true };
  await samsDesk.write("vague.json", JSON.stringify({ ...facts, personal: false }));
  const vague = await samsDesk.run([...SEND, "--facts", "vague.json", "--yes"]);
  assert.equal(vague.status, 2, vague.stderr);
  assert.match(vague.stderr, /--classification[\s\S]*--no-sensitive/);
  assert.doesNotMatch(vague.stderr, /--no-personal/);
  const more = { classification: "OFFICIAL", personal: false, sensitive: true };
  await samsDesk.write("facts.json", JSON.stringify({ ...facts, ...more }));
  const said = await samsDesk.run([...SEND, "--facts", "facts.json", "--no-sensitive", "--yes", "--json"]);
  assert.equal(said.status, 0, said.stderr);
  const sent = await server.records.read.transfer(String(said.json().reference));
  const { classification, personal, sensitive } = sent?.facts ?? assert.fail();
  assert.deepEqual([classification, personal, sensitive], ["OFFICIAL", false, false]);
});

test("SIS-36, SIS-5: at a terminal what is missing is asked in plain words, and exactly the answers are stated", async () => {
  const before = (await transfers()).length;
  const said = await asked(
    [...SEND, "--minimised", "--necessity", "Counsel needs it"],
    [
      ["What is it for?", "The hearing"],
      ["Where is the record copy kept?", "The case file"],
      ["If it carries a marking, type that one:", "offical"],
      ["If it carries a marking, type that one:", "official"],
      ["anything about a living person who can be recognised from it?", "yes"],
      ["special-category information", "n"],
      ["about criminal offences", "y"],
      ["How many people is it about", "1,200"],
      ["names stand together with home addresses", "no"],
      ["sensitive in any other way", "no"],
      ["what could happen to people?", "some"],
      ["what could happen to your organisation?", "none"],
    ],
  );
  // The rules want more of what is personal: that is said after this, with a draft to go on with.
  assert.equal(said.status, 3, said.screen);
  assert.match(said.screen, /That was not understood/);
  const all = await transfers();
  assert.equal(all.length, before + 1);
  const reference = /waybill recall (WB-[0-9A-Z-]+)/.exec(said.screen)?.[1] ?? assert.fail(said.screen);
  const { facts } = (await council.server.records.read.transfer(reference)) ?? assert.fail();
  const { purpose, classification, personal, special, offences, people, namesWithAddresses, sensitive, impact } = facts;
  assert.deepEqual([purpose, classification, personal, sensitive], ["The hearing", "OFFICIAL", true, false]);
  assert.deepEqual([special, offences, people, namesWithAddresses], [false, true, 1200, false]);
  assert.deepEqual(impact, { individuals: "some", organisation: "none" });
});

test("what was said is not asked, and --json, pipes and a command that could not go on ask nothing", async () => {
  const answered = await asked([...SEND, ...WHY, ...PLAIN], [["Sign this and send it?", "n"]]);
  assert.equal(answered.status, 14, answered.screen);
  assert.doesNotMatch(answered.screen, /living person|carries a marking/);
  const before = (await transfers()).length;
  const unsaid = [...SEND, ...WHY];
  for (const [args, shell] of [
    [[...unsaid, "--json"], "%"],
    [unsaid, "% | cat; exit 2"],
    [unsaid, "true | %"],
    [["send", "note.txt", ...WHY], "%"],
  ] as const) {
    const said = await asked(args, [], shell);
    assert.equal(said.status, 2, said.screen);
    assert.match(said.screen, /--no-sensitive/);
    assert.doesNotMatch(said.screen, /living person/);
  }
  assert.equal((await transfers()).length, before);
});

test("an answer that is never understood ends the command as without a terminal", async () => {
  const before = (await transfers()).length;
  const question = "anything about a living person who can be recognised from it?";
  const perhaps = [question, "perhaps"] as const;
  const said = await asked(
    [...SEND, ...WHY, "--classification", "OFFICIAL", "--no-sensitive"],
    [perhaps, perhaps, perhaps],
  );
  assert.equal(said.status, 2, said.screen);
  assert.match(said.screen, /--no-personal; or --personal/);
  assert.equal((await transfers()).length, before);
});

test("everything that a sending has to say sends it", async () => {
  const said = await council.samsDesk.run([...SEND, ...STATED, "--purpose", "Another hearing"]);
  assert.equal(said.status, 0, said.stderr);
});
