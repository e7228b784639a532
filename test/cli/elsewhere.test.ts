import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { type Council, PLAIN, startCouncil, TO_MIA, WHY } from "./council.ts";
import { Desk } from "./desk.ts";
import { onTerminal, waybillCommand } from "./processes.ts";

let council: Council;
let secondDesk: Awaited<ReturnType<typeof Desk.of>>;
before(async () => {
  council = await startCouncil();
  secondDesk = await Desk.of(council.server, council.sam);
  await council.samsDesk.know(council.server, council.sam);
  await council.samsDesk.write("note.txt", "hello");
  await council.samsDesk.write("plan.txt", "The plan");
});
after(async () => {
  await council.stop();
  await secondDesk.remove();
});

const SEND = ["send", "note.txt", "plan.txt", ...TO_MIA, ...WHY, ...PLAIN];

async function asked(desk: Desk, args: readonly string[], answer: string) {
  const env = ["env", `XDG_CONFIG_HOME=${join(desk.folder, ".config")}`];
  const command = [...env, ...waybillCommand, ...args];
  const { status, stdout } = await onTerminal(command, [["Sign this and send it?", answer]], desk.folder);
  return { status, screen: stdout.toString() };
}

const codeIn = (screen: string) => /[Cc]heck code\s+([0-9A-Z]{4}-[0-9A-Z]{4})/.exec(screen)?.[1];

test("SIS-23: what one command line of the sender sealed, another shows file by file and signs", async () => {
  const { samsDesk, miasDesk, server, sam } = council;
  const sealed = await asked(samsDesk, SEND, "n");
  assert.equal(sealed.status, 14, sealed.screen);
  const [draft] = await server.records.read.transfersOf(sam.id, { limit: 1, offset: 0 });
  const { reference } = draft ?? assert.fail();

  const unseen = await secondDesk.run(["send", "--resume", reference, "--yes"]);
  assert.equal(unseen.status, 2, unseen.stderr);
  assert.match(unseen.stderr, /leave out --yes/);
  assert.equal((await server.records.read.transfer(reference))?.state, "draft");

  const signed = await asked(secondDesk, ["send", "--resume", reference], "y");
  assert.equal(signed.status, 0, signed.screen);
  for (const each of ["note.txt", "plan.txt", "The hearing", "Mia Member", "Sealed on another device"]) {
    assert.ok(signed.screen.includes(each), each);
  }
  assert.ok(codeIn(sealed.screen));
  assert.equal(codeIn(signed.screen), codeIn(sealed.screen));
  assert.equal((await server.records.read.transfer(reference))?.state, "released");
  const received = await miasDesk.run(["receive", reference, "-o", "in"]);
  assert.equal(received.status, 0, received.stderr);
  assert.equal((await miasDesk.read("in/plan.txt")).toString(), "The plan");

  const again = await samsDesk.run(["send", "--resume", reference, "--yes", "--json"]);
  assert.equal(
    again.json().state,
    "released",
    "the device that sealed it learns that it was sent, and sends nothing twice",
  );
});
