import assert from "node:assert/strict";
import { test } from "node:test";
import { sha256Hex } from "../../../bytes/digest.ts";
import { refuseDifference } from "./same-as-written.ts";

test("SDT-28: what lies there is compared with what was written, to its last byte", async () => {
  const bytes = new TextEncoder().encode("as it was written");
  const written = { name: "WB-7F3K-Q2XV.zip", size: bytes.length, sha256: await sha256Hex(bytes) };
  const { signal } = new AbortController();
  await refuseDifference(written, new Blob([bytes]), signal);
  const other = bytes.with(3, 0);
  for (const lies of [new Blob([other]), new Blob([bytes.subarray(1)]), new Blob([bytes, bytes]), new Blob([])]) {
    await assert.rejects(refuseDifference(written, lies, signal), { code: "changed", message: /WB-7F3K-Q2XV\.zip/ });
  }
  await assert.rejects(refuseDifference(written, new Blob([bytes]), AbortSignal.abort()), { name: "AbortError" });
});
