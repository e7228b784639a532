import assert from "node:assert/strict";
import { readFile, rm } from "node:fs/promises";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { randomBytes } from "../../src/bytes/random.ts";
import { askWitnesses } from "../../src/jobs/ask-witnesses.ts";
import { formatVerifierKey, signerOf } from "../../src/log/keys.ts";
import { createLogKeeper } from "../../src/log/log-keeper.ts";
import type { Witness } from "../../src/log/witness.ts";
import { createMemoryEphemera } from "../../src/testing/memory-ephemera.ts";
import { createMemoryRecords } from "../../src/testing/memory-records.ts";
import { sampleEvent, sampleOrganisation } from "../../src/testing/samples.ts";
import { temporaryFolder } from "../../src/testing/temporary-store.ts";
import { WitnessProcess } from "../log/witness-process.ts";

const ORIGIN = "council.example/log";
const ROUNDS = 6;
const LONGEST = 400;

test("Kill -9 of a witness at random moments: it never forgets what it cosigned, and goes on", async () => {
  const folder = await temporaryFolder();
  const signer = await signerOf(ORIGIN, "note", randomBytes(32));
  const running = new WitnessProcess(folder, formatVerifierKey(signer.key));
  const { records, log } = createMemoryRecords();
  const keeper = createLogKeeper(log, signer);
  const lines: string[] = [];
  const texts = { reminderText: () => ({ subject: "", text: "" }), alarmText: () => ({ subject: "", text: "" }) };
  const parts = {
    records,
    ephemera: createMemoryEphemera(),
    texts,
    logTo: { write: (line: string) => void lines.push(line) },
  };
  const grow = async (witness: Witness) => {
    await records.write((tx) => tx.append(sampleEvent()));
    await keeper.sign(new Date());
    return askWitnesses({ ...parts, log: { stored: log, keeper, witnesses: [witness] } }, new Date());
  };
  try {
    await records.write(async (tx) => {
      await tx.saveOrganisation(sampleOrganisation());
      await tx.append(sampleEvent());
    });
    let key = "";
    let cosigned = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const witness = await running.start();
      key ||= formatVerifierKey(witness.key);
      assert.equal(formatVerifierKey(witness.key), key);
      let alive = true;
      const before = cosigned;
      const work = (async () => {
        while (alive) cosigned += await grow(witness);
      })();
      while (cosigned === before) await pause(5); // however slow the machine is, there is something to forget
      await pause(Math.random() * LONGEST);
      await running.stop("SIGKILL");
      alive = false;
      await work;
      const acknowledged = (await log.cosignedBy(witness.key))?.size ?? 0;
      const memory = JSON.parse(await readFile(running.memory, "utf8").catch(() => "{}"));
      assert.ok((memory[ORIGIN]?.size ?? 0) >= acknowledged, `${acknowledged} entries were cosigned, and forgotten`);
    }
    const witness = await running.start();
    assert.equal(await grow(witness), 1, "it goes on from what it saw");
    assert.deepEqual(lines, [], "nothing of it looks like a rewritten log");
  } finally {
    await running.stop("SIGKILL");
    await rm(folder, { recursive: true });
  }
});
