import assert from "node:assert/strict";
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { afterEach, beforeEach, suite, test } from "node:test";
import { sha256Hex } from "../../src/bytes/digest.ts";
import { randomBytes } from "../../src/bytes/random.ts";
import { utf8 } from "../../src/bytes/text.ts";
import { askWitnesses } from "../../src/jobs/ask-witnesses.ts";
import { formatCheckpoint } from "../../src/log/checkpoint.ts";
import { wholeNote } from "../../src/log/event-log.ts";
import { formatVerifierKey, signerOf } from "../../src/log/keys.ts";
import { createLogKeeper } from "../../src/log/log-keeper.ts";
import { formatNote, parseNote, signatureLine, verifyNote } from "../../src/log/note.ts";
import type { Witness } from "../../src/log/witness.ts";
import { createMemoryEphemera } from "../../src/testing/memory-ephemera.ts";
import { createMemoryRecords } from "../../src/testing/memory-records.ts";
import { sampleEvent, sampleMember, sampleOrganisation } from "../../src/testing/samples.ts";
import { temporaryFolder } from "../../src/testing/temporary-store.ts";
import { waybill } from "../cli/processes.ts";
import { WitnessProcess } from "./witness-process.ts";

const ORIGIN = "council.example/log";
const signer = await signerOf(ORIGIN, "note", randomBytes(32));
const LOG = formatVerifierKey(signer.key);
const NOW = new Date("2026-11-22T10:00:00.000Z");

/** One organisation's records and jobs; `append` also signs. */
async function organisation() {
  const { records, outbox, log } = createMemoryRecords();
  const lines: string[] = [];
  const ephemera = createMemoryEphemera();
  const keeper = createLogKeeper(log, signer);
  const texts = {
    reminderText: () => ({ subject: "", text: "" }),
    alarmText: (_: object, says: readonly string[]) => ({ subject: "Alarm", text: says.join("\n") }),
  };
  await records.write(async (tx) => {
    await tx.saveOrganisation(sampleOrganisation());
    await tx.saveMember(sampleMember({ id: "ada", roles: ["administrator"] }));
    await tx.saveMember(sampleMember({ id: "lee", roles: ["administrator"], state: "deactivated" }));
    await tx.saveMember(sampleMember({ id: "paul", roles: [] }));
    await tx.append(sampleEvent());
  });
  const parts = { records, ephemera, texts, logTo: { write: (line: string) => void lines.push(line) } };
  return {
    records,
    ephemera,
    log,
    lines,
    mail: () => outbox.list(99),
    async append(count: number, detail = {}) {
      await records.write(async (tx) => {
        for (let n = 0; n < count; n++) await tx.append(sampleEvent({ detail }));
      });
      return (await keeper.sign(NOW)) ?? assert.fail();
    },
    ask: (witness: Witness, now = NOW) =>
      askWitnesses({ ...parts, log: { stored: log, keeper, witnesses: [witness] } }, now),
  };
}

let folder: string;
let running: WitnessProcess;
beforeEach(async () => {
  folder = await temporaryFolder();
  running = new WitnessProcess(folder, LOG);
});
afterEach(async () => {
  await running.stop("SIGKILL");
  await rm(folder, { recursive: true });
});

