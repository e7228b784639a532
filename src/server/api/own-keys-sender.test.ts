import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { NewStandIn } from "../../client/keys/check-stand-in.ts";
import { checkOwnKeys } from "../../client/keys/own-keys.ts";
import { sendingKeysFirst } from "../../client/keys/own-keys-first.ts";
import { checkAllKeys } from "../../client/sending/keys.ts";
import { sendingView } from "../../client/views.ts";
import type { KeyLine, SendingView } from "../../domain/wire/sending.ts";
import { invite, join, memberAt } from "../../testing/joining.ts";
import { setUp, signInWith } from "../../testing/member-browser.ts";
import { type RememberingBrowser, rememberingBrowser } from "../../testing/own-keys.ts";
import { startServer, type TestServer } from "../../testing/server.ts";

const [LENA, DESK, BEN] = ["lena@council.example", "desk@council.example", "ben@council.example"];
let server: TestServer;
let lena: RememberingBrowser;

before(async () => {
  server = await startServer({ limits: { rateFactor: 1000 } });
  const admin = await rememberingBrowser(server);
  await setUp(server, admin);
  for (const [name, address] of [
    ["Service Desk", DESK],
    ["Ben Other", BEN],
    ["Lena Line", LENA],
  ] as const) {
    lena = await rememberingBrowser(server);
    await join(server, await invite(server, admin, name, address), lena);
  }
  await signInWith(lena);
  await checkOwnKeys(lena);
});
after(() => server.stop());

/** Honestly published keys of somebody. */
async function linesOf(address: string): Promise<readonly KeyLine[]> {
  const { id: memberId } = await memberAt(server, address);
  const keys = await server.records.read.keysOf(memberId);
  return keys.map(({ id, kind, version, recipient }) => ({ id, address, kind, version, recipient }));
}

/** What the client answers to a view that names these, and whom it asks about. */
async function seals(senderKeys: readonly string[], standIn: SendingView["standIn"], says = true, to = "WB-7F3K-Q2XV") {
  const asked: NewStandIn[] = [];
  const view = {
    ...{ reference: to, standIn, recipients: [] },
    senderKeys: (await Promise.all(senderKeys.map(linesOf))).flat(),
  };
  const check = sendingKeysFirst({
    ...lena,
    confirm: () => assert.fail("nobody is asked about keys"),
    confirmStandIn: async (change) => {
      asked.push(change);
      return says;
    },
  });
  const error = await checkAllKeys(view as unknown as SendingView, check).then(
    () => null,
    ({ code }: { code: string }) => code,
  );
  return { error, asked: asked.map(({ now, before }) => [now.address, before]) };
}

const ben = { name: "Ben Other", address: BEN };
const desk = { name: "Service Desk", address: DESK };

test("SIS-23: the sender's own access is sealed to nobody's honestly published key beside theirs and the stand-in's", async () => {
  assert.deepEqual(await seals([LENA], null), { error: null, asked: [] });
  assert.deepEqual(await seals([LENA, DESK], null), { error: "lying-server", asked: [] });
  assert.deepEqual(await seals([LENA, BEN, DESK], ben), { error: "lying-server", asked: [] });
});

test("SDT-13: a stand-in's keys are sealed to once the sender said that they named them; another one stops it again", async () => {
  assert.deepEqual(await seals([LENA, BEN], ben, false), { error: "changed-keys", asked: [[BEN, null]] });
  assert.deepEqual(await seals([LENA, BEN], ben), { error: null, asked: [[BEN, null]] });
  assert.deepEqual(await seals([LENA, BEN], ben), { error: null, asked: [] }, "remembered");
  assert.deepEqual(await seals([LENA, DESK], desk, false), { error: "changed-keys", asked: [[DESK, BEN]] });
  assert.deepEqual(
    await seals([LENA, BEN], ben, true, "WB-2222-2222"),
    { error: null, asked: [[BEN, null]] },
    "said for one transfer, and no other",
  );
});

test("SDT-13: an answer of an earlier server names no stand-in", () => {
  const answer = {
    ...{ reference: "WB-7F3K-Q2XV", state: "draft", organisation: "Council", senderKeys: [], recipients: [] },
    ...{ senderGrant: null, upload: null, sealed: null, expiresAt: "2026-11-22T12:00:00.000Z", bodyLimit: 1 },
  };
  assert.equal(sendingView(answer, "").standIn, null);
});
