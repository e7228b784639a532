import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { toBase64 } from "../../src/bytes/base64.ts";
import { randomBytes } from "../../src/bytes/random.ts";
import { formatCheckpoint } from "../../src/log/checkpoint.ts";
import { type EventRecord, eventDigest } from "../../src/log/event-digest.ts";
import { describeFinding, type Finding } from "../../src/log/findings.ts";
import { EMPTY_ROOT, leafHash, subtreeHash } from "../../src/log/merkle.ts";
import { formatNote, signatureLine } from "../../src/log/note.ts";
import { COUNT, type Database, EARLIER, findingsAfter, NOW, signer } from "./tampered-log.ts";

/** What the check finds after these statements, by one who has the database's key. */
const finds = (title: string, wanted: readonly Finding[], ...statements: readonly string[]) =>
  test(title, async () => {
    const findings = await findingsAfter((database) => {
      for (const each of statements) database.exec(each);
    });
    assert.deepEqual(findings, wanted);
    for (const each of findings) assert.match(describeFinding(each), /\d.*\.$/);
  });

const copyAs = (seq: number, salt: string) =>
  `insert into event select ${seq}, ${salt}, kind, at, actor, reference, recipient_id, detail from event where seq = 17`;

suite("SIS-37: tampering with the records is found, and which event it was", () => {
  finds("nothing done, nothing found", []);
  finds("an event changed", [{ kind: "changed", seq: 17 }], "update event set detail = '{\"n\":18}' where seq = 17");
  finds(
    "only its time changed, or its random bits",
    [
      { kind: "changed", seq: 300 },
      { kind: "changed", seq: 599 },
    ],
    "update event set at = '2026-11-21T10:00:00.001Z' where seq = 300",
    "update event set salt = 'AAAAAAAAAAAAAAAAAAAAAA' where seq = 599",
  );
  finds("an event dropped", [{ kind: "missing", seq: 17 }], "delete from event where seq = 17");
  finds(
    "an event dropped with its entry",
    [{ kind: "missing", seq: 17 }],
    "delete from event where seq = 17",
    "delete from log_entry where seq = 17",
  );
  finds(
    "two events put in each other's place",
    [
      { kind: "moved", seq: 17, from: 300 },
      { kind: "moved", seq: 300, from: 17 },
    ],
    "update event set seq = -1 where seq = 17",
    "update event set seq = 17 where seq = 300",
    "update event set seq = 300 where seq = -1",
  );
  finds("an event copied to the end", [{ kind: "copied", seq: 601, of: 17 }], copyAs(601, "salt"));
  finds(
    "an event copied over another",
    [{ kind: "copied", seq: 18, of: 17 }],
    "delete from event where seq = 18",
    copyAs(18, "salt"),
  );
  finds("an event made up at the end", [{ kind: "added", seq: 601 }], copyAs(601, "'BAAAAAAAAAAAAAAAAAAAAA'"));
  finds(
    "the last events cut off",
    [
      { kind: "missing", seq: 599 },
      { kind: "missing", seq: 600 },
    ],
    "delete from event where seq > 598",
  );
  const cut = ["delete from event where seq > 598", "delete from log_entry where seq > 598"];
  finds(
    "the last events cut off with their entries",
    [{ kind: "cut-off", size: 600, present: 598, told: "head" }],
    ...cut,
  );
  finds(
    "the last events cut off with their entries and the head over them",
    [{ kind: "cut-off", size: 600, present: 598, told: "counter" }],
    ...cut,
    "delete from log_checkpoint where size > 598",
  );

  test("an event changed so that it cannot be read", async () => {
    const [found, ...others] = await findingsAfter((database) =>
      database.exec("update event set kind = 'abolished' where seq = 17"),
    );
    assert.ok(found?.kind === "unreadable" && found.seq === 17 && others.length === 0);
    assert.match(describeFinding(found), /^Event 17 was changed: it cannot be read\. .*event\.kind/);
  });
});