suite("A witness that somebody outside runs", () => {
  test("cosigns heads as they come, keeps its memory through kill -9, and hands out what it cosigned", async () => {
    let witness = await running.start();
    const { key } = witness;
    const council = await organisation();
    await council.append(3);
    assert.equal(await council.ask(witness), 1);
    assert.equal(await council.ask(witness), 0, "nothing new");
    assert.deepEqual(await running.stop("SIGKILL"), [null, "SIGKILL"]);
    assert.equal(await council.ask(witness), 0);
    witness = await running.start();
    assert.deepEqual(witness.key, key);
    for (const count of [1, 300, 7]) {
      const { size } = await council.append(count);
      assert.equal(await council.ask(witness), 1);
      assert.equal((await council.log.cosignedBy(key))?.size, size);
    }
    const head = (await council.log.checkpoint()) ?? assert.fail();
    const verified = await verifyNote(parseNote(wholeNote(head)), [signer.key, key]);
    assert.equal(verified.length, 2);
    const served = await fetch(`${witness.url}/${await sha256Hex(utf8(ORIGIN))}/checkpoint`);
    assert.equal(await served.text(), wholeNote(head));
    assert.deepEqual([council.lines, await council.mail()], [[], []]);
    assert.deepEqual(await running.stop(), [0, null]);
  });

  test("a log that forgot which heads were cosigned goes on from what the witness says it saw", async () => {
    const witness = await running.start();
    const council = await organisation();
    await council.append(5);
    await council.ask(witness);
    await council.append(5);
    await council.append(5);
    Object.assign(council.log, { cosignedBy: async () => null });
    assert.equal(await council.ask(witness), 1);
  });

  test("SIS-37: a history that was rewritten is not cosigned, and administrators are told once", async () => {
    const witness = await running.start();
    await council5(witness);
    const rewritten = await organisation();
    await rewritten.append(9, { another: "history" });
    assert.equal(await rewritten.ask(witness), 0);
    assert.equal(await rewritten.ask(witness), 0);
    assert.match(running.said, /refused \(422\)/);
    const mail = await rewritten.mail();
    assert.deepEqual(
      mail.map(({ to }) => to),
      ["ada@council.example"],
    );
    assert.match(
      mail[0]?.text ?? "",
      /The witness witness\.example\/w1 finds that the log does not continue what it saw/,
    );
    assert.equal(rewritten.lines.length, 1);
    assert.equal(JSON.parse(rewritten.lines[0] ?? "").level, 50);
    const kinds = (await rewritten.records.read.recentEvents(1)).map(({ kind }) => kind);
    assert.deepEqual(kinds, ["log-alarm"]);
    await rewritten.ask(witness, new Date(NOW.getTime() + 25 * 3_600_000));
    assert.equal((await rewritten.mail()).length, 2, "and again a day later");
  });

  test("SIS-37: an older database that was put back is noticed, because the witness has seen more", async () => {
    const witness = await running.start();
    await council5(witness);
    const restored = await organisation();
    await restored.append(1);
    await restored.ask(witness);
    const [mail] = await restored.mail();
    assert.match(
      mail?.text ?? "",
      /has seen a log of 6 entries, and this one has fewer: an older database was restored/,
    );
    assert.match(
      String((await restored.ephemera.get("log", "witness witness.example/w1", NOW))?.says),
      /older database/,
    );
  });

  /** Six entries that the witness saw. */
  async function council5(witness: Witness): Promise<void> {
    const council = await organisation();
    await council.append(5);
    assert.equal(await council.ask(witness), 1);
  }

  test("a witness that does not answer, or answers what is no signature of its, is asked again and believed nothing", async () => {
    const council = await organisation();
    await council.append(1);
    const { key } = await signerOf("witness.example/w1", "cosignature", randomBytes(32));
    const silent = () => council.ephemera.get("log", "silent witness.example/w1", NOW);
    assert.equal(await council.ask({ key, url: "http://localhost:9" }), 0);
    assert.match(String((await silent())?.says), /cannot be reached/);
    const witness = await running.start();
    assert.equal(await council.ask({ key, url: witness.url }), 0);
    assert.match(String((await silent())?.says), /no signature by the key/);
    assert.equal(await council.ask(witness), 1);
    assert.equal(await silent(), null);
    assert.deepEqual([council.lines, await council.mail()], [[], []]);
  });

  test("answers with the statuses of c2sp.org/tlog-witness", async () => {
    const witness = await running.start();
    const ask = async (body: string, method = "POST") => {
      const answer = await fetch(`${witness.url}/add-checkpoint`, method === "POST" ? { method, body } : { method });
      return [answer.status, answer.headers.get("content-type"), await answer.text()] as const;
    };
    const head = async (origin: string, by = signer) => {
      const text = formatCheckpoint({ origin, size: 1, root: randomBytes(32) });
      return `old 0\n\n${formatNote(text, [await signatureLine(text, by, NOW)])}`;
    };
    const other = await signerOf(ORIGIN, "note", randomBytes(32));
    assert.equal((await ask("rubbish"))[0], 400);
    assert.equal((await ask("x".repeat(300_000)).catch(() => [400]))[0], 400);
    assert.equal((await ask(await head("other.example/log")))[0], 404);
    assert.equal((await ask(await head(ORIGIN, other)))[0], 403);
    assert.equal((await ask("", "GET"))[0], 405);
    const unseen = await fetch(`${witness.url}/${"0".repeat(64)}/checkpoint`);
    assert.equal(unseen.status, 404);
    assert.equal((await ask(await head(ORIGIN)))[0], 200);
    assert.deepEqual(await ask(await head(ORIGIN)), [409, "text/x.tlog.size", "1\n"]);
    assert.equal((await ask((await head(ORIGIN)).replace("old 0", "old 1")))[0], 422);
  });

  test("of requests that come at once from one old size, one is cosigned", async () => {
    const witness = await running.start();
    const bodies = await Promise.all(
      Array.from({ length: 8 }, async () => {
        const text = formatCheckpoint({ origin: ORIGIN, size: 1, root: randomBytes(32) });
        return `old 0\n\n${formatNote(text, [await signatureLine(text, signer, NOW)])}`;
      }),
    );
    const answers = await Promise.all(
      bodies.map((body) => fetch(`${witness.url}/add-checkpoint`, { method: "POST", body })),
    );
    assert.deepEqual(answers.map(({ status }) => status).toSorted(), [200, 409, 409, 409, 409, 409, 409, 409]);
  });

  test("does not start with a memory that cannot be read, and leaves it as it is", async () => {
    await writeFile(running.memory, '{"council.example/log": {"size": 5');
    await assert.rejects(running.start(), /witness-state\.json is not whole\. It was left as it is/);
    assert.equal(await readFile(running.memory, "utf8"), '{"council.example/log": {"size": 5');
  });

  test("says what is missing or wrong on its command line", async () => {
    const files = ["--key", `${folder}/k`, "--state", `${folder}/s`];
    for (const [args, why] of [
      [[], /--key, --state/],
      [[...files, "--log", "x"], /not a verifier key/],
      [[...files, "--log", LOG], /give the witness a name/],
      [[...files, "--log", LOG, "--name", "a b"], /no spaces/],
      [[...files, "--log", LOG, "--name", "w", "--listen", "8421"], /host and a port/],
    ] as const) {
      const { status, stderr } = waybill(["witness", ...args]);
      assert.equal(status, 2, stderr);
      assert.match(stderr, why);
    }
    assert.deepEqual(await readdir(folder), []);
  });
});
