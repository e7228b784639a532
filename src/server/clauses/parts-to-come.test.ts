import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startServer, type TestServer } from "../../testing/server.ts";
import { registerOf } from "./clause-register.ts";
import { partToCome } from "./parts-to-come.ts";

let server: TestServer;
before(async () => {
  server = await startServer();
});
after(() => server.stop());

test("every clause that nothing answers yet says which part would, and what to do meanwhile", async () => {
  const open = (await registerOf(server.parts)).filter(({ state }) => state === "not-yet");
  assert.deepEqual(
    open.filter(({ id }) => partToCome(id) === null).map(({ id }) => id),
    [],
  );
  assert.equal(partToCome("SIS-3"), null);
});
