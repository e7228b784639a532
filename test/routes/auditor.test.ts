import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { readPack } from "../../src/evidence/read-zip.ts";
import type { Row } from "../../src/server/gate/row.ts";
import { rows } from "../../src/server/routes.ts";
import type { Answer } from "../../src/testing/visitor.ts";
import { bodyOf, changes, nameOf, pathOf } from "./requests.ts";
import { lastingOf } from "./snapshot.ts";
import { VALID } from "./valid-bodies.ts";
import { createWorld, type World } from "./world.ts";

let world: World;
/** A transfer that was really signed, so that there is evidence of it. */
let signed: string;
before(async () => {
  world = await createWorld();
  signed = (await world.server.records.read.approval(world.toAgreeId))?.reference ?? "";
});
after(() => world.server.stop());

/** What any colleague may do who has no role. */
const ANYBODY: readonly Row["who"][] = ["anyone", "anonymous", "member", "colleague"];
const OWN: readonly Row["who"][] = ["auditor", "overseer"];
const named = (row: Row) => OWN.includes(row.who);

async function ask(row: Row): Promise<Answer> {
  const visitor = await world.auditor();
  const path = pathOf(row, world).replace(/WB-[^/]+(?=\/evidence$)/, signed);
  if (!changes(row)) return visitor.ask(row.method, path);
  return visitor.api(row.method, path, VALID[nameOf(row)]?.(world).body ?? bodyOf(row));
}

/** Everything in the store that opens something, or was sealed, as text and as bytes. */
async function sealedThings(): Promise<readonly Buffer[]> {
  const { records, folder } = world.server;
  const texts: string[] = [];
  for (const reference of [world.reference, world.draft]) {
    const transfer = await records.read.transfer(reference);
    texts.push(transfer?.senderGrant ?? "", transfer?.sealed?.manifest ?? "", transfer?.recovery?.grant ?? "");
    for (const { grant } of await records.read.recipients(reference)) texts.push(grant ?? "");
  }
  texts.push(world.token, world.invitation);
  const blobs = await Promise.all(
    (await readdir(join(folder, "blobs"))).map((name) => readFile(join(folder, "blobs", name))),
  );
  const bytes = texts
    .filter((each) => each.length > 8)
    .flatMap((each) => [Buffer.from(each), Buffer.from(each, "base64")]);
  return [...bytes, ...blobs.filter(({ length }) => length > 200).map((blob) => blob.subarray(100, 164))];
}

/** An answer, and every file in it where it is a pack. */
async function contentsOf(answer: Answer): Promise<readonly Buffer[]> {
  const whole = Buffer.from(answer.bytes);
  if (answer.headers.get("content-type") !== "application/zip") return [whole];
  return [whole, ...[...(await readPack(answer.bytes)).values()].map((file) => Buffer.from(file))];
}

describe("SIS-37: the auditor role alone", () => {
  test("is refused whatever is not an auditor's, or anybody's, and changes nothing by asking", async () => {
    const others = rows.filter((row) => !named(row) && !ANYBODY.includes(row.who));
    assert.ok(others.length > 80);
    const earlier = await lastingOf(world.server);
    for (const row of others) {
      const { status } = await ask(row);
      const front = row.who === "recipient" && row.method === "GET" && !row.path.startsWith("/api/");
      assert.ok([401, 403, 404].includes(status) || (front && status === 303), `${nameOf(row)}: ${status}`);
    }
    assert.deepEqual(await lastingOf(world.server), earlier);
  });

  test("gives nothing to whoever asks for a page that any colleague may see", async () => {
    const reading = rows.filter((row) => !changes(row) && (row.who === "member" || row.who === "colleague"));
    for (const row of reading) {
      const path = pathOf(row, world);
      const [one, two] = [await world.auditor(), await world.plain()];
      assert.equal((await one.get(path)).status, (await two.get(path)).status, nameOf(row));
    }
  });

  test("looks, and leaves events and nothing else", async () => {
    const earlier = await lastingOf(world.server);
    for (const row of rows.filter(named)) {
      const answer = await ask(row);
      assert.ok(answer.status < 400, `${nameOf(row)}: ${answer.status}`);
    }
    const later = await lastingOf(world.server);
    const changed = Object.keys(later).filter(
      (table) => JSON.stringify(later[table]) !== JSON.stringify(earlier[table]),
    );
    const looking = ["ephemeral", "event", "log_checkpoint", "log_entry", "log_hash", "next_event"];
    assert.deepEqual(
      changed.filter((table) => !looking.includes(table)),
      [],
    );
    assert.ok(changed.includes("event"));
    const added = (later.event ?? []).filter((line) => !earlier.event?.includes(line));
    const kinds = new Set(added.map((line) => (JSON.parse(line) as { kind: string }).kind));
    const looks = ["controls-reported", "evidence-taken", "record-opened", "records-exported", "records-searched"];
    assert.deepEqual([...kinds].toSorted(), looks);
    assert.deepEqual(
      (earlier.event ?? []).filter((line) => !later.event?.includes(line)),
      [],
      "no event changed",
    );
    const ephemeral = (later.ephemeral ?? []).filter((line) => !earlier.ephemeral?.includes(line));
    assert.ok(ephemeral.every((line) => line.includes('"kind":"look"')));
  });

  test("is handed no grant, manifest, token, link or sealed byte, in a page, an export or a pack", async () => {
    const sealed = await sealedThings();
    assert.ok(sealed.length > 10);
    let looked = 0;
    for (const row of rows.filter(named)) {
      for (const part of await contentsOf(await ask(row))) {
        looked += part.length;
        for (const each of sealed)
          assert.equal(part.indexOf(each), -1, `${nameOf(row)}: ${each.toString("base64").slice(0, 40)}`);
      }
    }
    assert.ok(looked > 50_000);
  });
});
