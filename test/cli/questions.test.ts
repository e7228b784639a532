import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { type Council, PLAIN, startCouncil, TO_MIA, WHY } from "./council.ts";
import type { Desk } from "./desk.ts";
import { onTerminal, waybillCommand } from "./processes.ts";

let council: Council;
before(async () => {
  council = await startCouncil();
  await council.samsDesk.write("note.txt", "hello");
});
after(() => council.stop());

const SEND = ["send", "note.txt", ...TO_MIA, ...WHY, ...PLAIN];

/** Runs a command at the desk, on a terminal of its own. */
async function asked(desk: Desk, args: readonly string[], answers: readonly (readonly [string, string])[]) {
  const env = ["env", `XDG_CONFIG_HOME=${join(desk.folder, ".config")}`];
  const { status, stdout } = await onTerminal([...env, ...waybillCommand, ...args], answers, desk.folder);
  return { status, screen: stdout.toString() };
}

async function transfers(): Promise<readonly { reference: string; state: string }[]> {
  return council.server.records.read.transfersOf(council.sam.id, { limit: 100, offset: 0 });
}

test("SIS-23: before signing, all that is signed is shown; a no sends nothing, and the sealed files wait for a later yes", async () => {
  const { samsDesk, server } = council;
  const no = await asked(samsDesk, SEND, [["Sign this and send it?", "n"]]);
  assert.equal(no.status, 14, no.screen);
  const shown = ["Sam Sender <sam.sender@council.example>, Example Council", "Mia Member <mia.member@council.example>"];
  for (const each of [...shown, "The hearing", "Counsel needs it", "OFFICIAL"])
    assert.ok(no.screen.includes(each), each);
  const [draft, ...others] = await transfers();
  assert.deepEqual([draft?.state, others.length], ["draft", 0]);

  const uploads = async () =>
    (await server.records.read.eventsOf(draft?.reference ?? "")).filter(({ kind }) => kind === "upload-started");
  assert.equal((await uploads()).length, 1);
  const yes = await asked(samsDesk, SEND, [["Sign this and send it?", "y"]]);
  assert.equal(yes.status, 0, yes.screen);
  assert.equal((await uploads()).length, 1, "what was sealed is not sealed again");
  assert.deepEqual(
    (await transfers()).map(({ state }) => state),
    ["released"],
  );
});

test("the receipt is asked for once the files are saved, and taking back names those who were handed the content", async () => {
  const { samsDesk, miasDesk } = council;
  const [sent] = await transfers();
  const { reference } = sent ?? assert.fail();
  const received = await asked(
    miasDesk,
    ["receive", reference, "-o", "in"],
    [["I have opened it and it is complete", "yes"]],
  );
  assert.equal(received.status, 0, received.screen);
  assert.match(received.screen, /The receipt is signed/);
  const recalled = await asked(samsDesk, ["recall", reference], [["back?", "n"]]);
  assert.equal(recalled.status, 14);
  assert.match(recalled.screen, /had been handed the sealed content:\s+mia\.member@council\.example, and opened it/);
});
