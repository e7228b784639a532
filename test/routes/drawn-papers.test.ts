import assert from "node:assert/strict";
import { test } from "node:test";
import { rows } from "../../src/server/routes.ts";

test("whoever has the server draw papers is counted, whatever their address", () => {
  const drawn = rows.filter(({ path }) => /\/papers\/|^\/media\/labels$/.test(path));
  assert.equal(drawn.length, 3);
  for (const { path, rates } of drawn)
    assert.ok(
      rates.some(({ by, times }) => by === "caller" && times <= 120),
      path,
    );
});
