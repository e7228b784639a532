import assert from "node:assert/strict";
import { createServer } from "node:net";
import { test } from "node:test";
import fastify from "fastify";
import { listen } from "./assemble.ts";

test("a port that is taken is named, with what to do, in place of the system's error", async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
  const address = other.address();
  assert.ok(address !== null && typeof address === "object");
  const { port } = address;
  try {
    await assert.rejects(listen(fastify(), { port, listen: "127.0.0.1" }), (error) => {
      assert.ok(error instanceof Error);
      assert.match(error.message, new RegExp(`^Port ${port} is in use by another program.*WAYBILL_PORT=`));
      assert.doesNotMatch(error.message, /EADDRINUSE/);
      return true;
    });
  } finally {
    other.close();
  }
});
