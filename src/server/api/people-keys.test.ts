import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { sha256Hex } from "../../bytes/digest.ts";
import { utf8 } from "../../bytes/text.ts";
import { Http } from "../../client/http.ts";
import { proveKeys } from "../../client/keys/prove-keys.ts";
import type { KeyLogLine, KeyProofsAnswer, KeyProofsBody } from "../../domain/wire/people.ts";
import { generateKeyPair } from "../../seal/keys.ts";
import { addKey, addMember, foundOrganisation } from "../../testing/organisation.ts";
import { startServer, type TestServer } from "../../testing/server.ts";
import { Visitor } from "../../testing/visitor.ts";
import { keyLogOf } from "../passkeys/my-keys.ts";

let server: TestServer;
let visitor: Visitor;
let pins: Map<string, ReadonlyMap<string, string>>;
/** What is done to each answer on its way. */
let lie: (answer: KeyProofsAnswer, asked: KeyProofsBody) => KeyProofsAnswer;

before(async () => {
  server = await startServer({ limits: { rateFactor: 100 } });
  await foundOrganisation(server);
  const sam = await addMember(server, "Sam Sender");
  const mia = await addMember(server, "Mia Member");
  await addKey(server, sam.id, await generateKeyPair());
  await addKey(server, mia.id, await generateKeyPair());
  await addKey(server, mia.id, { ...(await generateKeyPair()), signing: "device" });
  visitor = await new Visitor(server).signIn(sam.id);
});
after(() => server.stop());
beforeEach(() => {
  pins = new Map();
  lie = (answer) => answer;
});

async function prove(lines: readonly KeyLogLine[]): Promise<void> {
  const http = new Http({
    origin: server.url,
    fetch: async (_, init) => {
      const asked = JSON.parse(String(init?.body)) as KeyProofsBody;
      const answer = await visitor.api("POST", "/api/keys/proofs", asked);
      return Response.json(lie(answer.json<KeyProofsAnswer>(), asked), { status: answer.status });
    },
    headers: () => ({}),
  });
  await proveKeys(lines, {
    http,
    pins: {
      load: async (address) => pins.get(address) ?? new Map(),
      save: async (address, now) => void pins.set(address, now),
    },
  });
}

const linesNow = () => keyLogOf(server.records.read);
const LYING = { name: "ClientError", code: "lying-server" };

test("every line is proved to be in the log, from one visit to the next as it grows", async () => {
  await prove(await linesNow());
  const first = pins.get("log")?.get("head");
  await addMember(server, "Nia Newcomer");
  await prove(await linesNow());
  assert.notEqual(pins.get("log")?.get("head"), first);
});

test("a key that the log does not hold so, whoever it is said to be of, is found out", async () => {
  const lines = await linesNow();
  const one = lines.find(({ signing }) => signing === null) ?? assert.fail();
  const device = lines.find(({ signing }) => signing !== null) ?? assert.fail();
  for (const altered of [
    { ...one, recipient: `${one.recipient}x` },
    { ...one, id: "another" },
    { ...device, signing: "another" },
    { ...device, signing: null },
  ]) {
    await assert.rejects(prove([altered]), LYING, JSON.stringify(altered).slice(-200));
  }
  assert.equal(pins.size, 0, "nothing is remembered of what was not proved");
});

test("proofs of something else, altered events and heads that nobody signed are found out", async () => {
  const lines = await linesNow();
  const lies: readonly (typeof lie)[] = [
    (answer) => ({ ...answer, proofs: [] }),
    (answer) => ({
      ...answer,
      proofs: answer.proofs.map((each, at) => ({ ...each, ...answer.proofs[at ^ 1], id: each.id })),
    }),
    (answer) => ({
      ...answer,
      proofs: answer.proofs.map((each) => ({ ...each, event: { ...each.event, salt: "x" } })),
    }),
    (answer) => ({ ...answer, proofs: answer.proofs.map((each) => ({ ...each, proof: "" })) }),
    (answer) => ({ ...answer, head: answer.head.replace(/\n\d+\n/, "\n999\n") }),
    (answer) => ({ ...answer, key: "" }),
  ];
  for (const [at, each] of lies.entries()) {
    lie = each;
    await assert.rejects(prove(lines), LYING, String(at));
  }
});

test("a log with another key, and one that was shortened or does not continue what this client saw, are found out", async () => {
  const lines = await linesNow();
  await prove(lines);
  const kept = pins.get("log") ?? assert.fail();
  await addMember(server, "Ola Other");
  const lies: readonly (typeof lie)[] = [
    (answer) => ({ ...answer, consistency: [] }),
    (answer) => ({ ...answer, consistency: answer.consistency.toReversed().concat(answer.consistency) }),
    (answer) => ({ ...answer, consistency: ["nonsense"] }),
    (answer) => ({ ...answer, key: answer.key.replace(/^[^+]*/, "elsewhere.example/log") }),
  ];
  for (const [at, each] of lies.entries()) {
    lie = each;
    await assert.rejects(prove(lines), LYING, String(at));
    assert.equal(pins.get("log"), kept);
  }

  const older = await startServer();
  try {
    await foundOrganisation(older);
    const sam = await addMember(older, "Sam Sender");
    await addKey(older, sam.id, await generateKeyPair());
    const there = await new Visitor(older).signIn(sam.id);
    const other = await there.api("POST", "/api/keys/proofs", {
      ids: (await keyLogOf(older.records.read)).map(({ id }) => id),
      from: 0,
    });
    lie = () => other.json<KeyProofsAnswer>();
    // What an honest server may have gone through is named, and the way out that the person decides on.
    await assert.rejects(prove(lines), {
      ...LYING,
      message: /set up anew.*by telephone.*\/account\/known-log.*waybill logout/,
    });
  } finally {
    await older.stop();
  }
});

test("an event that names nobody, or somebody else, proves no key", async () => {
  const vic = await addMember(server, "Vic Victim");
  const known = await addKey(server, vic.id, await generateKeyPair());
  const { recipient } = await generateKeyPair();
  const stray = { ...known, id: "stray", version: 2, recipient };
  await server.records.write(async (tx) => {
    await tx.saveKey(stray);
    const detail = { keyId: stray.id, digest: await sha256Hex(utf8(recipient)) };
    const actor = { kind: "member", id: vic.id } as const;
    const at = stray.createdAt;
    await tx.append({ kind: "key-published", at, actor, reference: null, recipientId: null, detail });
  });
  const lines = await linesNow();
  const line = lines.find(({ id }) => id === known.id) ?? assert.fail();
  await prove([line]);
  await assert.rejects(prove([{ ...line, address: "sam@council.example" }]), LYING);
  await assert.rejects(prove(lines.filter(({ id }) => id === stray.id)), LYING);
});
