import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { checkOwnKeys } from "../../client/keys/own-keys.ts";
import { ownKeysFirst } from "../../client/keys/own-keys-first.ts";
import { remembering } from "../../client/keys/own-memory.ts";
import { addPasskey } from "../../client/people/account.ts";
import type { Passkeys } from "../../client/people/passkeys.ts";
import type { OwnKeysAnswer } from "../../domain/wire/people.ts";
import { invite, join, memberAt } from "../../testing/joining.ts";
import { setUp, severalPasskeys, signInWith } from "../../testing/member-browser.ts";
import { lying, type RememberingBrowser, rememberingBrowser, writeFalseKey } from "../../testing/own-keys.ts";
import { startServer, type TestServer } from "../../testing/server.ts";
import { softwarePasskey } from "../../testing/software-passkey.ts";

const LENA = "lena@council.example";
let server: TestServer;
let lena: RememberingBrowser;
before(async () => {
  server = await startServer({ limits: { rateFactor: 1000 } });
  const admin = await rememberingBrowser(server);
  await setUp(server, admin);
  lena = await rememberingBrowser(server);
  await join(server, await invite(server, admin, "Lena Line", LENA), lena);
});
after(() => server.stop());

const seal = (browser: RememberingBrowser) => ownKeysFirst({ ...browser, confirm: async () => true })([]);
const askPassphrase = () => Promise.reject(new Error("not asked"));

test("SIS-23: a passkey that was made and not added, as its person gave up, says nothing of who is here", async () => {
  await signInWith(lena);
  const tablet = softwarePasskey();
  const made = remembering(severalPasskeys(server, [lena.passkey, tablet]), lena.pins);
  let prompts = 0;
  const cancelled: Passkeys = {
    create: made.create,
    get: async (statement, credentials) => {
      prompts += 1;
      if (prompts === 2) throw new Error("cancelled");
      return made.get(statement, credentials);
    },
  };
  await assert.rejects(addPasskey({ http: lena.http, passkeys: cancelled, askPassphrase }, "Tablet"), /cancelled/);
  assert.equal((await checkOwnKeys(lena)).samePerson, true);
  await seal(lena);
  const elsewhere = lying(server, lena, (answer) => ({ ...answer, address: "ada@council.example" }));
  await assert.rejects(seal(elsewhere), { code: "lying-server" }, "who signed in here still counts");
});

test("SIS-23: a date that is none is an answer that is not understood, and no fault of the program", async () => {
  await writeFalseKey(server, await memberAt(server, LENA));
  const lies: readonly ((answer: OwnKeysAnswer) => OwnKeysAnswer)[] = ["soon", "2026-13-45T00:00:00.000Z", "1"].map(
    (createdAt) => (answer) => ({ ...answer, lines: answer.lines.map((line) => ({ ...line, createdAt })) }),
  );
  for (const lie of lies) await assert.rejects(seal(lying(server, lena, lie)), { code: "bad-answer" });
  await assert.rejects(seal(lena), { code: "false-key" });
});
