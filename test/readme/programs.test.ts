import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { newDeviceKeys, writeDevice } from "../../src/cli/account/device.ts";
import { exampleFacts } from "../../src/policy/load-policy.ts";
import { addKey, addMember, foundOrganisation } from "../../src/testing/organisation.ts";
import { startServer, type TestServer } from "../../src/testing/server.ts";

const page = readFileSync(fileURLToPath(new URL("../../docs/programs.md", import.meta.url)), "utf8");
const run = promisify(execFile);

let server: TestServer;
let folder: string;
before(async () => {
  server = await startServer();
  await foundOrganisation(server);
  folder = await mkdtemp(join(tmpdir(), "waybill-programs-"));
});
after(async () => {
  await server.stop();
  await rm(folder, { recursive: true });
});

test("the documentation's program signs in with its own keys, and is answered by the rules that run, with roles checked", async () => {
  const [, snippet = ""] = /```js run=assess\n([\s\S]*?)```/.exec(page) ?? [];
  const member = await addMember(server, "Sam Sender");
  const secrets = await newDeviceKeys([]);
  const { recipient, signing } = secrets;
  const { id } = await addKey(server, member.id, { recipient, signing });
  const files = {
    program: join(folder, "assess.mjs"),
    keys: join(folder, "keys.json"),
    facts: join(folder, "facts.json"),
  };
  await writeFile(files.program, snippet);
  await writeDevice(files.keys, { ...secrets, version: 1, origin: server.url, address: member.address, keyId: id });
  const facts = { ...exampleFacts(server.parts.policy.folder, "uk-government"), sender: { address: member.address } };
  await writeFile(files.facts, JSON.stringify({ ...facts, people: { count: 1000 } }));
  const asked = () =>
    run(process.execPath, [files.program, files.facts], { env: { ...process.env, WAYBILL_KEYS: files.keys } });
  const { stdout } = await asked();
  assert.match(
    stdout,
    /^1\. secure-link: needs\n {3}Your line manager[^\n]*\n {3}A senior manager must agree to a bulk transfer\. \[SIS-3 SIS-4\] *\n/m,
  );
  assert.equal(stdout.match(/^\d\. /gm)?.length, 9, "every method");
  await server.records.write(async (tx) => {
    const key = (await tx.keyLog()).find((each) => each.id === id) ?? assert.fail();
    await tx.saveKey({ ...key, removedAt: server.clock.now().toISOString() });
    const about = { actor: { kind: "system" } as const, reference: null, recipientId: null, detail: { keyId: id } };
    await tx.append({ kind: "key-removed", at: server.clock.now().toISOString(), ...about });
  });
  await assert.rejects(asked(), /\/api\/devices\/sign-in: 403/);
});
