import assert from "node:assert/strict";
import { test } from "node:test";
import { cannotMount, runOnSmallFileSystem } from "./small-file-system.ts";

test("SDT-23: a package goes onto the registered, empty medium only; a full, pulled or faulty one fails clearly and holds nothing that looks complete", {
  skip: cannotMount,
}, async () => {
  const stdout = await runOnSmallFileSystem("package-volume.ts");
  assert.equal(stdout, "marked, refused, written, full, faulty, pulled\n");
});