suite("Tampering with the log itself is found, and told from tampering with events", () => {
  finds(
    "an entry changed, and not its event",
    [
      { kind: "hash-wrong", level: 1, at: 0 },
      { kind: "entry-changed", seq: 17 },
    ],
    "update log_entry set digest = (select digest from log_entry where seq = 18) where seq = 17",
  );
  finds(
    "an entry dropped, and not its event",
    [{ kind: "entry-missing", seq: 17 }],
    "delete from log_entry where seq = 17",
  );
  finds(
    "a hash of the tree changed",
    [{ kind: "hash-wrong", level: 1, at: 1 }],
    "update log_hash set hash = (select hash from log_hash where at = 0) where at = 1",
  );
  finds("a hash of the tree dropped", [{ kind: "hash-wrong", level: 1, at: 1 }], "delete from log_hash where at = 1");
  finds(
    "the last entries cut off, and not their events",
    [
      { kind: "entry-missing", seq: 599 },
      { kind: "entry-missing", seq: 600 },
    ],
    "delete from log_entry where seq > 598",
  );

  test("a head that this log did not sign", async () => {
    const findings = await findingsAfter((database) =>
      database.prepare("update log_checkpoint set root = ? where size = 600").run(toBase64(randomBytes(32))),
    );
    assert.deepEqual(
      findings.map(({ kind }) => kind),
      ["not-ours"],
    );
  });
});

suite("Tampering with records and log together, so that they agree, is found against what was signed", () => {
  test("an event rewritten with its entry and every hash over it: it is said between which heads", async () => {
    const findings = await findingsAfter((database) => rewrite(database, 500));
    assert.deepEqual(findings, [{ kind: "rewritten", first: EARLIER + 1, last: COUNT }]);
    const early = await findingsAfter((database) => rewrite(database, 300));
    assert.deepEqual(early, [{ kind: "rewritten", first: 1, last: EARLIER }]);
  });

  test("an event taken out and all later ones moved up", async () => {
    const findings = await findingsAfter((database) => {
      database.exec("delete from event where seq = 450; delete from log_entry where seq = 450");
      for (const table of ["event", "log_entry"])
        for (let seq = 451; seq <= COUNT; seq++)
          database.exec(`update ${table} set seq = ${seq - 1} where seq = ${seq}`);
      database.exec("update next_event set seq = 600");
      for (let seq = 450; seq < COUNT; seq++) rewrite(database, seq);
    });
    assert.deepEqual(findings, [{ kind: "cut-off", size: 600, present: 599, told: "head" }]);
  });

  test("an older database put in its place: against the last head that a witness kept", async () => {
    const restore = (database: Database) => {
      for (const table of ["event", "log_entry"]) database.exec(`delete from ${table} where seq > 400`);
      database.exec("delete from log_hash where at > 0; delete from log_checkpoint where size > 400");
      database.exec("update next_event set seq = 401");
    };
    assert.deepEqual(await findingsAfter(restore), [], "it agrees with itself");
    const findings = await findingsAfter(restore, (heads) => heads.slice(-1));
    assert.deepEqual(findings, [{ kind: "cut-off", size: 600, present: 400, told: "head" }]);
  });

  test("the head of a log that was empty says nothing, and those after it are compared all the same", async () => {
    const text = formatCheckpoint({ origin: signer.key.name, size: 0, root: EMPTY_ROOT });
    const empty = formatNote(text, [await signatureLine(text, signer, NOW)]);
    const tampered = findingsAfter(
      (database) => rewrite(database, 300),
      () => [empty],
    );
    assert.deepEqual(await tampered, [{ kind: "rewritten", first: 1, last: EARLIER }]);
  });

  test("a head kept elsewhere that this log never signed is refused, not believed", async () => {
    const forged = findingsAfter(
      () => undefined,
      (heads) => heads.map((head) => head.replace("\n600\n", "\n599\n")),
    );
    await assert.rejects(forged, { code: "wrong-signature" });
  });
});

/** Changes an event, and makes its entry and the hash of its tile anew, as this program would have. */
function rewrite(database: Database, seq: number): void {
  database.prepare("update event set at = '2020-01-01T00:00:00.000Z' where seq = ?").run(seq);
  const row = database.prepare("select * from event where seq = ?").get(seq) as Record<string, never>;
  const { recipient_id: recipientId, actor, detail } = row;
  const event = {
    ...(row as object as EventRecord),
    recipientId,
    actor: JSON.parse(actor ?? ""),
    detail: JSON.parse(detail ?? ""),
  };
  const digest = eventDigest({ ...event, recipientId: recipientId ?? null });
  database.prepare("update log_entry set digest = ? where seq = ?").run(toBase64(digest), seq);
  const tile = Math.floor((seq - 1) / 256);
  const rows = database
    .prepare("select digest from log_entry where seq > ? and seq <= ? order by seq")
    .all(tile * 256, tile * 256 + 256);
  const leaves = (rows as { digest: string }[]).map((each) => leafHash(Buffer.from(each.digest, "base64")));
  if (leaves.length < 256) return;
  database.prepare("update log_hash set hash = ? where level = 1 and at = ?").run(toBase64(subtreeHash(leaves)), tile);
}
