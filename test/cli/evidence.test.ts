import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { after, before, test } from "node:test";
import { randomBytes } from "../../src/bytes/random.ts";
import { formatVerifierKey, signerOf } from "../../src/log/keys.ts";
import { type Council, STATED, startCouncil, TO_MIA } from "./council.ts";
import { environment, waybillCommand } from "./processes.ts";

let council: Council;
let reference: string;
before(async () => {
  council = await startCouncil();
  const { samsDesk, miasDesk } = council;
  await samsDesk.write("statement.txt", "MARKER-CONTENT the witness said");
  const sent = await samsDesk.run(["send", "statement.txt", ...TO_MIA, ...STATED]);
  assert.equal(sent.status, 0, sent.stderr);
  reference = String(sent.json().reference);
  const received = await miasDesk.run(["receive", reference, "-o", "in", "--receipt", "--json"]);
  assert.equal(received.status, 0, received.stderr);
});
after(() => council.stop());

/** The command line in a process that may read files and do nothing else: no network, no writing, no other process. */
function verified(...args: readonly string[]) {
  const [node, script] = waybillCommand;
  const alone = ["--permission", "--allow-fs-read=*", "--disable-warning=ExperimentalWarning"];
  const options = { cwd: council.samsDesk.folder, env: environment(), encoding: "utf8" } as const;
  return spawnSync(node, [...alone, script, "verify", ...args], options);
}
const logKey = () => formatVerifierKey(council.server.parts.log.keeper.key);

test("SDT-28, SIS-23: evidence is fetched, and verified without a network; one byte changed, and it fails with 17", async () => {
  const { samsDesk } = council;
  const fetched = await samsDesk.run(["evidence", reference, "-o", "pack.zip", "--json"]);
  assert.equal(fetched.status, 0, fetched.stderr);
  assert.deepEqual(fetched.json(), { reference, file: "pack.zip" });
  const said = verified("pack.zip", "--log-key", logKey());
  assert.equal(said.status, 0, said.stderr);
  assert.match(said.stdout, /Sam Sender \(.+\) signed the waybill and sent it, with the key of a command line/);
  assert.match(said.stdout, /Mia Member \(.+\): says received/);
  assert.match(said.stdout, /Not proved:\n- No witness vouches/);
  assert.doesNotMatch(said.stdout, /the organisation's records alone say so/);
  const json = JSON.parse(verified("pack.zip", "--log-key", logKey(), "--json").stdout);
  assert.deepEqual([json.reference, json.log.vouched], [reference, []]);

  const pack = await samsDesk.read("pack.zip");
  pack[pack.length >> 1] = (pack[pack.length >> 1] ?? 0) ^ 1;
  await samsDesk.write("changed.zip", pack);
  const changed = verified("changed.zip", "--log-key", logKey());
  assert.equal(changed.status, 17, changed.stdout);
  assert.match(changed.stderr, /This pack proves nothing\./);
  assert.equal(changed.stdout, "");
});

test("SIS-37: --with-names adds the names on this computer while the transfer lasts, and verify says them; once it is over it says so", async () => {
  const { samsDesk } = council;
  const sent = await samsDesk.run(["send", "statement.txt", ...TO_MIA, ...STATED]);
  assert.equal(sent.status, 0, sent.stderr);
  const live = String(sent.json().reference);
  const fetched = await samsDesk.run(["evidence", live, "--with-names", "-o", "named.zip"]);
  assert.equal(fetched.status, 0, fetched.stderr);
  const said = verified("named.zip", "--log-key", logKey());
  assert.equal(said.status, 0, said.stderr);
  assert.match(said.stdout, /Names of the files:\n- statement\.txt\n/);
  assert.ok(!said.stdout.includes("MARKER-CONTENT"));
  const proved = await samsDesk.run(["evidence", reference, "--with-tokens", "-o", "proved.zip"]);
  assert.equal(proved.status, 0, proved.stderr);
  assert.match(
    verified("proved.zip", "--log-key", logKey()).stdout,
    /: proved opened\. They signed over the receipt token/,
  );
  const recalled = await samsDesk.run(["recall", live, "--yes"]);
  assert.equal(recalled.status, 0, recalled.stderr);
  const over = await samsDesk.run(["evidence", live, "--with-names", "-o", "over.zip"]);
  assert.notEqual(over.status, 0);
  assert.match(over.stderr, /list of its files and the receipt tokens were destroyed .+ can be had without/s);
});

test("a pack under another log's key, a witness's key in its place, and no key are refused", async () => {
  const { log } = council.server.parts;
  const other = await signerOf(log.keeper.key.name, "note", randomBytes(32));
  const witness = await signerOf("witness.example/w1", "cosignature", randomBytes(32));
  assert.equal(verified("pack.zip", "--log-key", formatVerifierKey(other.key)).status, 17);
  const mistaken = verified("pack.zip", "--log-key", formatVerifierKey(witness.key));
  assert.equal(mistaken.status, 2);
  assert.match(mistaken.stderr, /That is the key of a witness/);
  assert.equal(verified("pack.zip").status, 2);
  assert.equal(verified("missing.zip", "--log-key", logKey()).status, 6);
});
